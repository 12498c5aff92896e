import Support
import Testing
import WorkerAPI

@testable import Fleet

/// A scrollback that notes in what order it is used, and is slow to write.
private actor SlowScrollback: Scrollback {
  nonisolated let isFresh = true
  private(set) var log: [String] = []

  func write(_ changes: [ScrollbackChange]) async {
    // Every task that waits to run goes first.
    for _ in 0..<100 { await Task.yield() }
    log.append("written")
  }

  func window(_ worker: String, at place: ScrollbackPlace) -> ScrollbackWindow? { nil }

  func search(_ search: ScrollbackSearch) -> Finds {
    log.append("searched \(search.words)")
    return Finds(search: search, finds: [], count: 0)
  }
}

@MainActor @Suite struct ScrollbackSearchTests {
  @Test("What is on its way to the scrollback is there before it is searched")
  func order() async {
    let scrollback = SlowScrollback()
    let clock = ManualClock()
    let now: @Sendable () -> Double = { 1_000 + clock.seconds }
    let runner = Runner(
      ports: Runner.Ports(
        service: Service(transport: ScriptedTransport([:])),
        memory: FakeMemory(Recollection(workers: [Bench.finished])),
        downloads: FakeDownloads(), scrollback: scrollback,
        reconnect: { PlainReconnect(isActive: $0, delay: 2) }, clock: clock, now: now,
        roll: { 0.5 }))
    let store = Store(runner: runner, now: now)
    store.start()
    await store.recalled()
    store.send(.rename("a", "Tea"))
    store.send(.search(ScrollbackSearch("tea")))
    await store.idle()
    #expect(await scrollback.log.suffix(2) == ["written", "searched tea"])
    #expect(store.state.scrollback?.finds?.search.words == "tea")
    await store.stop()
  }
}
