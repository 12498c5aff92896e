import FoundationEssentials
import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite("The reducer beside a model of the server")
struct ModelTests {
  /// Interleavings for each kind of server; `SIGNALBOX_FUZZ` asks for more.
  private static let runs =
    ProcessInfo.processInfo.environment["SIGNALBOX_FUZZ"].flatMap(Int.init).map { $0 / 1_000 }
    ?? 80

  @Test(
    "Drops, replays, late answers and clock jumps end in what the server knows, each part once",
    arguments: KindOfServer.allCases)
  func converges(_ kind: KindOfServer) {
    for seed in 0..<UInt64(Self.runs) {
      var random = Seeded(seed)
      var wire = ModelWire(kind)
      for _ in 0..<Int.random(in: 5...60, using: &random) { wire.step(&random) }
      wire.settle()
      let worker = wire.state.workers["a"]
      let trace = "seed \(seed)\n" + wire.trace.joined(separator: "\n")
      guard worker?.transcript.story == wire.server.story else {
        Issue.record(
          "told \(worker?.transcript.story ?? []), said \(wire.server.story)\n\(trace)")
        return
      }
      #expect(worker?.phase.value == .done, "\(trace)")
      #expect(worker?.meter.usage?.credits == wire.server.credits, "\(trace)")
      #expect(wire.state.workers["a"]?.stream == .ended, "\(trace)")
    }
  }

  @Test(
    "A status that was left is not shown again within two seconds", arguments: KindOfServer.allCases
  )
  func steady(_ kind: KindOfServer) {
    for seed in 0..<UInt64(Self.runs) {
      var random = Seeded(seed &+ 1_000_000)
      var wire = ModelWire(kind)
      for _ in 0..<60 { wire.step(&random) }
      wire.settle()
      let shown = wire.shown
      for index in shown.indices.dropFirst(2)
      where shown[index].phase == shown[index - 2].phase {
        #expect(
          shown[index].at - shown[index - 1].at >= State.flipLimit,
          "seed \(seed)\n\(wire.trace.joined(separator: "\n"))")
      }
    }
  }
}
