import Testing
import WorkerAPI

@testable import Fleet

@Suite("While nobody looked")
struct AbsenceTests {
  private static func worker(_ id: String, _ status: String, credits: Double, sources: Int = 0)
    -> Worker
  {
    let list = (0..<sources).map { JSON.object(JSONObject([("url", .string("https://s/\($0)"))])) }
    return .sample(
      id, status,
      JSONObject([("usage", ["credits": .number(credits)]), ("sources", .array(list))]))
  }

  private func items(_ desk: Desk, at now: Double) -> [Absence.Item] {
    desk.state.absence?.items(desk.state, now: now) ?? []
  }

  /// Three workers that were looked at at 1,000.
  private func left() -> Desk {
    var desk = Desk(("a", .running), ("b", .running), ("c", .done))
    for id in ["a", "b", "c"] {
      desk["a"].schedules = Reading([], at: 100, from: .poll)
      let status = id == "c" ? "completed" : "running"
      _ = desk.send(.polled(worker: id, Self.worker(id, status, credits: 1), askedAt: 999), at: 999)
    }
    _ = desk.send(.present, at: 1_000)
    return desk
  }

  @Test("Ten minutes without a key are an absence: what ended, was found and was spent is listed")
  func idle() {
    var desk = left()
    let failed = Worker.sample(
      "b", "completed", JSONObject([("usage", ["credits": 3]), ("error", "no key")]))
    _ = desk.send(
      .polled(worker: "a", Self.worker("a", "completed", credits: 5, sources: 2), askedAt: 1_100),
      at: 1_100)
    _ = desk.send(.polled(worker: "b", failed, askedAt: 1_200), at: 1_200)
    _ = desk.send(
      .polled(worker: "c", Self.worker("c", "completed", credits: 1), askedAt: 1_300), at: 1_300)
    #expect(desk.state.absence == nil)
    _ = desk.send(.present, at: 1_600)
    let found = items(desk, at: 1_600)
    #expect(found.map(\.worker) == ["b", "a"])
    #expect(found.map(\.ended) == [.failed(reason: "no key"), .done])
    #expect(found.map(\.sources) == [0, 2])
    #expect(found.map(\.spent) == [Spent(credits: 2), Spent(credits: 4)])
    #expect(
      desk.state.notice?.text == "while you were away: 1 failed, 1 finished; W lists it")
  }

  @Test("Less than ten minutes are none, and each key begins anew")
  func short() {
    var desk = left()
    _ = desk.send(
      .polled(worker: "a", Self.worker("a", "completed", credits: 5), askedAt: 1_100), at: 1_100)
    _ = desk.send(.present, at: 1_599)
    #expect(desk.state.absence == nil)
    _ = desk.send(.present, at: 3_000)
    #expect(items(desk, at: 3_000) == [])
  }

  @Test("A schedule whose time has passed fired")
  func fired() {
    var desk = left()
    let schedule = Schedule(
      id: "s", budget: .low, input: "", kind: .interval(seconds: 60), nextRunAt: 1_060)
    desk["c"].schedules = Reading([schedule], at: 1_000, from: .poll)
    let next = Schedule(
      id: "s", budget: .low, input: "", kind: .interval(seconds: 60), nextRunAt: 1_120)
    _ = desk.send(.schedulesLoaded(worker: "c", [next]), at: 1_061)
    _ = desk.send(.present, at: 2_000)
    #expect(items(desk, at: 2_000).map(\.hasFired) == [true])
    #expect(desk.state.notice?.text == "while you were away: 1 went on; W lists it")
  }

  @Test("A restart is an absence since the last key before it; answers just after the return count")
  func restart() {
    var state = State()
    let running = Self.worker("a", "running", credits: 1)
    let known = KnownWorker(
      id: "a", title: "A", instruction: "do", budget: .low, addedAt: 90,
      lastSeen: running.raw.text, lastSeenAt: 900)
    var recollection = Recollection(workers: [known], preferences: ["seenAt": "950.0"])
    recollection.preferences["theme"] = "nord"
    _ = reduce(&state, .recalled(recollection), now: 2_000)
    #expect(state.preferences == ["theme": "nord"])
    let note = reduce(&state, .present, now: 2_001)
    #expect(note == [.keep([.preference(name: "seenAt", value: "2001.0")])])
    _ = reduce(
      &state,
      .polled(worker: "a", Self.worker("a", "completed", credits: 3), askedAt: 2_001), now: 2_002)
    let items = state.absence?.items(state, now: 2_002)
    #expect(state.absence?.since == 950)
    #expect(items?.map(\.ended) == [.done])
    #expect(items?.map(\.spent) == [Spent(credits: 2)])
    #expect(reduce(&state, .present, now: 2_030) == [], "noted once a minute")
    #expect(
      reduce(&state, .closing, now: 2_040).contains(
        .keep([.preference(name: "seenAt", value: "2030.0")])))
  }

  @Test("After the clock was set back an hour the last key is kept all the same")
  func setBack() {
    var state = State()
    _ = reduce(&state, .recalled(Recollection()), now: 5_000)
    _ = reduce(&state, .present, now: 5_000)
    #expect(
      reduce(&state, .present, now: 1_400)
        == [.keep([.preference(name: "seenAt", value: "1400.0")])])
  }
}
