extension Transcript {
  /// What a stream sent that could not be used as it was; kept for the raw view.
  public struct Oddities: Hashable, Sendable {
    /// Frames that could not be used, or that fit only half.
    public internal(set) var malformed = 0
    /// How often each chunk type came that this version does not know; at most `kindLimit` of them.
    public internal(set) var unknown: [String: Int] = [:]
    /// The latest of them, oldest first; at most `frameLimit`, each cut to `dataLimit` bytes.
    public internal(set) var frames: [Frame] = []

    static let kindLimit = 100
    static let frameLimit = 100
    static let dataLimit = 2_048

    public struct Frame: Hashable, Sendable {
      public var reason: String
      public var data: String
    }

    mutating func report(_ reason: String, _ data: String) {
      malformed += 1
      keep(reason, data)
    }

    mutating func meet(unknown type: String, _ data: String) {
      let name = String(type.prefix(100))
      if unknown.count < Self.kindLimit || unknown[name] != nil {
        unknown[name, default: 0] += 1
      }
      keep("unknown type", data)
    }

    private mutating func keep(_ reason: String, _ data: String) {
      if frames.count >= Self.frameLimit { frames.removeFirst() }
      let kept = String(decoding: data.utf8.prefix(Self.dataLimit), as: UTF8.self)
      frames.append(Frame(reason: reason, data: kept))
    }
  }
}
