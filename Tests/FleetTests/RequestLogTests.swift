import Testing
import WorkerAPI

@testable import Fleet

@Suite("The log of requests")
struct RequestLogTests {
  private func entry(
    _ route: Route = .retrieve(worker: "a"), _ duration: Double = 0.04,
    _ outcome: TransportRecord.Outcome = .status(200)
  ) -> RequestLog.Entry {
    RequestLog.Entry(
      at: 100,
      .request(
        TransportRecord(
          method: route.method, target: .path(route.path), askedAt: 100, duration: duration,
          outcome: outcome)))
  }

  /// The answer time after each of some answers.
  private func times(_ durations: [Double]) -> [Double] {
    var log = RequestLog()
    return durations.map { duration in
      log.add(entry(.retrieve(worker: "a"), duration))
      return log.answerTime ?? 0
    }
  }

  @Test("The answer time is the middle one of the latest nine")
  func middle() {
    #expect(times([0.04, 0.2, 0.05]) == [0.04, 0.04, 0.05])
    let better = Array(repeating: 0.5, count: 9) + Array(repeating: 0.05, count: 5)
    #expect(times(better).suffix(2) == [0.5, 0.05])
  }

  @Test("It stays while the middle one is within a fifth of it, and while answers are very fast")
  func stays() {
    #expect(
      times([0.1, 0.118, 0.118, 0.125, 0.125, 0.125, 0.125])
        == Array(repeating: 0.1, count: 6) + [0.125])
    #expect(times([0.0004, 0.009, 0.002, 0.0001]) == Array(repeating: 0.01, count: 4))
  }

  @Test("What is read bit by bit, fails, or is no answer of the API has no answer time")
  func others() {
    var log = RequestLog()
    let elsewhere = TransportRecord(
      method: .get, target: .absolute("https://files.example/f"), askedAt: 100, duration: 1,
      outcome: .status(200))
    let entries = [
      entry(.stream(worker: "a")), entry(.file(worker: "a", path: "stream")),
      entry(.create, 60, .failed(.timedOut(seconds: 60))), entry(.create, 30, .status(502)),
      RequestLog.Entry(at: 100, .request(elsewhere)),
      RequestLog.Entry(at: 100, .note(worker: "a", "it differs")),
    ]
    for entry in entries { log.add(entry) }
    #expect(log.answerTime == nil && log.entries == entries)
    log.add(entry(.create, 0.3, .status(429)))
    #expect(log.answerTime == 0.3)
  }
}
