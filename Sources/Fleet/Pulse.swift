/// How much a worker's stream brought lately, in short spans of time.
public struct Pulse: Hashable, Sendable {
  /// Seconds of one span.
  public static let span = 5.0
  /// Spans that are kept; the oldest goes first.
  public static let limit = 24

  private var counts: [Int] = []
  /// Which span the last count is of, since 1970.
  private var last = 0

  public init() {}

  mutating func beat(_ count: Int, at now: Double) {
    let place = Self.place(now)
    // A clock that was set back begins anew.
    if place < last { counts = [] }
    if counts.isEmpty { last = place }
    let gap = min(place - last, Self.limit)
    counts += Array(repeating: 0, count: counts.isEmpty ? 1 : gap)
    counts[counts.count - 1] += min(count, 1_000_000)
    if counts.count > Self.limit { counts.removeFirst(counts.count - Self.limit) }
    last = place
  }

  /// Events a span, oldest first, without the span that goes on, which would look like a drop; empty
  /// when none came for as long as is kept.
  public func recent(at now: Double) -> [Double] {
    let gap = Self.place(now) - last
    guard gap >= 0, gap < Self.limit, !counts.isEmpty else { return [] }
    let all = counts.map(Double.init) + Array(repeating: 0, count: gap)
    return all.dropLast().suffix(Self.limit)
  }

  private static func place(_ moment: Double) -> Int {
    abs(moment) < 1e12 ? Int((moment / span).rounded(.down)) : 0
  }
}
