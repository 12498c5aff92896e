import Canvas
import Prose

/// The lines of a Markdown text that grows: what is settled is laid out once.
struct GrowingText: Sendable {
  /// Bytes of one unfinished block after which the rest of the text is shown as plain lines, so that
  /// a log without blank lines stays fast.
  static let plainLimit = 32 << 10

  struct Heading: Hashable, Sendable {
    var level: Int
    var line: Int
  }

  private var stream = MarkdownStream()
  private(set) var settledLines: [Line] = []
  /// Goes up when lines that were settled are laid out anew.
  private(set) var edition = 0
  private var settledBlocks = 0
  /// The lines at which blocks begin: those that are settled, and all.
  private(set) var settledStarts: [Int] = []
  private(set) var blockStarts: [Int] = []
  /// The headings with their lines: those that are settled, and all.
  private var settledHeadings: [Heading] = []
  private(set) var headings: [Heading] = []
  private var tail: [Line] = []
  /// Bytes of the text that went into `settledLines` as plain lines; nil while it is Markdown.
  private var plainSize: Int?
  private var size = 0

  /// A plain one goes on with a block that was too long.
  init(isPlain: Bool = false) { plainSize = isPlain ? 0 : nil }

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
      settledHeadings = []
      settledStarts = []
      edition += 1
    }
    for block in blocks[settledBlocks..<stream.settledCount] {
      if !settledLines.isEmpty { settledLines.append(Line()) }
      settledStarts.append(settledLines.count)
      if case .heading(let level, _) = block {
        settledHeadings.append(Heading(level: level, line: settledLines.count))
      }
      settledLines += layout.rows(block)
    }
    settledBlocks = stream.settledCount
    if stream.openSize > Self.plainLimit {
      plainSize = size - stream.openSize
      stream = MarkdownStream()
      headings = settledHeadings
      if !settledLines.isEmpty { settledLines.append(Line()) }
      blockStarts = settledStarts + [settledLines.count]
      return updatePlain(text, layout)
    }
    tail = []
    headings = settledHeadings
    blockStarts = settledStarts
    for block in blocks[settledBlocks...] {
      if lineCount > 0 { tail.append(Line()) }
      blockStarts.append(lineCount)
      if case .heading(let level, _) = block {
        headings.append(Heading(level: level, line: lineCount))
      }
      tail += layout.rows(block)
    }
  }

  /// Lines that are complete are settled, and so is one that grows past the limit.
  private mutating func updatePlain(_ text: String, _ layout: MarkdownLayout) {
    guard let from = plainSize else { return }
    let rest = text.utf8.dropFirst(from)
    var end = rest.lastIndex(of: UInt8(ascii: "\n"))
    var next = end.map(rest.index(after:))
    if end == nil, rest.count > Self.plainLimit { (end, next) = (rest.endIndex, rest.endIndex) }
    guard let end, let next else {
      tail = rest.isEmpty ? [] : plain(rest, layout)
      return
    }
    var whole = rest[..<end]
    if whole.last == UInt8(ascii: "\r") { whole.removeLast() }
    settledLines += plain(whole, layout)
    plainSize = size - rest[next...].count
    tail = next == rest.endIndex ? [] : plain(rest[next...], layout)
  }

  private func plain(_ bytes: Substring.UTF8View, _ layout: MarkdownLayout) -> [Line] {
    layout.plain(Sanitise.text(String(bytes) ?? ""), layout.theme[.text])
  }
}
