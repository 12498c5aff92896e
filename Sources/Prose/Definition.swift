/// Finds what may be a link reference definition, `[label]: destination` (CommonMark 0.29, 4.7).
///
/// It may find too much, for instance in code: that costs time and never changes the blocks.
enum Definition {
  /// Bytes searched back for the start of a label; cmark takes labels of up to 1,000 bytes, and the
  /// marks of quotes around it at each of its line ends are not part of it.
  private static let reach = 16 << 10

  /// Whether a label with its colon may end at `start` or later.
  static func mayEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var here = max(start, 1)
    while here < bytes.count {
      if bytes[here] == colon, bytes[here - 1] == close, mayClose(bytes, at: here - 1) {
        return true
      }
      here += 1
    }
    return false
  }

  /// Whether the label that is closed here was opened at the beginning of a line.
  private static func mayClose(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
    if isEscaped(bytes, end) { return false }
    var here = end - 1
    while here >= 0 {
      if end - here > reach { return true }
      if bytes[here] == close || bytes[here] == open, !isEscaped(bytes, here) {
        return bytes[here] == open && isFirst(bytes, here)
      }
      here -= 1
    }
    return false
  }

  private static func isEscaped(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    var here = offset
    while here > 0, bytes[here - 1] == UInt8(ascii: "\\") { here -= 1 }
    return (offset - here) % 2 == 1
  }

  /// Whether only marks of quotes, lists and tasks stand before it on its line.
  private static func isFirst(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    var here = offset - 1
    while here >= 0, !LineEnd.isPart(bytes[here]) {
      if !marks.contains(bytes[here]) { return false }
      here -= 1
    }
    return true
  }

  private static let open = UInt8(ascii: "[")
  private static let close = UInt8(ascii: "]")
  private static let colon = UInt8(ascii: ":")
  /// The last three are a byte order mark, which cmark skips at the start of a text.
  private static let marks = Set(" \t>-+*0123456789.)[]xX".utf8).union([0xEF, 0xBB, 0xBF])
}
