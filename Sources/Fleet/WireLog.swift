/// The latest events of one worker's stream as they come over a connection of their own, while
/// somebody looks at them.
///
/// The server repeats what is stored before it goes on (protocol.md (b), 6), so what came before is
/// there, too.
public struct WireLog: Hashable, Sendable {
  /// Events that are kept, and bytes of them all; the oldest goes first.
  public static let limit = 500
  public static let bytesLimit = 1 << 20
  /// Bytes of one event that are kept; the rest is counted.
  public static let eventLimit = 16_384

  public let worker: String
  public private(set) var entries: [Entry] = []
  /// Events that came, those that are gone included.
  public private(set) var count = 0
  /// Another one each time that events are numbered anew: a connection without an id brings all again.
  public private(set) var round: Int
  /// How the connection stands; `closed` is to be opened.
  public internal(set) var stream = StreamState.closed
  /// Bytes that are kept.
  private var bytes = 0

  public struct Entry: Hashable, Sendable {
    /// Seconds since 1970.
    public var at: Double
    /// Empty when the server sends no ids.
    public var id: String
    public var raw: RawEvent
    public var mark: Mark?
  }

  /// What one goes by from one event to the next.
  public enum Mark: Hashable, Sendable { case turn, tool, problem }

  init(worker: String, round: Int) {
    self.worker = worker
    self.round = round
  }

  /// The number of the first one that is kept, counted from nought.
  public var first: Int { count - entries.count }

  /// The id after which a connection goes on; empty begins at the start.
  var lastEventID: String { entries.last?.id ?? "" }

  /// What a key looks at again: nothing is on its way any more.
  var isOver: Bool {
    switch stream {
    case .ended, .refused: true
    default: false
    }
  }

  mutating func open(at now: Double) {
    stream = .live(since: now)
    guard lastEventID.isEmpty else { return }
    entries = []
    bytes = 0
    count = 0
    round += 1
  }

  mutating func add(_ items: [StreamItem], at now: Double) {
    for item in items {
      guard let raw = item.raw else { continue }
      entries.append(Entry(at: now, id: item.id, raw: raw, mark: Mark(item.event)))
      bytes += raw.text.utf8.count
      count += 1
    }
    var gone = max(0, entries.count - Self.limit)
    bytes -= entries[..<gone].reduce(0) { $0 + $1.raw.text.utf8.count }
    while bytes > Self.bytesLimit {
      bytes -= entries[gone].raw.text.utf8.count
      gone += 1
    }
    entries.removeFirst(gone)
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

  /// Bytes that are not kept.
  public var rest: Int { max(0, bytes - WireLog.eventLimit) }
}
