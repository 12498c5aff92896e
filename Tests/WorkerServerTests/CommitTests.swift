import FoundationEssentials
import Testing
import WorkerAPI

@testable import WorkerServer

/// Nothing is shown before it is written, and what is written is there again.
@Suite("Commits")
struct CommitTests {
  /// An entry that the ledger must refuse: its worker does not exist.
  private static let impossible = Ledger.Entry.events(
    worker: "nobody", number: 1, first: 0, ["{}"])

  @Test("While the ledger refuses, nothing that was played is shown, and nothing piles up")
  func order() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("prices")
    let before = try await world.stream(of: id)
    await world.append(Self.impossible)
    time.advance(10)
    let due = await world.advance()
    #expect(due == time.now + World.patience)
    time.advance(10)
    await world.advance()
    #expect(await world.unwritten.count == 1)
    await #expect(throws: APIError.noLedger) { try await world.stream(of: id) }
    await #expect(throws: APIError.noLedger) { try await world.retrieve(id, origin: "http://h") }
    await #expect(throws: APIError.noLedger) { try await world.schedules(of: id) }
    await #expect(throws: APIError.noLedger) { try await world.started("more") }
    #expect(await world.workerIDs == [id])
    await world.forgetUnwritten()
    #expect(try await world.stream(of: id) == before)
    await world.advance()
    #expect(try await world.stream(of: id).count > before.count)
  }

  @Test("What was played in the refused moment itself is not shown either")
  func refusedMoment() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("prices")
    time.advance(5)
    await world.play(id, to: time.now)
    await world.append(Self.impossible)
    await #expect(throws: APIError.noLedger) {
      try await world.page(
        of: id, from: Position(turn: 1, index: 2), limit: 9, origin: "http://h")
    }
  }

  @Test("At any moment the ledger alone holds every event that a reader was given")
  func eventsInLedger() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      var shown: [ServerSentEvent] = []
      var id = ""
      for life in 0..<8 {
        let world = try World.staged(time, folder: folder)
        if life == 0 { id = try await world.started("Write a.md and b.bin, see https://h.example") }
        for _ in 0..<4 {
          let events = try await world.stream(of: id)
          #expect(events.starts(with: shown))
          shown = events
          let stored = try await world.ledger.begun(worker: id, number: 1)
          let sealed = try await world.ledger.events(worker: id, number: 1)
          #expect((sealed ?? stored).count == shown.count)
          #expect(sealed == nil || stored.isEmpty)
          time.advance(0.3)
          await world.advance()
        }
      }
      let world = try World.staged(time, folder: folder)
      time.advance(60)
      await world.advance()
      let worker = try #require(try await world.worker(id))
      #expect(worker.status == .completed && worker.files.map(\.filename) == ["a.md", "b.bin"])
      #expect(try await world.stream(of: id).starts(with: shown))
    }
  }

  @Test("Stored events win over what a later version of a script would say")
  func storedWins() {
    let recipe = Recipe(
      worker: "w", scenario: .research, seed: 1, input: "x", startedAt: 0)
    var turn = Turn(recipe, begun: [#"{"type":"start","messageId":"old"}"#, "{}", "{}"])
    _ = turn.advance(to: 20)
    var fresh = Turn(recipe)
    _ = fresh.advance(to: 20)
    #expect(turn.log.count == fresh.log.count && turn.log[0].data.contains("old"))
    #expect(turn.log[3...] == fresh.log[3...])
  }

  @Test("A stop by the budget is in the worker's JSON, also after a restart")
  func budget() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      var found: [JSON?] = []
      var id = ""
      for life in 0..<3 {
        let world = try World.staged(time, folder: folder)
        if life == 0 {
          id = try await world.started("Work until the budget is spent", budget: .low)
          time.advance(300)
        }
        let worker = try #require(try await world.worker(id))
        #expect(worker.status == .completed && worker.error == nil)
        found.append(worker.incompleteDetails)
      }
      #expect(found[0]?["reason"] == "budget" && found[0]?["budget"] == "low")
      #expect(found[0] == found[1] && found[1] == found[2])
    }
  }

  @Test("A reader of a run is given the turn of a schedule that waited for its end")
  func followed() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Write a.md")
    _ = try await world.createSchedule(
      id, ScheduleRequest(input: "Write b.md", when: .delayed(seconds: 1), budget: .low),
      once: nil)
    time.advance(2)
    await world.advance()
    let place = Position(turn: 1, index: try await world.stream(of: id).count)
    async let woken: Void = world.more(of: id, than: place)
    while await world.watchers[id] == nil { await Task.yield() }
    time.advance(58)
    await world.advance()
    await woken
    var page = try await world.page(of: id, from: place, limit: 10_000, origin: "http://h")
    #expect(!page.isEnd && page.next == Position(turn: 2, index: 0))
    page = try await world.page(of: id, from: page.next, limit: 10_000, origin: "http://h")
    #expect(page.events.first?.id == "2-0" && !page.isEnd)
  }

  @Test("A text that looks like this server's placeholder stays as it is, also after a restart")
  func placeholder() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      var texts: [String] = []
      var id = ""
      for life in 0..<2 {
        let world = try World.staged(time, folder: folder)
        if life == 0 { id = try await world.started("Cite \(Origin.placeholder)/x and a.md") }
        time.advance(60)
        await world.advance()
        texts.append(try await world.stream(of: id).map(\.data).joined())
      }
      #expect(texts[0] == texts[1] && texts[0].contains("\(Origin.placeholder)/x"))
      #expect(texts[0].contains("http://h/api/workers/\(id)/files/a.md"))
    }
  }
}

extension World {
  fileprivate func append(_ entry: Ledger.Entry) { unwritten.append(entry) }
  fileprivate func forgetUnwritten() { unwritten = [] }
}
