/// Ids that sort by their time: ULIDs with a prefix (protocol.md (a)).
enum Identifier {
  static func worker(at seconds: Double, using random: inout some RandomNumberGenerator) -> String {
    "t_org_123_w_" + ulid(at: seconds, using: &random)
  }

  static func schedule(at seconds: Double, using random: inout some RandomNumberGenerator) -> String
  {
    "sch_" + ulid(at: seconds, using: &random)
  }

  /// 48 bits of milliseconds and 80 random bits in Crockford's base 32.
  static func ulid(at seconds: Double, using random: inout some RandomNumberGenerator) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    let milliseconds = UInt64(max(0, min(seconds * 1000, 2.8e14)))
    var characters: [UInt8] = []
    for place in (0..<10).reversed() {
      characters.append(alphabet[Int(milliseconds >> UInt64(place * 5) & 31)])
    }
    var bits: UInt64 = 0
    for place in 0..<16 {
      if place % 12 == 0 { bits = random.next() }
      characters.append(alphabet[Int(bits & 31)])
      bits >>= 5
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
