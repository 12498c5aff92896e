import Testing
import WorkerAPI

@testable import Fleet

@Suite("When a run ended, and what nobody hears of")
struct RunEndTests {
  /// Done, with one answer that was begun at 1,000 and took 90 seconds.
  private func answer(told: Bool = true) -> Worker {
    var message: JSON = ["id": "m0", "role": "assistant", "parts": []]
    if told, case .object(var object) = message {
      let usage = Usage(credits: 3, durationMilliseconds: 90_000).json
      object["metadata"] = ["createdAt": 1_000, "usage": usage]
      message = .object(object)
    }
    return .sample(
      "a", "completed",
      JSONObject([
        ("created_at", 1_000), ("messages", [message]), ("usage", ["credits": 3]),
      ]))
  }

  private func recalled(_ known: KnownWorker, _ runs: [RunCost] = []) -> Desk {
    var desk = Desk()
    var recollection = Recollection(workers: [known])
    recollection.runs = runs
    _ = desk.send(.recalled(recollection), at: 9_000)
    return desk
  }

  @Test("the server's word counts, also where a run was found over long after, and after a restart")
  func told() {
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", answer(), askedAt: 8_999), at: 9_000)
    let end = RunEnd(at: 1_090, source: .told)
    #expect(desk["a"].lastEnd([]) == end)
    #expect(desk.state.runs["a"]?.map(\.endedAt) == [1_090])
    var known = desk["a"].known
    known.lastSeen = answer().raw.text
    #expect(recalled(known)["a"].lastEnd([]) == end)
  }

  @Test("a run that this console saw end ended then; one that it remembered was over by then")
  func seen() {
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", answer(told: false), askedAt: 8_999), at: 9_000)
    #expect(desk["a"].lastEnd([]) == RunEnd(at: 9_000, source: .seen))

    var known = KnownWorker.named("a")
    known.lastSeen = Worker.sample("a", "running").raw.text
    desk = recalled(known)
    #expect(desk["a"].lastEnd([]) == nil)
    _ = desk.send(.polled(worker: "a", answer(told: false), askedAt: 9_000), at: 9_001)
    let runs = desk.state.runs["a"] ?? []
    #expect(desk["a"].lastEnd(runs) == RunEnd(at: 9_001, source: .found))
    #expect(desk["a"].lastEnd([]) == nil)
  }

  @Test("what ran is unheard while the link is down, or its own polls fail without a stream")
  func unheard() {
    var desk = Desk(("a", .running), ("b", .pending), ("c", .done))
    func unheard() -> [String] {
      desk.state.order.filter { desk.state.isUnheard(desk[$0], at: 120) }
    }
    #expect(unheard() == [])
    desk.state.link = .down(since: 110, retryAt: nil, reason: "refused")
    #expect(unheard() == ["a", "b"] && desk.state.isDeaf(at: 120))
    desk.state.link = .refused(reason: "no")
    #expect(unheard() == ["a", "b"])
    desk.state.link = .live(lastByteAt: 119)
    desk["a"].failures = 1
    #expect(unheard() == ["a"] && !desk.state.isDeaf(at: 120))
    desk["a"].stream = .live(since: 101)
    #expect(unheard() == [])
    desk["b"].phase.source = .memory
    #expect(unheard() == ["b"])
    desk["b"].known.isArchived = true
    #expect(unheard() == [])
    // Another console asks: its silence counts.
    desk.state.role = .follower
    desk.state.sharedAt = 100
    #expect(unheard() == [])
    desk.state.sharedAt = 80
    #expect(unheard() == ["a"])
  }
}
