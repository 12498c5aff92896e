import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Schedules")
struct ScheduleTests {
  private func schedule(
    _ world: World, _ worker: String, _ when: ScheduleKind, input: String = "Check again"
  ) async throws -> Schedule {
    let json = try await world.createSchedule(
      worker, ScheduleRequest(input: input, when: when, budget: .low), once: nil)
    return try #require(Schedule(json: json))
  }

  private func listed(_ world: World, _ worker: String) async throws -> [Schedule] {
    try await world.schedules(of: worker)["schedules"]?.array?.compactMap(Schedule.init) ?? []
  }

  private func turns(_ world: World, _ worker: String) async throws -> Int? {
    try await world.worker(worker)?.metadata["turns"]?.int
  }

  @Test("Each kind says when it fires first")
  func first() async throws {
    let time = ManualTime("2026-03-02T10:07:30Z")
    let world = try World.staged(time)
    let id = try await world.started("Check", budget: .low)
    let kinds: [ScheduleKind] = [
      .once(time.now + 60), .delayed(seconds: 90), .cron("*/15 * * * *"), .interval(seconds: 1800),
    ]
    var dates: [String?] = []
    for kind in kinds {
      dates.append(try await schedule(world, id, kind).nextRunAt.map(Timestamp.print))
    }
    #expect(
      dates == [
        "2026-03-02T10:08:30Z", "2026-03-02T10:09:00Z", "2026-03-02T10:15:00Z",
        "2026-03-02T10:37:30Z",
      ])
    #expect(try await listed(world, id).map(\.kind.word).sorted() == kinds.map(\.word).sorted())
  }

  @Test("A fire starts a turn; once and delayed are gone after it, the others move on")
  func fires() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Check", budget: .low)
    time.advance(300)
    await world.advance()
    _ = try await schedule(world, id, .delayed(seconds: 60), input: "Delayed words")
    let interval = try await schedule(world, id, .interval(seconds: 1_000))
    time.advance(60)
    await world.advance()
    #expect(try await turns(world, id) == 2)
    #expect(try await listed(world, id).map(\.id) == [interval.id])
    let worker = try #require(try await world.worker(id))
    #expect(worker.messages[2].json["parts"] == [["type": "text", "text": "Delayed words"]])
    #expect(worker.metadata["budget"] == "low")
    time.advance(940)
    #expect(await world.advance() != nil)
    #expect(try await turns(world, id) == 3)
    #expect(try await listed(world, id).first?.nextRunAt == interval.nextRunAt.map { $0 + 1_000 })
  }

  @Test("While the worker runs a fire waits for the end, and many missed ones are one")
  func busy() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("research")
    let interval = try await schedule(world, id, .interval(seconds: 30))
    let once = try await schedule(world, id, .once(time.now + 20))
    time.advance(40)
    await world.advance()
    #expect(try await turns(world, id) == 1)
    let waiting = try await listed(world, id)
    #expect(waiting.map(\.id) == [once.id, interval.id])
    #expect(waiting.map(\.nextRunAt) == [time.now + 1, time.now + 1])
    time.advance(200)
    await world.advance()
    #expect(try await turns(world, id) == 2)
    #expect(try await listed(world, id).map(\.id) == [interval.id])
    time.advance(200)
    await world.advance()
    #expect(try await turns(world, id) == 3)
    let next = try #require(interval.nextRunAt) + 420
    #expect(try await listed(world, id).map(\.nextRunAt) == [next])
  }

  @Test(
    "After an absence every schedule fires once, however often it was missed, and goes on in step")
  func missed() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      let (id, interval, cron) = try await {
        let first = try World.staged(time, folder: folder)
        let id = try await first.started("Check", budget: .low)
        time.advance(300)
        await first.advance()
        let interval = try await schedule(first, id, .interval(seconds: 600))
        let cron = try await schedule(first, id, .cron("0 * * * *"))
        _ = try await schedule(first, id, .once(time.now + 60))
        return (id, interval, cron)
      }()
      time.advance(86_400)
      let counts = try await {
        let second = try World.staged(time, folder: folder)
        var counts = [try await turns(second, id)]
        await second.advance()
        counts.append(try await turns(second, id))
        let list = try await listed(second, id)
        #expect(list.map(\.id).sorted() == [interval.id, cron.id].sorted())
        #expect(list.allSatisfy { ($0.nextRunAt ?? 0) > time.now })
        return counts
      }()
      #expect(counts == [1, 2])
      // The others still wait, also after another restart.
      let third = try World.staged(time, folder: folder)
      for expected in [3, 4, 4] {
        time.advance(150)
        await third.advance()
        #expect(try await turns(third, id) == expected)
      }
      let list = try await listed(third, id)
      let steps = list.compactMap(\.nextRunAt).map { ($0 - (interval.nextRunAt ?? 0)) / 600 }
      #expect(
        list.map(\.id) == [interval.id, cron.id] || list.map(\.id) == [cron.id, interval.id])
      #expect(steps.contains { $0 == $0.rounded() })
      #expect(list.allSatisfy { ($0.nextRunAt ?? 0) > time.now })
    }
  }

  @Test("A cancelled schedule never fires, and cannot be cancelled twice")
  func cancelled() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Check", budget: .low)
    let kept = try await schedule(world, id, .delayed(seconds: 500))
    #expect(try await world.cancelSchedule(id, kept.id) == ["cancelled": true])
    await #expect(throws: APIError.self) { try await world.cancelSchedule(id, kept.id) }
    time.advance(600)
    await world.advance()
    #expect(try await turns(world, id) == 1)
  }

  @Test("The world asks to be woken at the next fire")
  func due() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Check", budget: .low)
    time.advance(300)
    await world.advance()
    let kept = try await schedule(world, id, .interval(seconds: 3_600))
    #expect(await world.advance() == kept.nextRunAt)
  }
}
