import Fleet
import Foundation
import Registry
import Support
import Testing
import WorkerAPI
import WorkerServer

extension BinaryTests {
  @Suite("Orders and kill -9", .timeLimit(.minutes(10)))
  struct CrashTests {
    /// How often the console is killed; `SIGNALBOX_KILLS` asks for more than a test run has time for.
    private static let kills =
      Child.environment([:])["SIGNALBOX_KILLS"].flatMap { Int($0) } ?? 20

    @Test(
      "requirement 3: a console that dies at any moment of an order knows of every worker, and none twice"
    )
    func dies() async throws {
      let workshop = try Workshop()
      var configuration = ServerConfiguration()
      configuration.apiKey = "k"
      configuration.speed = 1_000
      configuration.scenario = "fails"
      configuration.faults = try Fault.list("latency=0..20ms")
      let server = try WorkerServer(configuration)
      let (ports, source) = AsyncStream<Int>.makeStream()
      let running = Task { try await server.run { source.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      var random = Seeded(11)
      for life in 0..<Self.kills {
        try await Self.live(life, workshop, port, &random)
      }
      let recollection = try await Registry.open(folder: "\(workshop.folder)/state").recall()
      let failures = try await Self.losses(recollection, server.world)
      running.cancel()
      try? await running.value
      #expect(failures == [])
    }

    /// One run of the console: an order is typed and sent, and somewhere in it the program is killed.
    private static func live(
      _ life: Int, _ workshop: Workshop, _ port: Int, _ random: inout Seeded
    ) async throws {
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=http://127.0.0.1:\(port) "
          + "'\(TmuxTerminal.binary)' --state \(workshop.folder)/state")
      let shown = try await terminal.wait {
        $0.contains("No workers yet.") || $0.contains("2 Output: order")
      }
      let program = try terminal.program
      let canContinue = shown.contains("2 Output: order")
      if canContinue, Bool.random(using: &random) {
        try terminal.press("c")
        try await terminal.wait(for: "Continue: ")
      } else {
        try terminal.press("n")
        try await terminal.wait(for: "New worker")
      }
      // What an earlier life left there.
      for _ in 0..<3 { try terminal.press("C-u") }
      try terminal.paste("order \(life).")
      try await terminal.wait(for: "order \(life).")
      // A blow at a random moment is what this test is about; an Enter is held for 40 ms.
      let patience = useconds_t(Int.random(in: 40_000...80_000, using: &random))
      try terminal.press("Enter")
      usleep(patience)
      #expect(kill(program, SIGKILL) == 0)
      terminal.close()
    }

    private static func losses(
      _ recollection: Recollection, _ world: World
    ) async throws -> [String] {
      let known = recollection.workers.map(\.id)
      let doubtful = Set(recollection.intents.map(\.input))
      var failures: [String] = []
      if Set(known).count != known.count { failures.append("a worker is known twice") }
      var carriedOut: [String: Int] = [:]
      for id in await world.workerIDs {
        let inputs = try await world.worker(id)?.messages.map(\.json).flatMap(said) ?? []
        for input in inputs { carriedOut[input, default: 0] += 1 }
        guard !known.contains(id) else { continue }
        if inputs.allSatisfy({ !doubtful.contains($0) }) {
          failures.append("\(id) (\(inputs)) is neither known nor in doubt")
        }
      }
      for (input, count) in carriedOut where count > 1 {
        failures.append("\"\(input)\" was carried out \(count) times")
      }
      if carriedOut.count < kills / 4 { failures.append("only \(carriedOut.count) orders arrived") }
      if doubtful.isEmpty { failures.append("no order was ever in doubt") }
      return failures
    }

    /// The texts of a user's message.
    private static func said(_ message: JSON) -> [String] {
      guard message["role"]?.string == "user" else { return [] }
      return (message["parts"]?.array ?? []).compactMap { $0["text"]?.string }
    }
  }
}
