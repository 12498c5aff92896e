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

  init() {}

  init(_ content: FileContent, _ look: Look) {
    self.look = look
    let layout = MarkdownLayout(width: look.width, theme: look.theme, unicode: look.isUnicode)
    switch content {
    case .text(let text): lines = rows(of: Sanitise.text(text))
    case .markdown(let text): lines = layout.lines(Markdown.parse(text))
    case .table(let table): (head, lines) = TablePaper.lines(table, look)
    case .json(let value):
      let tree = JSONTree(value, isUnicode: look.isUnicode, theme: look.theme)
      (lines, nodes) = tree.rows(folded: look.folded)
      isTree = true
    case .image(let facts): lines = Self.lines(of: facts, look)
    case .bytes(let bytes): lines = HexDump.lines(bytes, width: look.width, look.theme)
    }
    if lines.count > Self.lineLimit { lines = Array(lines.prefix(Self.lineLimit)) }
    width = (head + lines).reduce(0) { max($0, $1.width) }
  }

  /// The node that opens and closes at a line: its own, when it has something in it.
  func node(at line: Int) -> Int? { nodes.indices.contains(line) ? nodes[line] : nil }

  private func rows(of text: String) -> [Line] {
    guard let look else { return [] }
    let style = look.theme[.text]
    return text.split(separator: "\n", omittingEmptySubsequences: false).lazy
      .prefix(Self.lineLimit)
      .flatMap { row -> [Line] in
        let line = Line(String(row), style)
        return look.wraps ? Wrap.lines(line, width: look.width) : [line]
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

/// Rows of a delimited text in columns, numbers to the right.
enum TablePaper {
  /// Columns of the screen that one cell takes at most.
  static let cellLimit = 40

  static func lines(_ table: DelimitedText, _ look: PreviewPaper.Look) -> ([Line], [Line]) {
    let rows = table.rows.map { $0.map { Sanitise.line($0) } }
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.reduce(1) { max($0, min(Self.cellLimit, $1.count > column ? Width.of($1[column]) : 0)) }
    }
    let isNumeric = (0..<count).map { column in
      let cells = rows.dropFirst().compactMap { $0.count > column ? $0[column] : nil }
      return cells.contains { !$0.isEmpty } && cells.allSatisfy { $0.isEmpty || isNumber($0) }
    }
    let ellipsis = look.isUnicode ? "…" : "..."
    func line(_ row: [String], _ style: Style) -> Line {
      let cells = (0..<count).map { column in
        let text = column < row.count ? row[column] : ""
        let cut = Width.cut(text, to: widths[column], ellipsis: ellipsis)
        let gap = String(repeating: " ", count: max(0, widths[column] - Width.of(cut)))
        return isNumeric[column] ? gap + cut : cut + gap
      }
      return Line(cells.joined(separator: look.isUnicode ? " │ " : " | "), style)
    }
    guard let first = rows.first else { return ([], []) }
    let stroke = widths.map { String(repeating: look.isUnicode ? "─" : "-", count: $0) }
      .joined(separator: look.isUnicode ? "─┼─" : "-+-")
    let head = [line(first, look.theme[.markdownStrong]), Line(stroke, look.theme[.rule])]
    return (head, rows.dropFirst().map { line($0, look.theme[.text]) })
  }

  private static func isNumber(_ text: String) -> Bool {
    var rest = text.drop { $0 == " " || $0 == "-" || $0 == "+" }
    if rest.last == "%" { rest = rest.dropLast() }
    while rest.last == " " { rest = rest.dropLast() }
    return rest.first?.isASCII == true
      && rest.allSatisfy { ("0"..."9").contains($0) || ".,'".contains($0) }
      && rest.contains { ("0"..."9").contains($0) }
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
