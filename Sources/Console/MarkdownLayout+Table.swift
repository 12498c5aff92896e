import Canvas
import Prose

extension MarkdownLayout {
  /// Columns that a cell keeps at least; where there is not that much, a table becomes records.
  private static let narrowest = 4
  /// Columns up to which a word keeps its column wide; a longer one, such as an address, is broken.
  private static let longestWord = 24

  /// A table that fits the width: columns shrink and their cells wrap.
  func lines(_ table: MarkdownTable) -> [Line] {
    let count = table.alignments.count
    guard count > 0 else { return [] }
    let header = table.header.map { spans($0, theme[.markdownStrong]) }
    let rows = table.rows.map { $0.map { spans($0, theme[.text]) } }
    guard let widths = columnWidths([header] + rows, count: count) else {
      return records(header, rows)
    }
    let stroke = theme[.markdownTable]
    var output = row(header, widths, table.alignments, stroke)
    let dash = unicode ? "─" : "-"
    let rule = widths.map { String(repeating: dash, count: $0) }
      .joined(separator: unicode ? "─┼─" : "-+-")
    output.append(Line(rule, stroke))
    for cells in rows { output += row(cells, widths, table.alignments, stroke) }
    return output
  }

  /// Natural widths; while they are too many columns together, the widest one gives way, down to its
  /// longest word. Nil where that is not enough.
  private func columnWidths(_ rows: [[[Span]]], count: Int) -> [Int]? {
    let columns = (0..<count).map { column in
      rows.compactMap { $0.indices.contains(column) ? Line($0[column].map(oneLine)) : nil }
    }
    var widths = columns.map { cells in max(1, cells.map(\.width).max() ?? 1) }
    let room = width - 3 * (count - 1)
    var excess = widths.reduce(0, +) - room
    guard excess > 0 else { return widths }
    let floors = zip(columns, widths).map { cells, natural in
      let word = cells.map { Self.longestWord(in: $0.text) }.max() ?? 1
      return min(natural, max(Self.narrowest, min(word, Self.longestWord)))
    }
    guard floors.reduce(0, +) <= room, Self.narrowest * count <= room else { return nil }
    while excess > 0 {
      let wide = widths.indices.filter { widths[$0] > floors[$0] }
      guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { return nil }
      let second = wide.filter { $0 != widest }.map { widths[$0] }.max() ?? 1
      let step = max(1, min(excess, widths[widest] - max(floors[widest], second)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  /// Columns of the longest run that no row may break: wide characters break anywhere.
  private static func longestWord(in text: String) -> Int {
    var longest = 0
    var run = 0
    for character in text {
      let columns = Width.of(character)
      run = character == " " ? 0 : columns > 1 ? columns : run + columns
      longest = max(longest, run)
    }
    return longest
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
