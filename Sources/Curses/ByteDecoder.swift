/// Puts UTF-8 together across reads; what is not UTF-8 becomes U+FFFD.
///
/// Curses does the same but forgets the first bytes of a character whose last ones come later.
struct ByteDecoder: Sendable {
  private var pending: [UInt8] = []

  /// The scalar that the byte completes, if any.
  mutating func decode(_ byte: UInt8) -> Unicode.Scalar? {
    if byte < 0x80 {
      // Whatever was incomplete stays incomplete.
      pending = []
      return Unicode.Scalar(byte)
    }
    if byte >= 0xC0 { pending = [] }
    pending.append(byte)
    guard let length = Self.length(pending[0]) else {
      pending = []
      return "\u{FFFD}"
    }
    guard pending.count == length else { return nil }
    defer { pending = [] }
    return String(validating: pending, as: UTF8.self)?.unicodeScalars.first ?? "\u{FFFD}"
  }

  private static func length(_ first: UInt8) -> Int? {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }
}
