extension TextArea {
  /// Inserts at the cursor, newlines too; false and no change when the text would be too long.
  @discardableResult
  public mutating func insert(_ text: String) -> Bool {
    let clean = Self.cleaned(text)
    guard !clean.isEmpty else { return true }
    guard bytes + clean.utf8.count <= Self.byteLimit else { return false }
    // A combining mark joins the character before it, and the one after may join in turn.
    let before = position > 0 ? [characters[position - 1]] : []
    let after = position < characters.count ? [characters[position]] : []
    let start = position - before.count
    let left = Array(String(before) + clean)
    let joined = Array(String(before) + clean + String(after))
    let isPlain =
      left.starts(with: before) && joined.starts(with: left)
      && joined.count == left.count + after.count
    if isPlain {
      let typed = left[before.count...]
      replace(position..<position, with: typed, isOpen: typed.count == 1 && clean != "\n")
    } else {
      let end = min(start + joined.count, start + left.count)
      replace(start..<(position + after.count), with: joined[...], isOpen: false)
      position = end
    }
    return true
  }

  @discardableResult
  public mutating func newline() -> Bool { insert("\n") }

  public mutating func deleteBackward() {
    guard position > 0 else { return }
    replace((position - 1)..<position, with: [], isOpen: false)
  }

  public mutating func deleteForward() {
    guard position < characters.count else { return }
    replace(position..<(position + 1), with: [], isOpen: false)
  }

  /// Removes the rest of the line, or the line end when nothing else is left of it.
  public mutating func killToEnd() {
    let end = lineRange.upperBound
    let target = end == position ? min(end + 1, characters.count) : end
    replace(position..<target, with: [], isOpen: false)
  }

  /// Removes from the cursor back to the start of a word.
  public mutating func killWord() {
    replace(wordStart..<position, with: [], isOpen: false)
  }

  /// Removes the line before the cursor; at its start, the line end before it.
  public mutating func killLine() {
    let start = lineRange.lowerBound
    replace((start == position ? max(0, start - 1) : start)..<position, with: [], isOpen: false)
  }

  /// The line around the cursor without its line end, as typed and not as shown.
  var lineRange: Range<Int> {
    let start = characters[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = characters[position...].firstIndex(of: "\n") ?? characters.count
    return start..<end
  }

  private mutating func replace(
    _ range: Range<Int>, with text: ArraySlice<Character>, isOpen: Bool
  ) {
    guard !range.isEmpty || !text.isEmpty else { return }
    let removed = Array(characters[range])
    history.record(
      Edit(
        start: range.lowerBound, removed: removed, inserted: text.count, cursor: position,
        isOpen: isOpen && removed.isEmpty))
    bytes += Self.size(text) - Self.size(removed[...])
    characters.replaceSubrange(range, with: text)
    position = range.lowerBound + text.count
    goal = nil
  }
}
