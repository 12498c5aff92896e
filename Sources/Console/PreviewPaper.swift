import Canvas
import Fleet
import Prose
import WorkerAPI

/// A file's content as lines of a width.
struct PreviewPaper: Sendable {
  /// Rows beyond which a content is cut.
  static let lineLimit = 20_000

  /// What the lines depend on.
  struct Look: Hashable, Sendable {
    var width = 0
    var theme = Theme.plain
    var isUnicode = true
    var wraps = true
    var folded: Set<Int> = []
    var shownAt = 0.0
    /// The file goes on behind what was read of it.
    var isCut = false
    /// The key that saves the file.
    var saveKey = "d"
  }

  var look: Look?
  var lines: [Line] = []
  /// Lines that stay above the others, such as the head of a table.
  var head: [Line] = []
  /// Columns of the longest line.
  var width = 0
  /// The node of each line of a tree.
  private var nodes: [Int] = []
  var isTree = false
  /// What of a content is shown that is longer than what is laid out, such as `first 9 of 12 lines`.
  var part: String?
  /// What the wrap key does here; nil where it does nothing.
  var wrapHint: String?
  /// The columns of the screen that each column of a table takes.
  var columns: [Range<Int>] = []

  init() {}

  init(_ content: FileContent, _ look: Look) {
    self.look = look
    let layout = MarkdownLayout(width: look.width, theme: look.theme, unicode: look.isUnicode)
    switch content {
    case .text(let text):
      layText(Sanitise.text(text), look)
      wrapHint = "wrap"
    case .markdown(let text): lines = layout.lines(Markdown.parse(text))
    case .table(let text):
      let table = TablePaper(text, look)
      (head, lines, columns) = (table.head, table.lines, table.columns)
      if text.isCut {
        part =
          text.rows.count < DelimitedText.rowLimit
          ? "very long rows and cells are cut" : "first \(text.rows.count) rows"
      }
      if table.hasLongCells { wrapHint = look.wraps ? "whole cells" : "short cells" }
    case .json(let value):
      let tree = JSONTree(value, isUnicode: look.isUnicode, theme: look.theme)
      (lines, nodes) = tree.rows(folded: look.folded)
      if tree.isCut { part = "first \(JSONTree.limit) values" }
      isTree = true
    case .image(let facts): lines = Self.lines(of: facts, look)
    case .bytes(let bytes): lines = HexDump.lines(bytes, width: look.width, look.theme)
    }
    if lines.count > Self.lineLimit {
      lines = Array(lines.prefix(Self.lineLimit))
      part = "first \(Self.lineLimit) rows"
    }
    switch content {
    case .image, .bytes: break
    case .text, .markdown, .table, .json:
      if part != nil || look.isCut { addEnd(look) }
    }
    width = (head + lines).reduce(0) { max($0, $1.width) }
  }

  /// A last row that tells the end of what is shown from the end of the file.
  private mutating func addEnd(_ look: Look) {
    lines.append(Line("the rest is not shown; \(look.saveKey) saves it all", look.theme[.dim]))
    if isTree { nodes.append(0) }
  }

  /// The node that opens and closes at a line: its own, when it has something in it.
  func node(at line: Int) -> Int? { nodes.indices.contains(line) ? nodes[line] : nil }

  private mutating func layText(_ text: String, _ look: Look) {
    let style = look.theme[.text]
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      guard lines.count < Self.lineLimit else {
        part = "first \(index) of \(rows.count) lines"
        return
      }
      let line = Line(String(row), style)
      if look.wraps { lines += Wrap.lines(line, width: look.width) } else { lines.append(line) }
    }
  }

  private static func lines(of facts: ImageFacts, _ look: Look) -> [Line] {
    let theme = look.theme
    let size = facts.width.flatMap { width in
      facts.height.map { "\(width) x \($0) pixels" }
    }
    return [
      Line("\(facts.format.rawValue) image", theme[.text]),
      Line(size ?? "its head does not say how large it is", theme[.text]),
      Line("\(look.saveKey) saves it; the terminal shows no pictures", theme[.dim]),
    ]
  }
}

/// Bytes as hexadecimal digits with what is readable of them beside.
enum HexDump {
  static func lines(_ bytes: [UInt8], width: Int, _ theme: Theme) -> [Line] {
    let count = width >= 76 ? 16 : width >= 43 ? 8 : 4
    return stride(from: 0, to: bytes.count, by: count).map { start in
      let row = bytes[start..<min(start + count, bytes.count)]
      let digits = row.map { pad(String($0, radix: 16), 2) }.joined(separator: " ")
      let text = row.map { (0x20..<0x7F).contains($0) ? Character(Unicode.Scalar($0)) : "." }
      return Line([
        Span(pad(String(start, radix: 16), 6) + "  ", theme[.dim]),
        Span(Width.padded(digits, to: count * 3 + 1), theme[.text]),
        Span(String(text), theme[.dim]),
      ])
    }
  }

  private static func pad(_ text: String, _ count: Int) -> String {
    String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
