/// Decides when the next frame is due: at once after a key, else so many a second, and fewer when
/// frames are long or the terminal cannot keep up.
public struct FramePacer: Hashable, Sendable {
  /// What lies between the program and the eye.
  public enum Link: Hashable, Sendable {
    case local, remote, slow

    /// Frames a second that no key asked for.
    var frames: Double {
      switch self {
      case .local: 30
      case .remote: 15
      case .slow: 4
      }
    }
  }

  /// Bytes a second that frames nobody asked for may take in the long run: a page of text that
  /// moves up four times a second, which is as much as anybody can see of it.
  static let rate = 6_500.0
  /// Bytes that may be ahead of that, so that a short burst is drawn as smoothly as the rest.
  static let burst = 8_192.0
  /// What frames that keys asked for took beyond that is forgiven, so that a screen is never older
  /// than this many seconds for it.
  static let debtPause = 1.0
  /// A frame for which the terminal kept us waiting is followed by a pause of so many times that.
  static let patience = 4.0
  /// The longest such pause, so that a screen is never older.
  static let pauseLimit = 2.0

  /// Seconds between two frames that no key asked for.
  public let interval: Double
  private var lastFrame = -Double.infinity
  private var dueAt: Double?
  /// Bytes written that time has not made up for, at the last frame.
  private var debt = 0.0
  /// Seconds for which the terminal took nothing of the last frame.
  private var wait = 0.0

  public init(_ link: Link = .local) { interval = 1 / link.frames }

  /// Something changed; answers seconds until a frame is to be drawn, nil when one is due already.
  public mutating func request(at now: Double, isUrgent: Bool) -> Double? {
    // A clock that was set back owes nothing to the frames before.
    let rest = min(Self.pauseLimit, wait * Self.patience)
    let pause = max(interval, (debt - Self.burst) / Self.rate, rest)
    let due = isUrgent || lastFrame > now ? now : max(now, lastFrame + pause)
    if let dueAt, dueAt <= due { return nil }
    dueAt = due
    return due - now
  }

  public mutating func drew(at now: Double) {
    debt = max(0, debt - max(0, now - lastFrame) * Self.rate)
    lastFrame = now
    dueAt = nil
    wait = 0
  }

  /// Takes what the frame that was just drawn took, and the seconds for which it was held up.
  public mutating func wrote(_ bytes: Int, wait: Double = 0) {
    debt = min(debt + Double(bytes), Self.burst + Self.rate * Self.debtPause)
    self.wait = wait
  }
}
