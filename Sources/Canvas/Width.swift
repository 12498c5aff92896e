/// How many columns text takes, in step with the C library that curses asks.
public enum Width {
  /// Zero for what is not shown at all, else the columns of the folded character.
  public static func of(_ character: Character) -> Int {
    if ascii(character) != nil { return 1 }
    var columns = 0
    eachGlyph(of: character) { _, width in columns += width }
    return columns
  }

  public static func of(_ text: String) -> Int {
    if isPrintableASCII(text) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The characters from the start that fit, with the ellipsis after them if any was left out.
  public static func cut(_ text: String, to columns: Int, ellipsis: String = "") -> String {
    let limit = max(0, columns)
    if isPrintableASCII(text), text.utf8.count <= limit { return text }
    let mark = ellipsis.isEmpty ? "" : cut(ellipsis, to: limit)
    let room = limit - of(mark)
    var used = 0
    // The end of what stays when an ellipsis has to follow.
    var end = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      used += of(text[index])
      if used > limit { return text[..<end] + mark }
      index = text.index(after: index)
      if used <= room { end = index }
    }
    return text
  }

  public enum Alignment: Hashable, Sendable {
    case left, right
  }

  /// Cuts what is in the middle, so that the begin and the end of a path stay.
  public static func cutMiddle(_ text: String, to columns: Int, ellipsis: String) -> String {
    guard of(text) > columns else { return text }
    let room = max(0, columns - of(ellipsis))
    var end = ""
    var used = 0
    for character in text.reversed() {
      used += of(character)
      guard used <= room - room / 2 else { break }
      end.insert(character, at: end.startIndex)
    }
    return cut(cut(text, to: room / 2) + ellipsis + end, to: columns)
  }

  /// Exactly that many columns: cut or filled with blanks on the side away from the alignment.
  public static func padded(
    _ text: String, to columns: Int, alignment: Alignment = .left
  ) -> String {
    let shown = cut(text, to: columns)
    let blanks = String(repeating: " ", count: max(0, columns - of(shown)))
    return alignment == .left ? shown + blanks : blanks + shown
  }

  /// Control characters, CRLF among them.
  static func isControl(_ character: Character) -> Bool {
    guard let first = character.unicodeScalars.first?.value else { return false }
    return first < 0x20 || 0x7F...0x9F ~= first
  }

  /// Every byte from space to tilde, so that bytes, clusters and columns are the same.
  static func isPrintableASCII(_ text: String) -> Bool {
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 &- 0x20 < 0x5F }
    }
    return plain ?? text.utf8.allSatisfy { $0 &- 0x20 < 0x5F }
  }

  /// The code of a character that is one printable ASCII scalar.
  static func ascii(_ character: Character) -> UInt8? {
    let bytes = character.utf8
    guard bytes.count == 1, let byte = bytes.first, byte &- 0x20 < 0x5F else { return nil }
    return byte
  }
}
