public import WorkerAPI

/// The latest requests, and what was learned from two of them that did not agree.
public struct RequestLog: Hashable, Sendable {
  /// Entries that are kept; the oldest goes first.
  public static let limit = 500

  public private(set) var entries: [Entry] = []
  /// Entries since the start, those that are gone included.
  public private(set) var count = 0
  /// Seconds that an answer takes: the middle one of the latest; nil before the first. It stays
  /// until that is more than a fifth off, so that a screen which shows it seldom changes.
  public private(set) var answerTime: Double?
  /// The times of the latest answers, oldest first.
  private var latest: [Double] = []

  /// Seconds below which answers are not told apart.
  public static let shortest = 0.01
  /// Answers that the middle one is taken of.
  private static let answers = 9

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
    if let time = entry.event.answerTime { took(time) }
  }

  private mutating func took(_ time: Double) {
    if latest.count == Self.answers { latest.removeFirst() }
    latest.append(time)
    let middle = max(Self.shortest, latest.sorted()[(latest.count - 1) / 2])
    if let shown = answerTime, abs(middle - shown) <= shown / 5 { return }
    answerTime = middle
  }
}

extension RequestLog.Event {
  /// Seconds until the server answered; nil of what is read bit by bit, and where it failed.
  fileprivate var answerTime: Double? {
    guard case .request(let record) = self, case .status(..<500) = record.outcome,
      case .path(let path) = record.target,
      case .route(let route) = Route.match(method: record.method.rawValue, path: path)
    else { return nil }
    switch route {
    case .stream, .file: return nil
    case .create, .retrieve, .continueWorker, .email, .createSchedule, .schedules,
      .cancelSchedule:
      return record.duration
    }
  }
}
