import Testing
import WorkerAPI

@testable import Fleet

@Suite("Who is asked for again and again")
struct PolledTests {
  private func failure(_ status: Int) -> Service.Failure {
    .refused(APIError(status: status, message: "no"))
  }

  @Test("those that run or wait, and those whose last poll failed")
  func counts() {
    var desk = Desk(("a", .running), ("b", .pending), ("c", .done), ("d", .failed(reason: "x")))
    #expect(desk.state.workers.polled == 2)
    _ = desk.send(.pollFailed(worker: "c", failure(502)), at: 101)
    #expect(desk.state.workers.polled == 3)
    _ = desk.send(.polled(worker: "c", .sample("c", "completed"), askedAt: 102), at: 103)
    #expect(desk.state.workers.polled == 2)
    _ = desk.send(.pollFailed(worker: "a", failure(404)), at: 104)
    #expect(desk.state.workers.polled == 1)
    _ = desk.send(.archive("b", true), at: 105)
    #expect(desk.state.workers.polled == 0)
    _ = desk.send(.forget("a"), at: 106)
    #expect(desk.state.workers.polled == 0)
  }

  @Test(
    "are those whose next poll is at most a minute off",
    arguments: [500, 403, 404, 410], [Phase.running, .pending, .done, .failed(reason: "x")])
  func pace(_ status: Int, _ phase: Phase) {
    var desk = Desk(("a", phase))
    func isTrue(_ effects: [Effect]) -> Bool {
      guard let delay = effects.pollDelay else { return false }
      return desk.state.workers.polled == (delay <= 60 ? 1 : 0)
    }
    let refused = desk.send(.pollFailed(worker: "a", failure(status)), at: 101)
    #expect(isTrue(refused))
    let answer = Worker.sample("a", phase.isActive ? "running" : "completed")
    let answered = desk.send(.polled(worker: "a", answer, askedAt: 200), at: 201)
    #expect(isTrue(answered))
  }

  @Test("An answer that took long is followed by a longer pause")
  func rests() {
    /// Seconds to the next poll after an answer that took so many.
    func pause(_ taken: Double) -> Double {
      var desk = Desk(("a", .running))
      return desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 200), at: 200 + taken)
        .pollDelay ?? 0
    }
    #expect((3.4...4.6).contains(pause(0.1)))
    #expect(pause(5) == 20)
    #expect(pause(40) == 60)
    // The clock was set back meanwhile.
    #expect((3.4...4.6).contains(pause(-3_600)))
  }

  @Test("An answer that was on its way when the stream was opened again is asked for once more")
  func overtaken() {
    var desk = Desk(("a", .running))
    desk["a"].lastEventID = "4"
    #expect(desk.send(.stream(worker: "a", .opened), at: 105) == [.poll(worker: "a", after: 0)])
    func next(askedAt: Double, at now: Double) -> Double? {
      desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: askedAt), at: now).pollDelay
    }
    #expect(next(askedAt: 104, at: 106) == 0)
    #expect(next(askedAt: 106, at: 106.1).map { $0 > 3 } == true)
    // The stream was opened in a future that was a wrong clock's.
    #expect(next(askedAt: 50, at: 50.1).map { $0 > 3 } == true)
  }

  @Test("A stream that tells of the turns before only is opened again after ever longer pauses")
  func awaitsTurn() {
    var desk = Desk(("a", .pending))
    desk["a"].transcript = Transcript(
      [.start(messageID: "m", metadata: nil), .finish(reason: nil, metadata: nil)])
    for prompt in ["one", "two"] { desk["a"].transcript.addPrompt(prompt) }
    desk["a"].stream = .live(since: 100)
    var now = 100.0
    var pauses: [Double] = []
    for _ in 0..<8 {
      let ended = now
      let effects = desk.send(.stream(worker: "a", .ended), at: now)
      #expect(effects.pollDelay == State.turnPause)
      while desk["a"].stream == .ended {
        now += 1
        _ = desk.send(.polled(worker: "a", .sample("a", "pending"), askedAt: now), at: now)
      }
      #expect(desk["a"].stream == .opening)
      pauses.append(now - ended)
    }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
    // Its turn comes.
    _ = desk.send(.stream(worker: "a", .ended), at: now)
    _ = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: now + 1), at: now + 1)
    #expect(desk["a"].stream == .opening)
  }
}
