public import WorkerAPI

/// What an event stream knows between its connections, and so what to do when one ends.
///
/// The rules are those of protocol.md (d), "Connection checklist", and (c), "Reconnection
/// conventions". Times are seconds since 1970; chance is a number in 0..<1.
public struct Resume: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// The answer is an event stream: read it.
    case read
    /// Open it again after so many seconds. Without an id the server begins from the start, and
    /// so must the reader.
    case reconnect(after: Double, lastEventID: String?)
    /// All has been said.
    case ended
    /// Opening it again would change nothing.
    case failed(Reason)
  }

  public enum Reason: Error, Hashable, Sendable {
    /// A status that does not pass by itself.
    case status(Int)
    /// A 200 whose MIME type is not `text/event-stream`; at most 80 characters of what it was.
    case contentType(String)
    case transport(TransportError)
  }

  /// What an event means for the end of the stream.
  public enum Mark: Hashable, Sendable {
    /// `start` or `start-step`: a turn runs, so what ended before was not the end.
    case begins
    /// `finish`, `abort` or `[DONE]`.
    case ends
    case other
  }

  /// A connection that lasted this long, in seconds, was a success: the next delay is short again.
  ///
  /// So was one that went on where the one before had ended, and brought something, but only once in
  /// as long a time: a server that gives new ids each time and breaks off at once would be asked for
  /// without rest, where WHATWG HTML, section 9.2.3, lets a client wait longer after each failure.
  public static let steadyAfter = 10.0

  /// Sent as `Last-Event-ID` when not empty.
  public private(set) var lastEventID = ""
  /// The server's reconnection time, in seconds.
  public private(set) var serverRetry: Double?
  /// The last turn heard of has ended.
  public private(set) var hasSeenEnd = false
  public private(set) var backoff = Backoff()
  /// Seconds since 1970; nil between connections.
  private var openedAt: Double?
  /// When the delays last began anew because a short connection had gone on.
  private var shortenedAt: Double?
  /// The first id of all; a connection that begins with it again is a replay.
  private var firstEventID = ""
  /// The first id of this connection.
  private var connectionStart = ""
  /// The id with which this connection was asked for.
  private var askedAfter = ""

  /// What the worker object says; a finished worker's stream has nothing to wait for.
  public var isWorkerFinished: Bool

  public init(isWorkerFinished: Bool = false) {
    self.isWorkerFinished = isWorkerFinished
  }

  /// Attempts since the last success.
  public var attempts: Int { backoff.attempts }

  /// An event came; `lastEventID` is the one that stands after it.
  public mutating func received(lastEventID: String, mark: Mark = .other) {
    self.lastEventID = lastEventID
    if connectionStart.isEmpty { connectionStart = lastEventID }
    if firstEventID.isEmpty { firstEventID = lastEventID }
    switch mark {
    case .begins: hasSeenEnd = false
    case .ends: hasSeenEnd = true
    case .other: break
    }
  }

  /// The server set the reconnection time, in milliseconds.
  public mutating func received(retry milliseconds: Int) {
    serverRetry = Double(max(milliseconds, 0)) / 1000
  }

  /// The head of an answer came.
  public mutating func opened(_ head: TransportHead, now: Double, random: Double) -> Step {
    switch head.status {
    case 200:
      let type = head["content-type"] ?? ""
      guard Self.isEventStream(type) else { return .failed(.contentType(String(type.prefix(80)))) }
      openedAt = now
      askedAfter = lastEventID
      connectionStart = ""
      return .read
    case 204:
      return .ended
    case _ where RetryPolicy.mayPass(head):
      return reconnect(random: random, retryAfter: RetryAfter.parse(head, now: now))
    case let status:
      return .failed(.status(status))
    }
  }

  /// The body ended as it should.
  public mutating func closed(now: Double, random: Double) -> Step {
    hasSeenEnd || isWorkerFinished ? .ended : disconnected(now: now, random: random)
  }

  /// Connecting or reading failed.
  public mutating func failed(
    _ error: TransportError, now: Double, random: Double
  ) -> Step {
    switch error {
    case .badAddress, .tooLarge: return .failed(.transport(error))
    case .cancelled: return .ended
    case .unreachable, .timedOut: return disconnected(now: now, random: random)
    // Breaking off is no end of a replay, but after the last turn's end nothing is missing.
    case .broken where hasSeenEnd && openedAt != nil: return .ended
    case .stalled where (hasSeenEnd || isWorkerFinished) && openedAt != nil: return .ended
    case .broken, .stalled: return disconnected(now: now, random: random)
    }
  }

  private mutating func disconnected(now: Double, random: Double) -> Step {
    if let openedAt, now - openedAt >= Self.steadyAfter {
      backoff.reset()
    } else if openedAt != nil, hasGoneOn, mayShorten(at: now) {
      shortenedAt = now
      backoff.reset()
    }
    return reconnect(random: random, retryAfter: nil)
  }

  /// A clock that was set back does not hold this up.
  private func mayShorten(at now: Double) -> Bool {
    shortenedAt.map { !(0..<Self.steadyAfter).contains(now - $0) } ?? true
  }

  /// This connection brought ids that none before it had.
  private var hasGoneOn: Bool {
    !connectionStart.isEmpty && lastEventID != askedAfter
      && (askedAfter.isEmpty || connectionStart != firstEventID)
  }

  private mutating func reconnect(random: Double, retryAfter: Double?) -> Step {
    openedAt = nil
    let delay = backoff.next(random: random, serverRetry: serverRetry, retryAfter: retryAfter)
    return .reconnect(after: delay, lastEventID: lastEventID.isEmpty ? nil : lastEventID)
  }

  /// Parameters and a trailing semicolon are fine; letter case does not count.
  private static func isEventStream(_ contentType: String) -> Bool {
    let type = contentType.prefix { $0 != ";" }
    return trimmed(String(type)).lowercased() == "text/event-stream"
  }
}

extension Resume.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .status(401): "the server refused the key (401)"
    case .status(403): "this key may not see the worker (403)"
    case .status(404): "the server does not know the worker (404)"
    case .status(let status): "the server answered with status \(status)"
    case .contentType(""): "the server answered with something that is not an event stream"
    case .contentType(let type): "the server answered with \(type), not with an event stream"
    case .transport(let error): error.description
    }
  }
}
