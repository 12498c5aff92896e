import CNcurses
import Canvas

extension Terminal {
  /// Between two times that links are told: text that streams is not followed by a link for each of
  /// its frames.
  static let linkPause = Duration.milliseconds(500)

  private var hasLinks: Bool {
    speaksANSI && (takesLinks ?? ControlSequence.takesLinks(environment))
  }

  /// Compares what the terminal was told with a picture, which has just been drawn over `previous`;
  /// what differs is told a moment later, once the picture has it.
  func compareLinks(_ frame: Frame, over previous: Frame?) {
    guard hasLinks else { return }
    let stands = { (link: Link) in
      guard let previous else { return false }
      let columns = link.at.x..<(link.at.x + link.width)
      return columns.allSatisfy { previous[$0, link.at.y] == frame[$0, link.at.y] }
    }
    linked = linked.filter(stands)
    guard !isLinkDue, linked != Set(frame.links) else { return }
    isLinkDue = true
    Input.later(.now + Self.linkPause) { [weak self] in self?.tellLinks() }
  }

  /// Writes the cells of new links again, between the marks of OSC 8, and those of old ones without.
  func tellLinks() {
    isLinkDue = false
    guard isClaimed, let shown else { return }
    let wanted = Set(shown.links)
    let old = linked.subtracting(wanted)
    var bytes: [UInt8] = []
    for link in old { bytes += cells(of: link, in: shown, address: "") }
    for link in shown.links where !linked.contains(link) || old.contains(where: link.meets) {
      bytes += cells(of: link, in: shown, address: link.address)
    }
    linked = wanted
    guard !bytes.isEmpty else { return }
    // Place and look of the cursor are kept, and curses leaves the look plain after each frame.
    Outlet.write(Array("\u{1B}7".utf8) + bytes + Array("\u{1B}8".utf8), output)
  }

  /// The place, the link's begin, the cells as they stand, the link's end.
  private func cells(of link: Link, in frame: Frame, address: String) -> [UInt8] {
    Array("\u{1B}[\(link.at.y + 1);\(link.at.x + 1)H\u{1B}]8;;\(address)\u{1B}\\".utf8)
      + cells(link.at.x..<(link.at.x + link.width), of: link.at.y, in: frame)
      + Array("\u{1B}]8;;\u{1B}\\".utf8)
  }

  /// Cells as they stand, with their looks; the plain look stands after them.
  func cells(_ columns: Range<Int>, of y: Int, in frame: Frame) -> [UInt8] {
    var bytes: [UInt8] = []
    var last: Style?
    for x in columns where x < size.columns && y < size.rows {
      let cell = frame[x, y]
      if last != cell.style {
        last = cell.style
        bytes += look(cell.style)
      }
      guard !cell.glyph.isEmpty else { continue }
      let width = x + 1 < size.columns && frame[x + 1, y].glyph.isEmpty ? 2 : 1
      bytes += glyphs(cell.glyph, width: width).flatMap(\.utf8)
    }
    return bytes + Self.bytes(0, 0)
  }

  private func look(_ style: Style) -> [UInt8] {
    let look = ink.look(style)
    return Self.bytes(look.attributes, look.pair)
  }

  private static func bytes(_ attributes: attr_t, _ pair: Int32) -> [UInt8] {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = curses_look(attributes, pair, &bytes)
    return bytes.prefix(count).map { UInt8(bitPattern: $0) }
  }
}

extension Link {
  fileprivate func meets(_ other: Link) -> Bool {
    at.y == other.at.y && at.x < other.at.x + other.width && other.at.x < at.x + width
  }
}
