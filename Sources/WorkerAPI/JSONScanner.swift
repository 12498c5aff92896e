/// Steps over the tokens of a JSON text (RFC 8259), byte by byte; what reads whole values is built on it.
///
/// A failure's offset is that of the first byte that cannot be; it is the text's length when the text
/// was cut off before it went wrong.
struct JSONScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  var failure: JSONReader.Failure { .unexpected(offset: position) }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// The colon after a member's name, with the space around it.
  mutating func takeColon() throws(JSONReader.Failure) {
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw failure }
    skipSpace()
  }

  /// A string, number or literal.
  mutating func scalar() throws(JSONReader.Failure) -> JSON {
    switch current {
    case UInt8(ascii: "\""): return .string(try string().text)
    case UInt8(ascii: "t"):
      try skip("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try skip("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try skip("null")
      return .null
    default: return try number()
    }
  }

  mutating func skip(_ word: StaticString) throws(JSONReader.Failure) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[offset]) else { throw failure }
    }
  }

  /// The bytes from an offset up to here, as text.
  func text(from start: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
  }
}
