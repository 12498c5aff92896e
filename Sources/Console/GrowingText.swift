import Canvas
import Prose

/// The lines of a Markdown text that grows: what is settled is laid out once.
struct GrowingText: Sendable {
  /// Bytes of one unfinished block after which the rest of the text is shown as plain lines, so that
  /// a log without blank lines stays fast.
  static let plainLimit = 32 << 10

  private var stream = MarkdownStream()
  private var settledLines: [Line] = []
  private var settledBlocks = 0
  private var tail: [Line] = []
  /// Bytes of the text that went into `settledLines` as plain lines; nil while it is Markdown.
  private var plainSize: Int?
  private var size = 0

  subscript(index: Int) -> Line {
    index < settledLines.count ? settledLines[index] : tail[index - settledLines.count]
  }

  var lineCount: Int { settledLines.count + tail.count }

  /// Takes in what was appended; the text before must not have changed.
  mutating func update(_ text: String, _ layout: MarkdownLayout) {
    let fresh = String(text.utf8.dropFirst(size)) ?? ""
    size = text.utf8.count
    if plainSize != nil { return updatePlain(text, layout) }
    stream.append(fresh)
    let blocks = stream.blocks
    if stream.settledCount < settledBlocks {
      settledBlocks = 0
      settledLines = []
    }
    for block in blocks[settledBlocks..<stream.settledCount] {
      if !settledLines.isEmpty { settledLines.append(Line()) }
      settledLines += layout.lines(block)
    }
    settledBlocks = stream.settledCount
    if stream.openSize > Self.plainLimit {
      plainSize = size - stream.openSize
      stream = MarkdownStream()
      if !settledLines.isEmpty { settledLines.append(Line()) }
      return updatePlain(text, layout)
    }
    tail = layout.lines(Array(blocks[settledBlocks...]))
    if !settledLines.isEmpty, !tail.isEmpty { tail.insert(Line(), at: 0) }
  }

  private mutating func updatePlain(_ text: String, _ layout: MarkdownLayout) {
    guard let from = plainSize else { return }
    let rest = text.utf8.dropFirst(from)
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else {
      tail = layout.plain(Sanitise.text(String(rest) ?? ""), layout.theme[.text])
      return
    }
    if end > rest.startIndex {
      let whole = String(rest[..<end]) ?? ""
      settledLines += layout.plain(Sanitise.text(whole), layout.theme[.text])
    }
    let next = rest.index(after: end)
    plainSize = size - rest[next...].count
    tail = layout.plain(Sanitise.text(String(rest[next...]) ?? ""), layout.theme[.text])
  }
}
