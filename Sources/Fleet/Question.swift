/// A worker's poll on the wire: one that is asked for at once does not take the place of a young one.
///
/// Where answers take longer than streams hold, each stream that opens again would end the answer
/// that is on its way, and none would ever come.
struct Question: Hashable, Sendable {
  /// Seconds in which an answer is waited for, whatever the last one took.
  private static let patience = 10.0

  /// Seconds since 1970; nil when none is on the wire.
  private var askedAt: Double?
  /// What the last answer took, in seconds.
  private var taken = 0.0

  mutating func ask(at moment: Double) { askedAt = moment }

  /// Nobody waits for its answer any more.
  mutating func drop() { askedAt = nil }

  mutating func answer(at moment: Double) {
    if let askedAt { taken = max(0, moment - askedAt) }
    askedAt = nil
  }

  /// One that was asked before the clock was set back is of no known age.
  func isYoung(at moment: Double) -> Bool {
    guard let askedAt else { return false }
    return (0..<max(Self.patience, 3 * taken)).contains(moment - askedAt)
  }
}
