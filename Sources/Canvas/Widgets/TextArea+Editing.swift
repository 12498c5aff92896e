extension TextArea {
  /// Inserts at the cursor, newlines too; false and no change when the text would be too long.
  @discardableResult
  public mutating func insert(_ text: String) -> Bool {
    let clean = Self.cleaned(text)
    guard !clean.isEmpty else { return true }
    guard bytes + clean.utf8.count <= Self.byteLimit else { return false }
    replace(position..<position, with: Array(clean), isOpen: clean.count == 1 && clean != "\n")
    return true
  }

  /// Whether an area can have this text and no other.
  public static func holds(_ text: String) -> Bool { cleaned(text).utf8.count <= byteLimit }

  /// Another text in place of this one, as one edit; the cursor goes behind what differs. False and
  /// no change when it is too long.
  @discardableResult
  public mutating func replaceAll(with text: String) -> Bool {
    let fresh = Array(Self.cleaned(text))
    guard Self.size(fresh[...]) <= Self.byteLimit else { return false }
    let shared = min(fresh.count, characters.count)
    var start = 0
    while start < shared, fresh[start] == characters[start] { start += 1 }
    var same = 0
    while same < shared - start,
      fresh[fresh.count - 1 - same] == characters[characters.count - 1 - same]
    {
      same += 1
    }
    let middle = fresh[start..<(fresh.count - same)]
    guard start + same < characters.count || !middle.isEmpty else { return true }
    splice(start..<(characters.count - same), with: Array(middle), isOpen: false)
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

  /// The line around the cursor without its line end, as typed and not as shown.
  var lineRange: Range<Int> {
    let start = characters[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = characters[position...].firstIndex(of: "\n") ?? characters.count
    return start..<end
  }

  /// Replaces characters and puts the cursor behind the new ones.
  ///
  /// What meets at the edges may join to one cluster, as a combining mark does with a letter; then
  /// the whole line is taken apart anew.
  mutating func replace(_ range: Range<Int>, with text: [Character], isOpen: Bool) {
    guard !range.isEmpty || !text.isEmpty else { return }
    if canJoin(range, text), let joined = joined(range, text) {
      splice(joined.line, with: joined.characters, isOpen: false)
      position = joined.line.lowerBound + joined.cursor
    } else {
      splice(range, with: text, isOpen: isOpen)
    }
  }

  private mutating func splice(_ range: Range<Int>, with text: [Character], isOpen: Bool) {
    let removed = Array(characters[range])
    history.record(
      Edit(
        start: range.lowerBound, removed: removed, inserted: text.count, cursor: position,
        isOpen: isOpen && removed.isEmpty))
    bytes += Self.size(text[...]) - Self.size(removed[...])
    characters.replaceSubrange(range, with: text)
    position = range.lowerBound + text.count
    goal = nil
  }

  /// ASCII never joins what is before it, since line ends are never CRLF.
  private func canJoin(_ range: Range<Int>, _ text: [Character]) -> Bool {
    let after = range.upperBound < characters.count ? characters[range.upperBound] : "\n"
    return !(text.first ?? after).isASCII || !after.isASCII
  }

  /// The lines around a replacement as they become, with the cursor among their characters; nil
  /// when nothing joins.
  private func joined(_ range: Range<Int>, _ text: [Character]) -> (
    line: Range<Int>, characters: [Character], cursor: Int
  )? {
    let start = characters[..<range.lowerBound].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = characters[range.upperBound...].firstIndex(of: "\n") ?? characters.count
    let left = characters[start..<range.lowerBound] + text
    let simple = left + characters[range.upperBound..<end]
    let whole = Array(String(simple))
    guard whole != Array(simple) else { return nil }
    // The cursor stands behind the cluster that holds the last new scalar.
    var scalars = left.reduce(0) { $0 + $1.unicodeScalars.count }
    var cursor = 0
    while scalars > 0, cursor < whole.count {
      scalars -= whole[cursor].unicodeScalars.count
      cursor += 1
    }
    return (start..<end, whole, cursor)
  }
}
