public import Fleet
public import WorkerAPI

/// The shortest rules of reconnecting: a turn's end ends the stream, anything else is tried again.
public struct PlainReconnect: Reconnect {
  /// Seconds before the next try.
  public var delay: Double
  public var isActive: Bool
  private var hasEnded = false

  public init(isActive: Bool, delay: Double = 2) {
    self.isActive = isActive
    self.delay = delay
  }

  public mutating func opened(_ head: TransportHead) -> Verdict? {
    switch head.status {
    case 200: nil
    case 204: .finished
    case 500...: .retry(after: delay, reason: "status \(head.status)")
    default: .refused(reason: "status \(head.status)", status: head.status)
    }
  }

  public mutating func took(_ items: [StreamItem], retryMilliseconds: Int?) {
    if let retryMilliseconds { delay = Double(retryMilliseconds) / 1000 }
    for item in items {
      switch item.event {
      case .start, .startStep: hasEnded = false
      case .finish, .abort, .done: hasEnded = true
      default: break
      }
    }
  }

  public mutating func ended(_ error: TransportError?, roll: Double) -> Verdict {
    if hasEnded || (error == nil && !isActive) { return .finished }
    return .retry(after: delay, reason: error.map(\.description) ?? "the stream ended early")
  }
}
