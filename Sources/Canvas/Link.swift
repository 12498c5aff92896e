/// Where a run of cells leads, for terminals that open addresses.
public struct Link: Hashable, Sendable {
  /// Terminals that are known take no longer ones.
  public static let lengthLimit = 2_000

  /// Printable ASCII only (`Link.address`).
  public var address: String
  /// The first of its cells.
  public var at: Point
  /// Columns, all on one row.
  public var width: Int

  public init(_ address: String, at place: Point, width: Int) {
    self.address = address
    at = place
    self.width = width
  }

  /// An address of the web as a link may hold it: bytes that are not printable ASCII are
  /// percent-encoded (RFC 3986, 2.1); nil for other schemes, which a click must not start, and for
  /// what is too long.
  public static func address(_ text: String) -> String? {
    let lowered = text.prefix(8).lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
    var result = ""
    for byte in text.utf8 {
      guard result.utf8.count < lengthLimit else { return nil }
      if (0x21...0x7E).contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
