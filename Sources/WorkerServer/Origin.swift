/// The part of an address before the path, which each client may see differently.
enum Origin {
  /// Stands in stored chunks for whatever address a client has asked at; `.invalid` is never a host
  /// (RFC 2606).
  static let placeholder = "http://origin.invalid"

  /// The origin that a Host header names; nil when it holds anything that no authority can.
  static func of(host: String?) -> String? {
    guard let host, !host.isEmpty, host.utf8.count <= 255, host.utf8.allSatisfy(isAuthority) else {
      return nil
    }
    return "http://\(host)"
  }

  /// Puts an origin in the place of the placeholder.
  static func fill(_ origin: String, into text: String) -> String {
    guard let range = text.firstRange(of: placeholder) else { return text }
    return text.replacingCharacters(in: range, with: origin)
  }

  private static func isAuthority(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: ".-_:[]".utf8.contains(byte)
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
