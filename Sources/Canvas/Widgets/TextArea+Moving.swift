extension TextArea {
  public mutating func moveLeft() { cursor -= 1 }
  public mutating func moveRight() { cursor += 1 }
  public mutating func lineStart() { cursor = lineRange.lowerBound }
  public mutating func lineEnd() { cursor = lineRange.upperBound }
  public mutating func wordLeft() { cursor = wordStart }

  public mutating func wordRight() { cursor = wordEnd }

  /// One row up as the text is wrapped at this width; false in the first row.
  @discardableResult
  public mutating func moveUp(width: Int) -> Bool { move(rows: -1, width: width) }

  /// One row down as the text is wrapped at this width; false in the last row.
  @discardableResult
  public mutating func moveDown(width: Int) -> Bool { move(rows: 1, width: width) }

  /// Where the word before the cursor starts.
  var wordStart: Int {
    var index = position
    while index > 0, !Self.isWord(characters[index - 1]) { index -= 1 }
    while index > 0, Self.isWord(characters[index - 1]) { index -= 1 }
    return index
  }

  /// Where the word at or after the cursor ends.
  var wordEnd: Int {
    var index = position
    while index < characters.count, !Self.isWord(characters[index]) { index += 1 }
    while index < characters.count, Self.isWord(characters[index]) { index += 1 }
    return index
  }

  private mutating func move(rows: Int, width: Int) -> Bool {
    let layout = layout(width: width)
    let target = layout.cursor.y + rows
    guard layout.rows.indices.contains(target) else { return false }
    let column = goal ?? layout.cursor.x
    let row = layout.rows[target]
    // The end of a row that goes on below is the start of the next row.
    let continues =
      target + 1 < layout.rows.count && layout.rows[target + 1].lowerBound == row.upperBound
    let last = continues ? row.upperBound - 1 : row.upperBound
    var (index, used) = (row.lowerBound, 0)
    while index < last {
      let next = used + Width.of(characters[index])
      if next > column { break }
      used = next
      index += 1
    }
    cursor = index
    goal = column
    return true
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
