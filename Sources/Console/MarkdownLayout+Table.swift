import Canvas
import Prose

extension MarkdownLayout {
  /// Columns that a cell keeps at least; where there is not that much, a table becomes records.
  private static let narrowest = 4

  /// A table that fits the width: columns shrink and their cells wrap.
  func lines(_ table: MarkdownTable) -> [Line] {
    let count = table.alignments.count
    guard count > 0 else { return [] }
    let header = table.header.map { spans($0, theme[.markdownStrong]) }
    let rows = table.rows.map { $0.map { spans($0, theme[.text]) } }
    let widths = columnWidths([header] + rows, count: count)
    guard widths.reduce(3 * (count - 1), +) <= width else { return records(header, rows) }
    let stroke = theme[.markdownTable]
    var output = row(header, widths, table.alignments, stroke)
    let dash = unicode ? "─" : "-"
    let rule = widths.map { String(repeating: dash, count: $0) }
      .joined(separator: unicode ? "─┼─" : "-+-")
    output.append(Line(rule, stroke))
    for cells in rows { output += row(cells, widths, table.alignments, stroke) }
    return output
  }

  /// Natural widths; while they are too many columns together, the widest one gives way.
  private func columnWidths(_ rows: [[[Span]]], count: Int) -> [Int] {
    var widths = (0..<count).map { column in
      max(1, rows.map { $0.indices.contains(column) ? Line($0[column]).width : 0 }.max() ?? 1)
    }
    let room = max(Self.narrowest * count, width - 3 * (count - 1))
    var excess = widths.reduce(0, +) - room
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 1
    {
      let second = widths.indices.filter { $0 != widest }.map { widths[$0] }.max() ?? 1
      let step = max(1, min(excess, widths[widest] - max(1, second)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func row(
    _ cells: [[Span]], _ widths: [Int], _ alignments: [MarkdownTable.Alignment], _ stroke: Style
  ) -> [Line] {
    let wrapped = widths.indices.map { column in
      Wrap.lines(
        Line(cells.indices.contains(column) ? cells[column].map(oneLine) : []),
        width: widths[column])
    }
    let height = wrapped.map(\.count).max() ?? 1
    return (0..<height).map { index in
      var line = Line()
      for column in widths.indices {
        if column > 0 { line.append(Span(unicode ? " │ " : " | ", stroke)) }
        let cell = wrapped[column].indices.contains(index) ? wrapped[column][index] : Line()
        let gap = max(0, widths[column] - cell.width)
        let before =
          switch alignments[column] {
          case .right: gap
          case .center: gap / 2
          case .left, .none: 0
          }
        line.append(Span(String(repeating: " ", count: before)))
        for span in cell.spans { line.append(span) }
        if column < widths.count - 1 {
          line.append(Span(String(repeating: " ", count: gap - before)))
        }
      }
      return line
    }
  }

  /// Each row as lines of the form `heading: cell`, for tables with too many columns.
  private func records(_ header: [[Span]], _ rows: [[[Span]]]) -> [Line] {
    let titles = header.map { Line($0.map(oneLine)).text }
    guard !rows.isEmpty else {
      return wrap([Span(titles.joined(separator: ", "), theme[.markdownStrong])])
    }
    return rows.enumerated().flatMap { index, cells in
      (index > 0 ? [Line()] : [])
        + zip(titles, cells).flatMap { title, cell in
          wrap([Span("\(title): ", theme[.markdownStrong])] + cell.map(oneLine))
        }
    }
  }

  private func oneLine(_ span: Span) -> Span { Span(Sanitise.line(span.text), span.style) }
}
