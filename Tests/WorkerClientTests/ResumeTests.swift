import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("Resuming a stream")
struct ResumeTests {
  private static func head(
    _ status: Int, type: String? = "text/event-stream", _ more: HTTPHeader...
  ) -> TransportHead {
    TransportHead(
      status: status, headers: (type.map { [HTTPHeader("Content-Type", $0)] } ?? []) + more)
  }

  /// One that is being read since second 100.
  private static func reading(isWorkerFinished: Bool = false) -> Resume {
    var resume = Resume(isWorkerFinished: isWorkerFinished)
    #expect(resume.opened(head(200), now: 100, random: 0) == .read)
    return resume
  }

  @Test(
    "Only a 200 with an event stream is read",
    arguments: [
      (head(200), .read), (head(200, type: "Text/Event-Stream; charset=utf-8"), .read),
      (head(200, type: "text/event-stream;"), .read), (head(204, type: nil), .ended),
      (head(200, type: "application/json"), .failed(.contentType("application/json"))),
      (head(200, type: "text/event-streams"), .failed(.contentType("text/event-streams"))),
      (head(200, type: nil), .failed(.contentType(""))),
      (
        head(200, type: String(repeating: "x", count: 500)),
        .failed(.contentType(String(repeating: "x", count: 80)))
      ),
      (head(201), .failed(.status(201))), (head(302), .failed(.status(302))),
      (head(401), .failed(.status(401))), (head(403), .failed(.status(403))),
      (head(404), .failed(.status(404))), (head(410), .failed(.status(410))),
      (head(429), .reconnect(after: 0.25, lastEventID: nil)),
      (head(503), .reconnect(after: 0.25, lastEventID: nil)),
      (
        head(429, type: nil, HTTPHeader("Retry-After", "9")),
        .reconnect(after: 9, lastEventID: nil)
      ),
      (head(500, type: nil, HTTPHeader("X-Should-Retry", "false")), .failed(.status(500))),
    ] as [(TransportHead, Resume.Step)])
  func opening(head: TransportHead, step: Resume.Step) {
    var resume = Resume()
    #expect(resume.opened(head, now: 0, random: 0) == step)
  }

  @Test("An end after the end of the last turn is an end; before it, it is a break")
  func ends() {
    var resume = Self.reading()
    resume.received(lastEventID: "1", mark: .begins)
    resume.received(lastEventID: "2", mark: .ends)
    resume.received(lastEventID: "2")
    var second = resume
    #expect(resume.closed(now: 101, random: 0) == .ended)
    second.received(lastEventID: "3", mark: .begins)
    #expect(second.closed(now: 101, random: 0) == .reconnect(after: 0.25, lastEventID: "3"))
  }

  @Test("The last event id goes along, and an empty one does not")
  func lastEventID() {
    var resume = Self.reading()
    resume.received(lastEventID: "a")
    resume.received(lastEventID: "b")
    var emptied = resume
    emptied.received(lastEventID: "")
    #expect(resume.closed(now: 100, random: 0) == .reconnect(after: 0.25, lastEventID: "b"))
    #expect(emptied.closed(now: 100, random: 0) == .reconnect(after: 0.25, lastEventID: nil))
  }

  @Test(
    "A failure while reading is a break, unless nothing is left to come",
    arguments: [
      (.broken("x"), false, false, false), (.broken("x"), true, false, true),
      (.broken("x"), false, true, false), (.stalled(seconds: 30), false, false, false),
      (.stalled(seconds: 30), true, false, true), (.stalled(seconds: 30), false, true, true),
      (.cancelled, false, false, true),
    ] as [(TransportError, Bool, Bool, Bool)])
  func failures(error: TransportError, hasSeenEnd: Bool, isFinished: Bool, isEnd: Bool) {
    var resume = Self.reading(isWorkerFinished: isFinished)
    if hasSeenEnd { resume.received(lastEventID: "", mark: .ends) }
    #expect(
      resume.failed(error, now: 100, random: 0)
        == (isEnd ? .ended : .reconnect(after: 0.25, lastEventID: nil)))
  }

  @Test("Not getting through is never an end, and a useless address is final")
  func connecting() {
    for error in [TransportError.unreachable("x"), .timedOut(seconds: 1), .broken("x")] {
      var resume = Resume(isWorkerFinished: true)
      #expect(
        resume.failed(error, now: 0, random: 0) == .reconnect(after: 0.25, lastEventID: nil))
    }
    var resume = Resume()
    #expect(
      resume.failed(.badAddress("x"), now: 0, random: 0) == .failed(.transport(.badAddress("x"))))
  }

  @Test("The stream of a finished worker may just end")
  func finishedWorker() {
    var resume = Self.reading(isWorkerFinished: true)
    #expect(resume.closed(now: 100, random: 0) == .ended)
    var unfinished = Self.reading()
    unfinished.isWorkerFinished = true
    #expect(unfinished.closed(now: 100, random: 0) == .ended)
  }

  @Test("Short connections wait longer each time, a steady one starts again")
  func steadiness() {
    var resume = Resume()
    var delays: [Double] = []
    for duration in [0.0, 9.9, 1, 10, 0] {
      #expect(resume.opened(Self.head(200), now: 50, random: 0) == .read)
      guard case .reconnect(let delay, _) = resume.closed(now: 50 + duration, random: 0) else {
        Issue.record("no reconnect")
        return
      }
      delays.append(delay)
    }
    #expect(delays == [0.25, 0.5, 1, 0.25, 0.5])
    #expect(resume.attempts == 2)
  }

  /// The delays between connections of such ids, each of so many seconds, by a clock that runs on.
  private static func delays(_ connections: [[String]], lasting seconds: Double) -> [Double] {
    var resume = Resume()
    var now = 50.0
    return connections.compactMap { ids in
      guard resume.opened(head(200), now: now, random: 0) == .read else { return nil }
      for id in ids { resume.received(lastEventID: id) }
      now += seconds
      guard case .reconnect(let delay, _) = resume.closed(now: now, random: 0) else { return nil }
      now += delay
      return delay
    }
  }

  @Test(
    "A short connection that goes on shortens the wait once in ten seconds, a replay never",
    arguments: [
      // Five seconds each, as of a proxy that cuts: the wait stays short.
      (new(6), 5, [0.25, 0.5, 0.25, 0.5, 0.25, 0.5]),
      (new(7), 2, [0.25, 0.5, 1, 2, 0.25, 0.5, 1]),
      // At once, of a server with other ids each time: it is given rest.
      (new(9), 0, [0.25, 0.5, 1, 2, 4, 8, 0.25, 0.5, 1]),
      ([["1", "2"], ["3"], ["4", "5"]], 0.1, [0.25, 0.5, 1]),
      // From the start again, or nothing at all.
      ([["1", "2"], ["1", "2", "3"], ["1"], [], ["1"], [], []], 1, retreat),
      // Without ids nobody knows.
      ([[""], ["", ""], [""], [""], [""], [""], [""]], 5, retreat),
    ] as [([[String]], Double, [Double])])
  func progress(_ connections: [[String]], _ seconds: Double, _ delays: [Double]) {
    #expect(Self.delays(connections, lasting: seconds) == delays)
  }

  /// Connections that each bring two ids that none before them had.
  private static func new(_ count: Int) -> [[String]] {
    (0..<count).map { ["\($0)a", "\($0)b"] }
  }

  private static let retreat = [0.25, 0.5, 1, 2, 4, 8, 15]

  @Test("A clock that is set back does not hold a short wait up")
  func clockSetBack() {
    var resume = Resume()
    let delays = [1_000.0, 1_001, 10, 11].map { now -> Double? in
      _ = resume.opened(Self.head(200), now: now, random: 0)
      resume.received(lastEventID: "\(now)")
      guard case .reconnect(let delay, _) = resume.closed(now: now, random: 0) else { return nil }
      return delay
    }
    #expect(delays == [0.25, 0.5, 0.25, 0.5])
  }

  @Test("The server's reconnection time holds for every later delay")
  func serverRetry() {
    var resume = Self.reading()
    resume.received(retry: 4000)
    #expect(resume.serverRetry == 4)
    #expect(resume.closed(now: 100, random: 0) == .reconnect(after: 4, lastEventID: nil))
    #expect(
      resume.failed(.unreachable("x"), now: 100, random: 1)
        == .reconnect(after: 8, lastEventID: nil))
    resume.received(retry: -1)
    #expect(resume.serverRetry == 0)
  }

  @Test(
    "A final failure has its sentence",
    arguments: [
      (.status(401), "the server refused the key (401)"),
      (.status(403), "this key may not see the worker (403)"),
      (.status(404), "the server does not know the worker (404)"),
      (.status(410), "the server answered with status 410"),
      (.contentType(""), "the server answered with something that is not an event stream"),
      (.contentType("text/html"), "the server answered with text/html, not with an event stream"),
      (.transport(.badAddress("x")), "bad address: x"),
    ] as [(Resume.Reason, String)])
  func reasons(reason: Resume.Reason, sentence: String) {
    #expect(reason.description == sentence)
  }
}
