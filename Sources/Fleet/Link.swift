/// How the console stands with its server, as the header shows it.
public enum Link: Hashable, Sendable {
  /// Nothing was asked yet.
  case idle
  /// The last answer or byte came at this moment, in seconds since 1970.
  case live(lastByteAt: Double)
  /// Down since a moment, for a reason; `retryAt` is when the next try is due.
  case down(since: Double, retryAt: Double?, reason: String)
  /// The server refuses the key; the text says what it said.
  case refused(reason: String)

  public var isUp: Bool {
    if case .live = self { true } else { false }
  }

  mutating func heard(at now: Double) { self = .live(lastByteAt: now) }

  mutating func lost(_ reason: String, at now: Double, retryAt: Double?) {
    if case .down(let since, _, _) = self {
      self = .down(since: since, retryAt: retryAt, reason: reason)
    } else {
      self = .down(since: now, retryAt: retryAt, reason: reason)
    }
  }
}

/// Where one worker's stream stands.
public enum StreamState: Hashable, Sendable {
  /// Not followed.
  case closed
  case opening
  case live(since: Double)
  /// Broken; the next try is due at `retryAt`.
  case waiting(retryAt: Double, reason: String)
  /// The run ended and all of it was read.
  case ended
  /// The server will not stream this worker; the reason is a sentence.
  case refused(reason: String)

  /// A connection is there or being made.
  public var isOpen: Bool {
    switch self {
    case .opening, .live: true
    case .closed, .waiting, .ended, .refused: false
    }
  }

  /// A task is at work on it.
  public var isFollowed: Bool {
    switch self {
    case .opening, .live, .waiting: true
    case .closed, .ended, .refused: false
    }
  }
}
