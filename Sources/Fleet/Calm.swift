import WorkerAPI

/// The pace of polling: a server that asks for fewer requests is asked less by the whole fleet.
struct Calm: Hashable, Sendable {
  /// How many times longer the periods are, up to this.
  static let limit = 16.0
  /// Seconds of good answers after which the periods are halved.
  static let easing = 30.0

  private(set) var factor = 1.0
  /// Seconds since 1970 until which nothing is asked by itself.
  private(set) var until = 0.0
  private var since = 0.0
  private var changedAt = 0.0

  /// A 429 came: a pause as long as the server says, and longer periods after it. Several that come
  /// together count as one.
  mutating func slow(pause: Double, now: Double) {
    let isHeld = holds(at: now)
    if !isHeld { factor = min(Self.limit, factor * 2) }
    until = isHeld ? max(until, now + pause) : now + pause
    since = now
    changedAt = until
  }

  /// A clock that was set back ends a pause.
  func holds(at now: Double) -> Bool { now >= since && now < until }

  /// A good answer came.
  mutating func ease(now: Double) {
    if now < since { (since, until, changedAt) = (now, now, now) }
    guard factor > 1, now - changedAt >= Self.easing else { return }
    factor = max(1, factor / 2)
    changedAt = now
  }

  /// The seconds to wait in place of `period`.
  func delay(_ period: Double, now: Double) -> Double {
    (holds(at: now) ? until - now : 0) + period * factor
  }
}

extension State {
  /// Polls a second that those which should not change may cost together.
  static let idleRate = 2.0

  /// Holds every poll back for as long as the server wants, and says so once.
  mutating func slowDown(_ error: APIError, now: Double) -> [Effect] {
    let isFirst = !calm.holds(at: now)
    calm.slow(pause: error.retryAfter ?? 2, now: now)
    guard isFirst else { return [] }
    let pause = APIError.duration(calm.until - now)
    say(.warning, "the server asks for fewer requests: none for \(pause), then less often", now)
    return [.hold(until: calm.until)]
  }
}
