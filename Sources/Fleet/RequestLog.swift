public import WorkerAPI

/// The latest requests, and what was learned from two of them that did not agree.
public struct RequestLog: Hashable, Sendable {
  /// Entries that are kept; the oldest goes first.
  public static let limit = 500

  public private(set) var entries: [Entry] = []
  /// Entries since the start, those that are gone included.
  public private(set) var count = 0

  public init() {}

  public struct Entry: Hashable, Sendable {
    /// Seconds since 1970; of a request when it left.
    public var at: Double
    public var event: Event

    public init(at: Double, _ event: Event) {
      self.at = at
      self.event = event
    }
  }

  public enum Event: Hashable, Sendable {
    case request(TransportRecord)
    /// A sentence about a worker whose stream and answers differ.
    case note(worker: String, String)
  }

  mutating func add(_ entry: Entry) {
    count += 1
    if entries.count == Self.limit { entries.removeFirst() }
    entries.append(entry)
  }
}
