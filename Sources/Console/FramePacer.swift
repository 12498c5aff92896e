/// Decides when the next frame is due: at once after a key, else so many a second, and fewer when
/// frames are long.
public struct FramePacer: Hashable, Sendable {
  /// Bytes a second that frames nobody asked for may take in the long run: a page of text that
  /// moves up four times a second, which is as much as anybody can see of it.
  static let rate = 6_500.0
  /// Bytes that may be ahead of that, so that a short burst is drawn as smoothly as the rest.
  static let burst = 8_192.0

  /// Seconds between two frames that no key asked for: 15 a second, 4 over a slow link.
  public let interval: Double
  private var lastFrame = -Double.infinity
  private var dueAt: Double?
  /// Bytes written that time has not made up for, at the last frame.
  private var debt = 0.0

  public init(isSlow: Bool = false) { interval = isSlow ? 1.0 / 4 : 1.0 / 15 }

  /// Something changed; answers seconds until a frame is to be drawn, nil when one is due already.
  public mutating func request(at now: Double, isUrgent: Bool) -> Double? {
    // A clock that was set back owes nothing to the frames before.
    let pause = max(interval, (debt - Self.burst) / Self.rate)
    let due = isUrgent || lastFrame > now ? now : max(now, lastFrame + pause)
    if let dueAt, dueAt <= due { return nil }
    dueAt = due
    return due - now
  }

  public mutating func drew(at now: Double) {
    debt = max(0, debt - max(0, now - lastFrame) * Self.rate)
    lastFrame = now
    dueAt = nil
  }

  /// Takes what the frame that was just drawn took.
  public mutating func wrote(_ bytes: Int) { debt += Double(bytes) }
}
