import Testing
import WorkerAPI

@testable import Fleet

@Suite("Continuing at once")
struct ContinueAtOnceTests {
  @Test("what is continued within the pause after its end runs at once, and is followed")
  func soon() {
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 101), at: 101)
    #expect(desk["a"].phase.value == .done)
    _ = desk.send(
      .continueWorker(intent: "i", worker: "a", input: "more", budget: .low), at: 101.2)
    let effects = desk.send(.continued(intent: "i", .sample("a", "running")), at: 101.3)
    #expect(desk["a"].phase.value == .running)
    #expect(effects.names.contains("follow a "))
  }
}

@Suite("Answers and streams that differ")
struct DisagreementTests {
  /// A worker that runs, its stream open.
  private func running() -> Desk {
    var desk = Desk(("a", .running))
    desk["a"].stream = .live(since: 100)
    desk["a"].schedules = Reading([], at: 100, from: .poll)
    return desk
  }

  private func polls(_ effects: [Effect]) -> [Double] {
    effects.compactMap { if case .poll("a", let delay) = $0 { delay } else { nil } }
  }

  private func notes(_ desk: Desk) -> [String] {
    desk.state.requests.entries.compactMap {
      if case .note("a", let text) = $0.event { text } else { nil }
    }
  }

  @Test("An answer from before the stream's end changes nothing; one GET settles it at once")
  func older() {
    var desk = running()
    _ = desk.send(.stream(worker: "a", .ended), at: 110)
    let effects = desk.send(
      .polled(worker: "a", .sample("a", "running"), askedAt: 109), at: 111)
    #expect(desk["a"].phase == Reading(.done, at: 110, from: .stream))
    #expect(polls(effects) == [0])
    #expect(
      notes(desk) == [
        "an answer to a question of 2 s ago says running, the stream done; asked again"
      ])
    let settled = desk.send(
      .polled(worker: "a", .sample("a", "completed"), askedAt: 111), at: 112)
    #expect(desk["a"].phase.value == .done)
    #expect(polls(settled).allSatisfy { $0 > 30 })
    #expect(notes(desk).count == 1)
  }

  @Test("An answer that agrees is no disagreement, however old")
  func agrees() {
    var desk = running()
    _ = desk.send(.stream(worker: "a", .ended), at: 110)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 109), at: 111)
    #expect(notes(desk) == [])
  }

  @Test("requirement 15: a status does not go back within two seconds; after them a GET decides")
  func flip() {
    var desk = running()
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 110), at: 110)
    #expect(desk["a"].phase.value == .done)
    let held = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 110.5), at: 110.5)
    #expect(desk["a"].phase.value == .done)
    #expect(polls(held) == [1.5])
    #expect(
      notes(desk) == [
        "an answer to a question of 0 s ago says running, a later answer done; asked again"
      ])
    _ = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 112), at: 112.1)
    #expect(desk["a"].phase.value == .running)
  }

  @Test("Also the stream's end waits for the GET when the run began to be seen a moment ago")
  func flipByStream() {
    var desk = running()
    desk["a"].phase = Reading(.done, at: 100, from: .poll)
    _ = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 110), at: 110)
    let ended = desk.send(.stream(worker: "a", .ended), at: 111)
    #expect(desk["a"].phase.value == .running)
    #expect(polls(ended) == [0])
    let first = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 111), at: 111.5)
    #expect((desk["a"].phase.value, polls(first)) == (.running, [0.5]))
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 112), at: 112)
    #expect(desk["a"].phase.value == .done)
  }

  @Test("What the operator continues may end as soon as it likes")
  func continued() {
    var desk = Desk(("a", .done))
    _ = desk.send(
      .continueWorker(intent: "i", worker: "a", input: "more", budget: .low), at: 110)
    _ = desk.send(.continued(intent: "i", .sample("a", "running")), at: 110.2)
    #expect(desk["a"].phase.value == .running)
    _ = desk.send(.stream(worker: "a", .ended), at: 110.5)
    #expect(desk["a"].phase.value == .done)
  }

  @Test("The end of a stream that told of an earlier turn does not end the one that was ordered")
  func earlierTurn() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 100)
    let turn: [WorkerEvent] = [
      .start(messageID: "m0", metadata: nil), .textStart(id: "t"),
      .textDelta(id: "t", delta: "One"), .textEnd(id: "t"), .finish(reason: nil, metadata: nil),
    ]
    desk["a"].transcript.addPrompt("first")
    _ = desk.send(.stream(worker: "a", .items(turn.map { StreamItem($0) })), at: 101)
    _ = desk.send(.polled(worker: "a", .answered("a", "One"), askedAt: 101), at: 102)
    #expect(desk["a"].phase.value == .done && desk["a"].stream.isFollowed)
    _ = desk.send(
      .continueWorker(intent: "i", worker: "a", input: "more", budget: .low), at: 110)
    _ = desk.send(.continued(intent: "i", .sample("a", "running")), at: 110.2)
    let ended = desk.send(.stream(worker: "a", .ended), at: 110.3)
    #expect(desk["a"].phase.value == .running && ended == [.poll(worker: "a", after: 1)])
    #expect(desk.state.notice?.text.contains("finished") != true)
    let again = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 111.3), at: 111.4)
    #expect(again.names.contains { $0.hasPrefix("follow a") })
  }

  @Test("A clock that is set back an hour neither freezes a status nor holds polls back")
  func clockBack() {
    var desk = running()
    _ = desk.send(.stream(worker: "a", .ended), at: 5_000)
    let busy = APIError(
      response: TransportResponse(
        head: TransportHead(status: 429, headers: [HTTPHeader("Retry-After", "30")])))
    let held = desk.send(.pollFailed(worker: "a", .refused(busy)), at: 5_000)
    #expect(held.contains(.hold(until: 5_030)))
    let effects = desk.send(
      .polled(worker: "a", .sample("a", "running"), askedAt: 1_400), at: 1_401)
    #expect(desk["a"].phase == Reading(.running, at: 1_401, from: .poll))
    #expect(polls(effects).allSatisfy { $0 < 20 })
    #expect(notes(desk) == [])
  }

  @Test("The log keeps the newest entries and counts all")
  func bound() {
    var state = State()
    for number in 0..<600 {
      let record = TransportRecord(
        method: .get, target: .path("/\(number)"), askedAt: Double(number), duration: 0.1,
        outcome: .status(200))
      _ = reduce(&state, .requested(record), now: Double(number))
    }
    #expect(state.requests.count == 600)
    #expect(state.requests.entries.map(\.at) == (100..<600).map(Double.init))
  }
}
