import Testing

@testable import WorkerClient

@Suite("Backoff")
struct BackoffTests {
  @Test("Delays double up to the cap, each in the upper half of its range")
  func doubling() {
    var backoff = Backoff()
    var ranges: [ClosedRange<Double>] = []
    for _ in 0..<8 {
      ranges.append(backoff.range())
      _ = backoff.next(random: 0.5)
    }
    #expect(
      ranges == [
        0.25...0.5, 0.5...1, 1...2, 2...4, 4...8, 8...16, 15...30, 15...30,
      ])
    #expect(backoff.attempts == 8)
  }

  @Test("Chance picks the place in the range", arguments: [(0, 0.25), (0.5, 0.375), (1, 0.5)])
  func chance(random: Double, delay: Double) {
    var backoff = Backoff()
    #expect(backoff.next(random: random) == delay)
  }

  @Test("A success starts again at the shortest delay")
  func reset() {
    var backoff = Backoff()
    for _ in 0..<5 { _ = backoff.next(random: 0) }
    backoff.reset()
    #expect(backoff == Backoff())
  }

  @Test(
    "The server's reconnection time is a floor, and the base where it is the larger",
    arguments: [
      (0, 0.0, 0.25...0.5), (0, 0.1, 0.25...0.5), (0, -5, 0.25...0.5), (0, 4, 4...5.0),
      (1, 4, 4...8.0), (2, 4, 8...16.0), (5, 4, 15...30.0), (0, 25, 25...31.25),
      (0, 60, 60...75.0), (9, 60, 60...75.0), (0, 1e12, 3600...4500.0),
    ])
  func floor(attempts: Int, serverRetry: Double, expected: ClosedRange<Double>) {
    var backoff = Backoff()
    for _ in 0..<attempts { _ = backoff.next(random: 0) }
    #expect(backoff.range(serverRetry: serverRetry) == expected)
  }

  @Test("Retry-After wins over everything, is never undercut, and is obeyed up to an hour")
  func retryAfter() {
    var backoff = Backoff()
    for _ in 0..<5 { _ = backoff.next(random: 0) }
    #expect(backoff.next(random: 0, serverRetry: 60, retryAfter: 1) == 1)
    #expect(backoff.range(retryAfter: 100).lowerBound == 100)
    #expect(backoff.range(retryAfter: 1e9) == 3600...3600 * 1.1)
    #expect(backoff.range(retryAfter: 0) == 15...30)
    #expect(backoff.attempts == 6)
  }

  @Test("After a thousand attempts the delay is still the cap")
  func endless() {
    var backoff = Backoff()
    for _ in 0..<1000 { _ = backoff.next(random: 0.9) }
    #expect(backoff.range(serverRetry: 3) == 15...30)
  }
}
