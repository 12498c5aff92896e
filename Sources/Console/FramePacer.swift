/// Decides when the next frame is due: at once after a key, else so many a second.
public struct FramePacer: Hashable, Sendable {
  /// Seconds between two frames that no key asked for: 15 a second, 4 over a slow link.
  public let interval: Double
  private var lastFrame = -Double.infinity
  private var dueAt: Double?

  public init(isSlow: Bool = false) { interval = isSlow ? 1.0 / 4 : 1.0 / 15 }

  /// Something changed; answers seconds until a frame is to be drawn, nil when one is due already.
  public mutating func request(at now: Double, isUrgent: Bool) -> Double? {
    // A clock that was set back owes nothing to the frames before.
    let due = isUrgent || lastFrame > now ? now : max(now, lastFrame + interval)
    if let dueAt, dueAt <= due { return nil }
    dueAt = due
    return due - now
  }

  public mutating func drew(at now: Double) {
    lastFrame = now
    dueAt = nil
  }
}
