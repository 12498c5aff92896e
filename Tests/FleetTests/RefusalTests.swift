import Testing
import WorkerAPI

@testable import Fleet

@Suite("Streams that break or are refused while the server answers")
struct RefusalTests {
  private func following(_ names: String...) -> Desk {
    var desk = Desk()
    for name in names { desk.add(name, .running) }
    _ = desk.send(.refresh(nil), at: 100)
    for name in names { _ = desk.send(.stream(worker: name, .opened), at: 101) }
    return desk
  }

  private func poll(_ id: String, _ desk: inout Desk, at now: Double) -> [String] {
    desk.send(.polled(worker: id, .sample(id, "running"), askedAt: now - 0.1), at: now).names
  }

  @Test("one stream that breaks beside others is no outage, and waits its own time")
  func oneOfTwo() {
    var desk = following("a", "b")
    let loss = Action.stream(worker: "a", .lost(reason: "cut", retryAfter: 9, .broken))
    #expect(desk.send(loss, at: 102) == [])
    #expect(desk.state.link == .live(lastByteAt: 101))
    #expect(desk["a"].stream == .waiting(retryAt: 111, reason: "cut"))
    #expect(desk.send(.stream(worker: "b", .alive), at: 103) == [])
    #expect(!poll("b", &desk, at: 104).contains { $0.hasPrefix("follow") })
    #expect(desk["a"].stream == .waiting(retryAt: 111, reason: "cut"))
  }

  @Test("a refusal for now is an answer: its wait is not cut short by the next one")
  func answered() {
    var desk = following("a")
    let loss = Action.stream(worker: "a", .lost(reason: "HTTP 429", retryAfter: 60, .answered))
    #expect(desk.send(loss, at: 102) == [])
    #expect(desk.state.link == .live(lastByteAt: 101))
    #expect(!poll("a", &desk, at: 104).contains { $0.hasPrefix("follow") })
    #expect(desk["a"].stream == .waiting(retryAt: 162, reason: "HTTP 429"))
  }

  @Test("the only stream that breaks is an outage until something is heard")
  func only() {
    var desk = following("a")
    _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 9, .broken)), at: 102)
    #expect(desk.state.link == .down(since: 102, retryAt: 111, reason: "cut"))
    #expect(poll("a", &desk, at: 104).contains("follow a "))
  }

  @Test("a refused stream is asked for again while its worker runs, each time after twice as long")
  func again() {
    var desk = following("a")
    _ = desk.send(.stream(worker: "a", .refused(reason: "no", status: 410)), at: 102)
    #expect(!poll("a", &desk, at: 131).contains("follow a "))
    #expect(poll("a", &desk, at: 132).contains("follow a "))
    _ = desk.send(.stream(worker: "a", .refused(reason: "no", status: 410)), at: 133)
    #expect(!poll("a", &desk, at: 192).contains("follow a "))
    #expect(poll("a", &desk, at: 193).contains("follow a "))
    _ = desk.send(.stream(worker: "a", .opened), at: 194)
    _ = desk.send(.stream(worker: "a", .refused(reason: "no", status: 410)), at: 195)
    #expect(poll("a", &desk, at: 225).contains("follow a "), "it had worked in between")
  }

  @Test("a worker that is gone stays known as gone when the link comes back by that answer")
  func gone() {
    var desk = following("a")
    _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 9)), at: 102)
    let failure = Service.Failure.refused(APIError(status: 404, message: "no"))
    let effects = desk.send(.pollFailed(worker: "a", failure), at: 104)
    #expect(desk["a"].isMissing && desk["a"].failures == 1)
    #expect(effects.last == .poll(worker: "a", after: 600))
  }

  @Test("an answer that is too large is no outage: it is asked for rarely, and that is said once")
  func tooLarge() {
    var desk = following("a")
    let failure = Service.Failure.transport(.tooLarge(limit: 64 << 20))
    #expect(
      desk.send(.pollFailed(worker: "a", failure), at: 102) == [.poll(worker: "a", after: 300)])
    #expect(desk.state.link == .live(lastByteAt: 102))
    #expect(desk.state.notice?.text == "Ta: the answer is larger than 64 MiB")
    #expect(desk.state.workers.polled == 0)
    desk.state.notice = nil
    _ = desk.send(.pollFailed(worker: "a", failure), at: 402)
    #expect(desk.state.notice == nil)
  }
}
