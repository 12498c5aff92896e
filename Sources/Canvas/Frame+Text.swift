extension Frame {
  /// The rows without their trailing blanks, joined by newlines.
  public var text: String {
    (0..<size.rows).map { y in
      var line = ""
      for cell in row(y) { line += cell.glyph }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// The text, then a line for each run of one style that is not plain: `y:x-x2 fg=red bold`, where
  /// `x2` is the last column of the run; then the cursor.
  public var golden: String {
    var lines = [text]
    for y in 0..<size.rows {
      let cells = Array(row(y))
      var x = 0
      while x < cells.count {
        let style = cells[x].style
        let end = cells[x...].firstIndex { $0.style != style } ?? cells.count
        if style != .plain { lines.append("\(y):\(x)-\(end - 1) \(style.words)") }
        x = end
      }
    }
    if let cursor { lines.append("cursor \(cursor.y):\(cursor.x)") }
    return lines.joined(separator: "\n")
  }
}
