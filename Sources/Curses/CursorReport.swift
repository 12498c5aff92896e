/// Puts one report of the cursor's position together, byte by byte: `ESC [ row ; column R`.
struct CursorReport: Sendable {
  enum Reading: Hashable, Sendable {
    case more
    /// Both count from 1.
    case whole(row: Int, column: Int)
    /// The byte belongs to no report, and was not taken.
    case broken
  }

  /// No report is longer.
  static let lengthLimit = 16

  private(set) var bytes: [UInt8] = []

  mutating func read(_ byte: UInt8) -> Reading {
    switch byte {
    case 0x1B: guard bytes.isEmpty else { return .broken }
    case UInt8(ascii: "["): guard bytes.count == 1 else { return .broken }
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"):
      guard (2..<Self.lengthLimit).contains(bytes.count) else { return .broken }
    case UInt8(ascii: "R"): return place
    default: return .broken
    }
    bytes.append(byte)
    return .more
  }

  private var place: Reading {
    let numbers = String(decoding: bytes.dropFirst(2), as: UTF8.self)
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return .broken }
    return .whole(row: numbers[0], column: numbers[1])
  }
}
