/// The events of one worker's stream as they came over the wire, while somebody looks at them.
public struct WireLog: Hashable, Sendable {
  /// Events that are kept; the oldest goes first.
  public static let limit = 500
  /// Bytes of one event that are kept; the rest is counted.
  public static let eventLimit = 2_048

  public let worker: String
  /// Seconds since 1970; nothing from before is kept anywhere.
  public let since: Double
  public private(set) var entries: [Entry] = []
  /// Entries since then, those that are gone included.
  public private(set) var count = 0

  public struct Entry: Hashable, Sendable {
    /// Seconds since 1970.
    public var at: Double
    /// Empty when the server sends no ids.
    public var id: String
    public var raw: RawEvent
  }

  init(worker: String, since: Double) {
    self.worker = worker
    self.since = since
  }

  mutating func add(_ items: [StreamItem], at now: Double) {
    for item in items {
      guard let raw = item.raw else { continue }
      count += 1
      if entries.count == Self.limit { entries.removeFirst() }
      entries.append(Entry(at: now, id: item.id, raw: raw))
    }
  }
}

/// One event's data as it came, cut at `WireLog.eventLimit`.
public struct RawEvent: Hashable, Sendable {
  public var text: String
  /// Of the whole.
  public var bytes: Int

  public init(_ data: Span<UInt8>) {
    bytes = data.count
    text = data.withUnsafeBufferPointer {
      String(decoding: $0.prefix(WireLog.eventLimit), as: UTF8.self)
    }
  }
}
