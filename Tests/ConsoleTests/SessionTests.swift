import Canvas
import Console
import Fleet
import Support
import Testing
import WorkerAPI

@MainActor
@Suite("A session", .timeLimit(.minutes(1)))
struct SessionTests {
  @Test("a key is drawn at once")
  func keys() async throws {
    let station = Station()
    try await station.begin()
    let before = station.display.count
    station.display.fake.press("x")
    #expect(station.display.count == before + 1)
    #expect(station.display.fake.text.hasSuffix("> x does nothing here; ? shows the keys"))
    station.display.fake.send([.key(.character("?")), .key(.character("j")), .key(.character("j"))])
    #expect(station.display.count == before + 2)
    await station.session.end()
  }

  @Test("a thousand changes are the first at once and one frame for the rest")
  func burst() async throws {
    let station = Station()
    try await station.begin()
    await station.clock.sleeping(1)
    station.clock.advance(by: 1)
    let before = station.display.count
    for number in 1...1000 { station.store.send(.say(.info, "change \(number)")) }
    #expect(station.display.count == before + 1)
    await station.clock.sleeping(2)
    station.clock.advance(by: 0.1)
    await station.display.presented(before + 2)
    #expect(station.display.fake.text.hasSuffix("> change 1000"))
    await station.clock.sleeping(1)
    #expect(station.display.count == before + 2)
    await station.session.end()
  }

  @Test("while nothing runs, only the turn of the minute is waited for, and it is drawn")
  func idle() async throws {
    let station = Station()
    try await station.begin()
    await station.clock.sleeping(1)
    let now = FleetFixture.now + station.clock.seconds
    let left = 60 - now.truncatingRemainder(dividingBy: 60)
    #expect(station.clock.sleeps.map { ($0 * 100).rounded() } == [((left + 0.05) * 100).rounded()])
    let before = station.display.count
    #expect(station.display.fake.text.contains("14:05 UTC"))
    station.clock.advance(by: left + 0.06)
    await station.display.presented(before + 1)
    #expect(station.display.fake.text.contains("14:06 UTC"))
    await station.clock.sleeping(1)
    #expect(station.clock.sleeps.allSatisfy { $0 > 59 })
    await station.session.end()
  }

  @Test("while a worker runs, its figures are drawn every second")
  func lively() async throws {
    let station = Station(FleetFixture.single())
    try station.session.begin()
    await station.display.presented(2)
    await station.clock.sleeping(1)
    #expect(station.clock.sleeps == [1])
    await station.session.end()
    #expect(station.clock.sleeps == [])
  }

  @Test("a schedule that is due within two minutes is counted down every second")
  func countdown() async throws {
    var state = FleetFixture.single()
    let now = FleetFixture.now
    if let done = FleetFixture.worker("wrk_one", "completed", createdAt: now - 60) {
      _ = reduce(&state, .polled(worker: "wrk_one", done, askedAt: now), now: now)
    }
    let soon = Schedule(
      id: "s", budget: .low, input: "Again.", kind: .interval(seconds: 90), nextRunAt: now + 90)
    _ = reduce(&state, .schedulesLoaded(worker: "wrk_one", [soon]), now: now)
    let station = Station(state)
    try await station.begin()
    await station.clock.sleeping(1)
    #expect(station.clock.sleeps == [1])
    await station.session.end()
  }

  @Test(
    "quitting ends the run and gives the display back",
    arguments: [
      Event.key(.function(10)), .key(.character("q")), .terminate, .hangup,
    ])
  func quits(_ event: Event) async throws {
    let station = Station()
    let run = Task { try await station.session.run() }
    await station.display.presented(1)
    #expect(station.display.fake.isClaimed)
    station.display.fake.send(event)
    try await run.value
    #expect(!station.display.fake.isClaimed)
    let count = station.display.count
    station.store.send(.say(.info, "late"))
    station.display.fake.press("n")
    #expect(station.display.count == count)
  }

  @Test("what was typed is kept before the end, also when the terminal goes away in the middle")
  func keeps() async throws {
    let station = Station()
    let run = Task { try await station.session.run() }
    await station.display.presented(1)
    let typed = "nGo".map { Event.key(.character($0)) }
    station.display.fake.send(typed + [.paste(" on\nand on"), .hangup])
    try await run.value
    let draft = Draft(subject: .newWorker, text: "Go on\nand on", cursor: 12, budget: .standard)
    #expect(await station.memory.recollection.drafts == [draft])
  }

  @Test("what is typed after the key that quits does nothing")
  func afterQuit() async throws {
    let station = Station()
    let run = Task { try await station.session.run() }
    await station.display.presented(1)
    station.display.fake.send("qnGo".map { .key(.character($0)) })
    try await run.value
    let kept = await station.memory.kept
    let others = kept.joined().filter {
      if case .preference("seenAt", _) = $0 { false } else { true }
    }
    #expect(Array(others) == [])
  }

  @Test("a display that refuses is the caller's to hear of")
  func refused() async {
    struct NoTerminal: Error {}
    let station = Station()
    station.display.fake.refusal = NoTerminal()
    await #expect(throws: NoTerminal.self) { try await station.session.run() }
    #expect(station.display.count == 0)
  }

  @Test("suspending, coming back and ctrl-l reach the display")
  func suspends() async throws {
    let station = Station()
    try await station.begin()
    station.display.fake.press("ctrl-z")
    station.display.fake.send(.resumed)
    station.display.fake.press("ctrl-l")
    #expect((station.display.fake.suspensions, station.display.fake.redraws) == (1, 2))
    await station.session.end()
  }

  @Test("a new size is drawn at once")
  func resizes() async throws {
    let station = Station()
    try await station.begin()
    station.display.fake.resize(columns: 120, rows: 40)
    #expect(station.display.fake.frame?.size == Size(columns: 120, rows: 40))
    await station.session.end()
  }

  @Test("a terminal without Unicode gets ASCII")
  func ascii() async throws {
    let station = Station(isUnicode: false)
    try await station.begin()
    #expect(station.display.fake.text.utf8.allSatisfy { $0 < 0x80 })
    await station.session.end()
  }

  @Test("what the memory knows is on the screen: workers, theme, a draft")
  func recalls() async throws {
    let known = KnownWorker(
      id: "w1", title: "Old friend", instruction: "Go", budget: .low, addedAt: 0)
    let draft = Draft(subject: .newWorker, text: "Half", cursor: 4, budget: .low)
    let station = Station(
      State(), Recollection(workers: [known], drafts: [draft], preferences: ["theme": "mono"]))
    try await station.begin()
    #expect(station.display.fake.text.contains("Old friend"))
    #expect(station.session.screen.theme.name == "mono")
    station.display.fake.press("n")
    #expect(station.display.fake.text.contains("│ Half"))
    await station.session.end()
  }
}
