import Canvas
import Fleet

/// Rows of a delimited text in columns, numbers to the right.
struct TablePaper {
  /// Columns of the screen that one cell takes at most, until it is asked for whole.
  static let cellLimit = 40

  private(set) var head: [Line] = []
  private(set) var lines: [Line] = []
  /// Where each column begins and ends.
  private(set) var columns: [Range<Int>] = []
  /// A cell is longer than the limit.
  private(set) var hasLongCells = false

  init(_ table: DelimitedText, _ look: PreviewPaper.Look) {
    let rows = table.rows.map { $0.map { Sanitise.line($0) } }
    let count = rows.map(\.count).max() ?? 0
    let whole = (0..<count).map { column in
      rows.reduce(1) { max($0, $1.count > column ? Width.of($1[column]) : 0) }
    }
    hasLongCells = whole.contains { $0 > Self.cellLimit }
    let widths = look.wraps ? whole.map { min(Self.cellLimit, $0) } : whole
    var start = 0
    for width in widths {
      columns.append(start..<start + width)
      start += width + 3
    }
    let isNumeric = (0..<count).map { column in
      let cells = rows.dropFirst().compactMap { $0.count > column ? $0[column] : nil }
      return cells.contains { !$0.isEmpty } && cells.allSatisfy { $0.isEmpty || Self.isNumber($0) }
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
    guard let first = rows.first else { return }
    let stroke = widths.map { String(repeating: look.isUnicode ? "─" : "-", count: $0) }
      .joined(separator: look.isUnicode ? "─┼─" : "-+-")
    head = [line(first, look.theme[.markdownStrong]), Line(stroke, look.theme[.rule])]
    lines = rows.dropFirst().map { line($0, look.theme[.text]) }
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
