/// One attempt at a request and how it ended; no header and no body, so no key either.
public struct TransportRecord: Hashable, Sendable {
  public var method: HTTPMethod
  public var target: TransportRequest.Target
  /// Seconds since 1970.
  public var askedAt: Double
  /// Seconds until the head of the answer, or until it failed.
  public var duration: Double
  /// The status, or why there is none.
  public var outcome: Outcome
  /// Attempts before this one.
  public var retries: Int

  public enum Outcome: Hashable, Sendable {
    case status(Int)
    case failed(TransportError)
  }

  public init(
    method: HTTPMethod, target: TransportRequest.Target, askedAt: Double, duration: Double,
    outcome: Outcome, retries: Int = 0
  ) {
    self.method = method
    self.target = target
    self.askedAt = askedAt
    self.duration = duration
    self.outcome = outcome
    self.retries = retries
  }
}

extension TransportRequest.Target {
  /// The path or the URL, as a log names it.
  public var text: String {
    switch self {
    case .path(let path): path
    case .absolute(let url): url
    }
  }
}
