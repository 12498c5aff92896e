/// A file that a run has written.
public struct MadeFile: Hashable, Sendable {
  /// Relative, with `/` between folders.
  public var path: String
  public var mediaType: String
  public var bytes: [UInt8]
  /// The id of the event that tells of it, which no other file of the worker has; empty before that.
  var place = ""

  /// Another one for other bytes (RFC 9110, section 8.8.3): their FNV-1a hash and their count.
  var entityTag: String {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return "\"\(String(hash, radix: 16))-\(bytes.count)\""
  }
}
