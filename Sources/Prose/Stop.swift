/// Stops lines that would make cmark slow: thousands of markers that open quotes and lists in one
/// another, and thousands of rows that might each begin a table in one paragraph.
///
/// A stop is a noncharacter in the line that makes text of its rest. It is taken out again of
/// whatever is read, so that code and tables keep every character.
enum Stop {
  /// U+FDD0, which Unicode keeps free for a program's own use.
  private static let scalar: UInt32 = 0xFDD0
  private static let bytes: [UInt8] = [0xEF, 0xB7, 0x90]

  /// The text with its stops; nil when it needs none.
  static func guarded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    var start = 0
    var rows = 0
    while start < text.count {
      var end = start
      while end < text.count, !LineEnd.isPart(text[end]) { end += 1 }
      if let cut = cut(in: text[start..<end], &rows) {
        result += text[copied..<cut]
        result += bytes
        copied = cut
      }
      let isPair =
        end + 1 < text.count && text[end] == UInt8(ascii: "\r")
        && text[end + 1] == UInt8(ascii: "\n")
      start = end + (isPair ? 2 : 1)
    }
    guard copied > 0 else { return nil }
    return result + text[copied...]
  }

  /// What was read, without stops.
  static func restored(_ text: String) -> String {
    guard text.utf8.contains(bytes[0]) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != scalar }))
  }

  /// Where a line needs its stop; `rows` counts the delimiter rows since the last blank line.
  private static func cut(in line: Slice<UnsafeBufferPointer<UInt8>>, _ rows: inout Int) -> Int? {
    if line.count > markerLimit, let cut = excessMarker(in: line) { return cut }
    if line.allSatisfy(isSpace) { rows = 0 }
    guard let dash = delimiterDash(in: line) else { return nil }
    rows += 1
    return rows > rowLimit ? dash + 1 : nil
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
