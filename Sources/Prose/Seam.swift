/// A place in a growing text where what lies before it can be left alone.
///
/// The block after it is on the top level, begins on a complete line and follows a blank one, so
/// that no later text joins it to the blocks before.
struct Seam {
  /// The blocks before it.
  var blocks: [Block]
  /// The bytes before it.
  var size: Int

  /// The last seam of a text; nil when all of it is one block, or too long to be parsed.
  static func last(in bytes: UnsafeBufferPointer<UInt8>) -> Seam? {
    let lines = UnsafeBufferPointer(rebasing: bytes[..<LineEnd.lastComplete(in: bytes)])
    guard lines.count <= Markdown.sizeLimit else { return nil }
    let starts = LineEnd.starts(in: lines)
    return Tree.read(lines) { root in
      let nodes = Array(root.children)
      for index in nodes.indices.dropFirst().reversed() {
        let line = nodes[index].startLine - 1
        // Line 0: a paragraph that cmark parted from the table below it, with the table's own start
        // on the paragraph's first line.
        guard line > 0, line < starts.count, nodes[index - 1].startLine > 0,
          nodes[index - 1].endLine <= line,
          isBlank(lines[starts[line - 1]..<starts[line]]),
          !lines[starts[line]...].starts(with: mark)
        else { continue }
        return Seam(blocks: nodes[..<index].map { $0.block(depth: 1) }, size: starts[line])
      }
      return nil
    }
  }

  private static func isBlank(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || LineEnd.isPart($0) }
  }

  /// A byte order mark, which cmark skips at the start of a text and nowhere else.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
