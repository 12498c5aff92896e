extension TextArea {
  /// The text as rows: ranges of characters without line ends, and the cursor among them.
  public struct Rows: Hashable, Sendable {
    public var rows: [Range<Int>]
    public var cursor: Point
  }

  /// Wraps at words and keeps the last column free for the cursor; blanks at the end of a row hang
  /// over the edge.
  public func layout(width: Int) -> Rows {
    let room = max(1, width - 1)
    var rows: [Range<Int>] = []
    var start = 0
    while true {
      let end = characters[start...].firstIndex(of: "\n") ?? characters.count
      wrap(start..<end, room: room, into: &rows)
      guard end < characters.count else { break }
      start = end + 1
    }
    let y = rows.lastIndex { $0.lowerBound <= position } ?? 0
    let x = characters[rows[y].lowerBound..<position].reduce(0) { $0 + Width.of($1) }
    return Rows(rows: rows, cursor: Point(x: min(x, max(0, width - 1)), y: y))
  }

  /// The text of a row as it is shown.
  public func text(of row: Range<Int>) -> String {
    String(characters[row.clamped(to: characters.indices)])
  }

  /// Draws the rows around the cursor, so that it is always inside; sets the frame's cursor.
  public func draw(
    into frame: inout Frame, rect: Rect, style: Style = .plain, showsCursor: Bool = true
  ) {
    frame.fill(rect, style)
    guard !rect.isEmpty else { return }
    let layout = layout(width: rect.width)
    let offset = min(
      max(0, layout.cursor.y - rect.height / 2), max(0, layout.rows.count - rect.height))
    for (y, row) in layout.rows.dropFirst(offset).prefix(rect.height).enumerated() {
      frame.write(text(of: row), x: rect.x, y: rect.y + y, style, in: rect)
    }
    if showsCursor {
      frame.cursor = Point(x: rect.x + layout.cursor.x, y: rect.y + layout.cursor.y - offset)
    }
  }

  private func wrap(_ line: Range<Int>, room: Int, into rows: inout [Range<Int>]) {
    var start = line.lowerBound
    var used = 0
    // Where the word under way starts, and the columns before it in this row.
    var (word, before) = (start, 0)
    for index in line {
      let character = characters[index]
      let width = Width.of(character)
      if character != " ", used + width > room, index > start {
        let end = word > start ? word : index
        rows.append(start..<end)
        used = word > start ? used - before : 0
        start = end
        (word, before) = (start, 0)
        // What came along may fill the new row already.
        if used + width > room, index > start {
          rows.append(start..<index)
          (start, used) = (index, 0)
          (word, before) = (start, 0)
        }
      }
      used += width
      if character == " " { (word, before) = (index + 1, used) }
    }
    rows.append(start..<line.upperBound)
  }
}
