/// How often a stream was of no use one time after the other, and when it may be opened again.
struct Retreat: Hashable, Sendable {
  /// Seconds until the second try; each further one takes twice as long, up to `longest`.
  let first: Double
  let longest: Double

  private var count = 0
  private(set) var retryAt = 0.0

  init(first: Double, longest: Double) {
    self.first = first
    self.longest = longest
  }

  mutating func add(at now: Double) {
    retryAt = now + min(longest, first * Double(1 << min(count, 10)))
    count += 1
  }

  mutating func reset() { self = Retreat(first: first, longest: longest) }
}
