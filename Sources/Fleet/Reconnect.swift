public import WorkerAPI

/// The port to the rules of reconnecting: what follows when a stream's connection opens or ends.
///
/// A value for one worker's stream, from the first connection to the last.
public protocol Reconnect: Sendable {
  /// The head of an answer came; nil when it is a stream to be read.
  mutating func opened(_ head: TransportHead) -> Verdict?
  /// Events were read; `retryMilliseconds` is the server's wish, if it has one.
  mutating func took(_ items: [StreamItem], retryMilliseconds: Int?)
  /// The connection ended: cleanly when `error` is nil. `roll` in 0..<1 is the jitter.
  mutating func ended(_ error: TransportError?, roll: Double) -> Verdict
}

/// What to do after a connection.
public enum Verdict: Hashable, Sendable {
  case retry(after: Double, reason: String, StreamLoss = .unreachable)
  /// All was read: an end, not an error.
  case finished
  case refused(reason: String, status: Int?)
}

/// What a stream that is tried again tells of the link.
public enum StreamLoss: Hashable, Sendable {
  /// The server was there and said no for now: no outage.
  case answered
  /// It broke, ended early or fell silent: an outage unless another stream lives.
  case broken
  /// Nothing was reached: an outage.
  case unreachable
}
