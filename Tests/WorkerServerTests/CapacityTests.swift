import Testing
import WorkerAPI

@testable import WorkerServer

/// Bounds are generous, as several tests run at a time on small machines.
@Suite("Capacity")
struct CapacityTests {
  @Test("Ten thousand known workers do not slow the start, and a create stays quick")
  func manyWorkers() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      try await {
        let world = try World.staged(time, folder: folder)
        _ = try await world.fill(10_000)
      }()
      let clock = ContinuousClock()
      var world: World?
      let start = try clock.measure { world = try World.staged(time, folder: folder) }
      let opened = try #require(world)
      #expect(await opened.workerIDs.count == 10_000)
      #expect(start < .seconds(5), "\(start)")
      let created = try await clock.measure {
        for number in 0..<50 { _ = try await opened.started("Check \(number)", budget: .low) }
      }
      #expect(created < .milliseconds(50 * 60), "\(created / 50) for each")
    }
  }
}

extension World {
  /// Writes workers that have all ended, without playing them.
  fileprivate func fill(_ count: Int) throws -> Int {
    var random = SplitMix64(seed: 1)
    var entries: [Ledger.Entry] = []
    for number in 0..<count {
      let id = Identifier.worker(at: Double(number), using: &random)
      let recipe = Recipe(
        worker: id, scenario: .composed, seed: 1, input: "Check \(number)", budget: .low,
        startedAt: Double(number))
      entries += [
        .worker(Ledger.WorkerRow(id: id, createdAt: Double(number), title: nil)), .turn(recipe),
        .seal(
          worker: id, number: 1,
          events: (0..<40).map { #"{"type":"text-delta","id":"p","delta":"word \#($0)"}"# }),
      ]
    }
    try ledger.write(entries)
    return entries.count
  }
}
