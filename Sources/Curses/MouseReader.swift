import Canvas

/// Puts one report of the mouse together, byte by byte, behind the sequence that begins it.
struct MouseReader: Sendable {
  enum Form: Hashable, Sendable {
    /// `ESC [ <`, three decimal numbers, `M` or `m`.
    case numbers
    /// `ESC [ M` and three bytes, from terminals without the other form.
    case bytes
  }

  enum Reading: Hashable, Sendable {
    case more
    /// Nil for what has no meaning here, such as the right button.
    case whole(Mouse?)
    /// It was no report; the byte means itself.
    case broken
  }

  /// No report is longer.
  static let lengthLimit = 20

  let form: Form
  private var text: [UInt8] = []

  init(_ form: Form) { self.form = form }

  mutating func read(_ byte: UInt8) -> Reading {
    text.append(byte)
    switch form {
    case .bytes:
      guard text.count == 3 else { return .more }
      let numbers = text.map { Int($0) - 32 }
      let isRelease = numbers[0] & 0b1100_0011 == 3
      return .whole(
        Self.event(isRelease ? 0 : numbers[0], numbers[1], numbers[2], isRelease: isRelease))
    case .numbers:
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"):
        return text.count < Self.lengthLimit ? .more : .broken
      case UInt8(ascii: "M"), UInt8(ascii: "m"):
        let numbers = String(decoding: text.dropLast(), as: UTF8.self)
          .split(separator: ";", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard numbers.count == 3 else { return .whole(nil) }
        return .whole(
          Self.event(
            numbers[0], numbers[1], numbers[2], isRelease: byte == UInt8(ascii: "m")))
      default: return .broken
      }
    }
  }

  /// Bits 2 to 4 are keys that were held, bit 5 a move, bits 6 and 7 further buttons.
  private static func event(_ code: Int, _ column: Int, _ row: Int, isRelease: Bool) -> Mouse? {
    guard (1...10_000).contains(column), (1...10_000).contains(row) else { return nil }
    let point = Point(x: column - 1, y: row - 1)
    let isMove = code & 32 != 0
    switch code & 0b1100_0011 {
    case 0: return Mouse(isRelease ? .release : isMove ? .drag : .press, at: point)
    case 64 where !isRelease: return Mouse(.wheel(-1), at: point)
    case 65 where !isRelease: return Mouse(.wheel(1), at: point)
    default: return nil
    }
  }
}
