extension TextArea {
  /// What was removed last by a kill; kills in a row, with nothing between them, are one.
  struct Killed: Sendable {
    var characters: [Character] = []
    /// How the text stood after it.
    var place: (cursor: Int, count: Int)?
  }

  /// Inserts what was killed last.
  public mutating func yank() { insert(String(killed.characters)) }

  /// Removes the rest of the line, or the line end when nothing else is left of it.
  public mutating func killToEnd() {
    let end = lineRange.upperBound
    kill(position..<(end == position ? min(end + 1, characters.count) : end))
  }

  /// Removes from the cursor back to the start of a word.
  public mutating func killWord() { kill(wordStart..<position) }

  /// Removes from the cursor to the end of a word.
  public mutating func killNextWord() { kill(position..<wordEnd) }

  /// Removes the line before the cursor; at its start, the line end before it.
  public mutating func killLine() {
    let start = lineRange.lowerBound
    kill((start == position ? max(0, start - 1) : start)..<position)
  }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let removed = Array(characters[range])
    let goesOn = killed.place.map { $0.cursor == position && $0.count == characters.count } ?? false
    if !goesOn {
      killed.characters = removed
    } else if range.lowerBound < position {
      killed.characters = removed + killed.characters
    } else {
      killed.characters += removed
    }
    replace(range, with: [], isOpen: false)
    killed.place = (position, characters.count)
  }
}
