import Foundation
import Support
import Synchronization
import Testing
import WorkerServer

extension BinaryTests {
  /// Two operators, each in a terminal of its own.
  @Suite("Two consoles on one registry", .timeLimit(.minutes(3)))
  struct CompanyTests {
    private func console(
      _ workshop: Workshop, _ address: String, record: String
    ) throws -> TmuxTerminal {
      try TmuxTerminal(
        columns: 100, rows: 26,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=\(address) '\(TmuxTerminal.binary)' "
          + "--state \(workshop.folder)/state --record \(workshop.folder)/\(record)")
    }

    /// What came to the server, in order.
    private final class Counter: Sendable {
      let requests = Mutex<[String]>([])
    }

    /// A request without the id of its worker, such as `GET /api/workers/{id}`.
    private func shape(_ method: String, _ target: String) -> String {
      let parts = target.split(separator: "/")
      let path = parts.enumerated().map { $0.offset == 2 ? "{id}" : String($0.element) }
      return "\(method) /\(path.joined(separator: "/"))"
    }

    /// What a console asked of the server.
    private func asked(_ workshop: Workshop, _ record: String) throws -> [String] {
      let text = try String(contentsOfFile: "\(workshop.folder)/\(record)", encoding: .utf8)
      return try text.split(separator: "\n").compactMap { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard let method = object?["ask"] as? String, let target = object?["target"] as? String
        else { return nil }
        return shape(method, target)
      }
    }

    private func start(_ text: String, in terminal: TmuxTerminal) async throws {
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste(text)
      try await terminal.wait(for: text)
      try terminal.press("Enter")
      try await terminal.wait(for: "started: \(text)")
    }

    /// The selected row says that it is selected instead.
    private func isPinned(_ title: String, on screen: String) -> Bool {
      screen.split(separator: "\n").contains { $0.contains("^") && $0.contains(title) }
    }

    /// The finished workers, each with its figures; not its age, which goes on in between.
    private func rows(_ screen: String) -> [[Substring]] {
      screen.split(separator: "\n").filter { $0.contains(" std ") }.map { row in
        var words = row.dropFirst(3).split(separator: " ")
        words.remove(at: words.count - 2)
        return words
      }
    }

    @Test("one asks the server, the other shows the same and takes over when the first is killed")
    func takesOver() async throws {
      let workshop = try Workshop()
      var configuration = ServerConfiguration()
      configuration.apiKey = "k"
      configuration.speed = 2
      let counter = Counter()
      configuration.onRequest = { method, path in
        counter.requests.withLock { $0.append("\(method) \(path)") }
      }
      let server = try WorkerServer(configuration)
      let (ports, source) = AsyncStream<Int>.makeStream()
      let running = Task { try await server.run { source.yield($0) } }
      defer { running.cancel() }
      var iterator = ports.makeAsyncIterator()
      let address = "http://127.0.0.1:\(try #require(await iterator.next()))"
      let first = try console(workshop, address, record: "first")
      try await first.wait(for: "No workers yet.")
      let second = try console(workshop, address, record: "second")
      try await second.wait(for: "SHARED")
      try await start("Map the harbour", in: first)
      try await start("Count the lights", in: second)
      // Each sees the other's worker, and the output of both is in both.
      try await second.wait(for: "Map the harbour")
      try await first.wait(for: "Count the lights")
      try await second.wait { $0.contains("SHARED") && $0.contains("you   Count the lights") }
      try await second.wait(for: "web_search")
      try await first.wait { $0.contains("LIVE") && $0.contains("2 run") }
      try await second.wait(for: "2 run")
      // What one operator does to a worker the other one sees.
      try second.press("p")
      try await first.wait { isPinned("Count the lights", on: $0) }
      try first.press("p")
      try await second.wait { isPinned("Map the harbour", on: $0) }
      // Both see both end, and the follower continues one, which the leader then streams.
      try await first.wait { !$0.contains(" run ") }
      let ended = rows(try first.screen)
      try await second.wait { rows($0) == ended }
      try second.press("c")
      try await second.wait(for: "Continue: ")
      try second.paste("And the depths")
      try await second.wait(for: "And the depths")
      try second.press("Enter")
      try await first.wait(for: " run ")
      try await second.wait(for: "you   And the depths")
      try await second.wait { !$0.contains(" run ") }
      try await start("Name the ships", in: first)
      try await second.wait { $0.contains("Name the ships") && $0.contains(" run ") }
      let served = counter.requests.withLock { $0 }.map {
        let parts = $0.split(separator: " ")
        return shape(String(parts[0]), String(parts[1]))
      }
      let asks = try asked(workshop, "second").filter { !$0.hasPrefix("POST ") }
      #expect(Set(asks) == ["GET /api/workers/{id}/email"])
      // What the server was asked by itself is what the leader asked, and no more.
      let leader = try asked(workshop, "first")
      for shape in ["", "/stream", "/schedules"].map({ "GET /api/workers/{id}\($0)" }) {
        let count = served.count { $0 == shape }
        #expect(count > 0 && count <= leader.count { $0 == shape }, "\(shape)")
      }
      #expect(served.count { $0.hasSuffix("/stream") } == 4, "one for each run")

      #expect(kill(try first.program, SIGKILL) == 0)
      let killed = ContinuousClock.now
      try await second.wait(for: "LIVE")
      #expect(ContinuousClock.now - killed < .seconds(2))
      try await second.wait { !$0.contains(" run ") }
      try second.press("q")
      try await second.wait { $0.hasPrefix("$ ") }
      #expect(
        Set(try asked(workshop, "second")).isSuperset(of: [
          "GET /api/workers/{id}", "GET /api/workers/{id}/stream",
        ]))
    }
  }
}
