/// What a JSON text says that was cut off, as a tool's input is while it streams (protocol.md (c) rule 7).
public enum CutJSON {
  /// Strings, arrays and objects closed, a begun literal completed, the incomplete tail of a number or
  /// escape and a name without a value dropped; nil when nothing of a value is there yet, or when no
  /// JSON text begins so. Linear in the text.
  public static func value(of text: String) -> JSON? {
    var text = text
    return text.withUTF8(value)
  }

  /// The same of UTF-8 bytes; the bytes of a character that was cut at the end are dropped.
  public static func value(of bytes: [UInt8]) -> JSON? { bytes.withUnsafeBufferPointer(value) }

  private static func value(of bytes: UnsafeBufferPointer<UInt8>) -> JSON? {
    var reader = JSONReader(bytes)
    do throws(JSONReader.Failure) {
      return try reader.whole()
    } catch {
      let start = reader.valueStart
      let isCut = error == .unexpected(offset: bytes.count) || endsInNumber(bytes, from: start)
      guard isCut else { return nil }
      return reader.closed(with: start.flatMap { scalar(bytes, from: $0) })
    }
  }

  /// True when all from here on could stand in a number, as in `12.e`: what upstream forgives too.
  private static func endsInNumber(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int?) -> Bool {
    guard let start, start < bytes.count, number(bytes, from: start) != nil else { return false }
    return bytes[start...].allSatisfy { "0123456789+-.eE".utf8.contains($0) }
  }

  /// What is there of the string, number or literal that reaches to the end.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> JSON? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""): return .string(string(bytes, from: start + 1))
    case UInt8(ascii: "t"): return true
    case UInt8(ascii: "f"): return false
    case UInt8(ascii: "n"): return .null
    default: return number(bytes, from: start)
    }
  }

  private static func string(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String {
    var scanner = JSONScanner(bytes)
    scanner.position = start
    var end = start
    while true {
      scanner.skipPlain()
      end = scanner.position
      // An escape that fails is one that was cut off: the reader came to the end of the text.
      guard scanner.take(UInt8(ascii: "\\")), (try? scanner.escape()) != nil else { break }
      end = scanner.position
    }
    if end == bytes.count { end = wholeCharacters(bytes, from: start, to: end) }
    let text = Array(bytes[(start - 1)..<end]) + [UInt8(ascii: "\"")]
    return text.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      guard let text = try? scanner.string() else { return "" }
      // A high surrogate at the end waits for its low one.
      return (text.leadingHalf == nil ? "" : "\u{FFFD}") + text.body
    }
  }

  /// The end without the first bytes of a character whose further bytes are yet to come.
  private static func wholeCharacters(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var lead = end - 1
    while lead >= start, end - lead < 4, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
    guard lead >= start else { return end }
    let length =
      switch bytes[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return end - lead < length ? lead : end
  }

  /// The number without the signs, points and exponents that it ends with.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> JSON? {
    var end = bytes.count
    while end > start, bytes[end - 1] &- 0x30 > 9 { end -= 1 }
    var scanner = JSONScanner(UnsafeBufferPointer(rebasing: bytes[..<end]))
    scanner.position = start
    guard let number = try? scanner.number(), scanner.position == end else { return nil }
    return number
  }
}
