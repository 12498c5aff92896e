/// A clock that runs faster or slower than the real one.
public struct ScaledClock: Clock {
  public struct Instant: InstantProtocol {
    /// Scaled time since the clock was made.
    public var offset: Duration

    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
  }

  private let start = ContinuousClock.now
  private let speed: Double

  /// `speed` is more than zero; 4 lets four seconds pass in one.
  public init(speed: Double) { self.speed = speed }

  public var now: Instant { Instant(offset: (ContinuousClock.now - start) * speed) }
  public var minimumResolution: Duration { .nanoseconds(1) }
  /// Scaled seconds since the clock was made.
  public var seconds: Double { now.offset / .seconds(1) }

  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try await ContinuousClock().sleep(until: start + deadline.offset / speed, tolerance: tolerance)
  }
}
