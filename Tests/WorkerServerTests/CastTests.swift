import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Cast")
struct CastTests {
  @Test("The demo shows workers in every state, with text, files, sources and schedules")
  func states() throws {
    let staged = Staging.play(Cast.demo(seed: 1), at: 0, epoch: 1_780_000_000)
    #expect(staged.count >= 8)
    let running = staged.filter { $0.worker.status == .running }
    #expect(running.count >= 4)
    #expect(running.count { !$0.worker.outputText.isEmpty } >= 3)
    #expect(staged.count { $0.worker.status == .completed && $0.worker.error == nil } >= 3)
    #expect(staged.count { $0.worker.status == .pending && $0.events.isEmpty } == 1)
    #expect(staged.count { $0.worker.error != nil } == 1)
    #expect(staged.count { $0.worker.incompleteDetails?["reason"] == "budget" } == 1)
    #expect(staged.count { !$0.schedules.isEmpty } == 2)
    #expect(staged.contains { $0.worker.files.count == 2 })
    #expect(staged.contains { $0.worker.sources.count == 6 })
    #expect(Set(staged.map(\.worker.id)).count == staged.count)
  }

  @Test("A staged cast is the same every time, and its streams grow with the clock")
  func deterministic() {
    let first = Staging.play(Cast.demo(seed: 3), at: 12.5, epoch: 1_780_000_000)
    #expect(first == Staging.play(Cast.demo(seed: 3), at: 12.5, epoch: 1_780_000_000))
    let later = Staging.play(Cast.demo(seed: 3), at: 60, epoch: 1_780_000_000)
    for (early, late) in zip(first, later) {
      #expect(late.events.starts(with: early.events))
      #expect(late.worker.id == early.worker.id)
    }
    #expect(first != later)
  }

  @Test("A seeded server shows what the staging shows")
  func seeded() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let parts = Cast.demo(seed: 2)
    let workers = try await world.seed(parts)
    let staged = Staging.play(parts, at: 0, epoch: time.now)
    #expect(workers.map(\.id) == staged.map(\.worker.id))
    #expect(workers.map(\.status) == staged.map(\.worker.status))
    #expect(workers.map(\.outputText) == staged.map(\.worker.outputText))
    for member in staged {
      let list = try await world.schedules(of: member.worker.id)["schedules"]?.array ?? []
      #expect(list.compactMap(Schedule.init) == member.schedules)
    }
  }

  @Test("A fleet has the asked number of workers, a few of them running")
  func fleet() async throws {
    let world = try World.staged(ManualTime())
    let workers = try await world.seed(Cast.fleet(count: 120, seed: 9))
    #expect(workers.count == 120 && Set(workers.map(\.id)).count == 120)
    #expect((3...12).contains(workers.count { $0.isRunning }))
  }
}
