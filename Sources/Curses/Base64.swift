/// Base64 (RFC 4648, section 4), with padding and without line ends.
enum Base64 {
  /// How many bytes a text of so many becomes.
  static func count(_ bytes: Int) -> Int { (bytes + 2) / 3 * 4 }

  static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(count(bytes.count))
    var rest = bytes[...]
    while let first = rest.popFirst() {
      let second = rest.popFirst()
      let third = rest.popFirst()
      output.append(digits[Int(first >> 2)])
      output.append(digits[Int(first & 3) << 4 | Int((second ?? 0) >> 4)])
      output.append(second.map { digits[Int($0 & 15) << 2 | Int((third ?? 0) >> 6)] } ?? pad)
      output.append(third.map { digits[Int($0 & 63)] } ?? pad)
    }
    return output
  }

  private static let pad = UInt8(ascii: "=")
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
