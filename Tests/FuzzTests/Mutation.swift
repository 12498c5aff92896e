import Support

/// Damages bytes as a bad network, a bad server or an attacker would.
enum Mutation {
  static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
      case 4: bytes.removeSubrange(index...)
      default:
        let end = Int.random(in: index...min(index + 16, bytes.count), using: &random)
        bytes.insert(contentsOf: bytes[index..<end], at: index)
      }
    }
  }

  /// Pieces one after the other, at most `limit` of them.
  static func text(_ pieces: [String], _ limit: Int, _ random: inout Seeded) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...limit, using: &random) {
      bytes.append(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
    }
    return bytes
  }

  /// The bytes cut at random places.
  static func chunks(_ bytes: [UInt8], _ random: inout Seeded) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var begin = 0
    let longest = [1, 3, 16, 1000][Int.random(in: 0..<4, using: &random)]
    while begin < bytes.count {
      let end = min(bytes.count, begin + Int.random(in: 0...longest, using: &random))
      chunks.append(Array(bytes[begin..<end]))
      begin = end
    }
    return chunks
  }
}
