/// How long to wait before trying again: doubling, jittered, and never sooner than the server asks.
///
/// Time is in seconds and chance comes in as a number in 0..<1, so every delay can be stated.
public struct Backoff: Hashable, Sendable {
  /// The first delay is at most this, as in the vendor's own clients (protocol.md (a)).
  public var base = 0.5
  /// Our own delays never pass this.
  public var cap = 30.0
  /// What a server asks for is obeyed up to this: an hour outlasts any limit worth waiting for.
  public static let longestObeyed = 3600.0

  /// Delays handed out since the last success.
  public private(set) var attempts = 0

  public init() {}

  /// The delay before the next attempt, which it counts.
  public mutating func next(
    random: Double, serverRetry: Double? = nil, retryAfter: Double? = nil
  ) -> Double {
    let range = range(serverRetry: serverRetry, retryAfter: retryAfter)
    attempts += 1
    let share = min(max(random, 0), 1)
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  /// Starts again at the shortest delay.
  public mutating func reset() { attempts = 0 }

  /// The delays that the next attempt may get.
  ///
  /// `serverRetry`, from an event stream's `retry:`, is a floor and takes the place of a smaller
  /// base. `retryAfter`, from `RetryAfter`, wins over everything; up to a tenth is added to it, so
  /// that many clients do not come back in the same instant.
  public func range(
    serverRetry: Double? = nil, retryAfter: Double? = nil
  ) -> ClosedRange<Double> {
    if let retryAfter, retryAfter > 0 {
      let wait = min(retryAfter, Self.longestObeyed)
      return wait...wait * 1.1
    }
    let floor = min(max(serverRetry ?? 0, 0), Self.longestObeyed)
    // Sixty doublings pass any cap and stay finite.
    let doubled = max(base, floor) * Double(UInt64(1) << min(attempts, 60))
    let ceiling = min(doubled, max(cap, floor))
    return max(ceiling / 2, floor)...max(ceiling, floor * 1.25)
  }
}
