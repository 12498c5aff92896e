import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("Watching one worker as plain lines", .timeLimit(.minutes(2)))
  struct WatchTests {
    private let workshop: Workshop
    private let environment: [String: String]
    private let address: String

    init() throws {
      workshop = try Workshop()
      (address, _) = try workshop.serve(speed: 200)
      environment = ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address]
    }

    /// Orders a worker past the console, so that no registry knows it.
    private func order(_ input: String, from address: String? = nil) throws -> String {
      let answer = try Child.run(
        [
          "curl", "-s", "-H", "Authorization: Bearer k", "-H", "Content-Type: application/json",
          "-d", #"{"input":"\#(input)"}"#, "\(address ?? self.address)/api/workers",
        ], environment: Child.environment([:]))
      let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
      return try #require(json?["id"] as? String, "\(answer)")
    }

    @Test("a worker that is not in the registry is told line by line to its end, which is status 0")
    func tells() throws {
      let id = try order("Compare prices of paper")
      let ending = try workshop.run(["watch", id], environment: environment)
      let lines = ending.output.split(separator: "\n")
      #expect(ending.status == 0, "\(ending)")
      #expect(lines.contains("you: Compare prices of paper"))
      #expect(lines.last?.hasPrefix("= done, ") == true, "\(ending.output)")
      #expect(!ending.output.contains("\u{1B}") && ending.errors == "")
      let again = try workshop.run(
        ["watch", id, "--plain", "--timestamps"], environment: environment)
      let stamped = again.output.split(separator: "\n")
      #expect(stamped.allSatisfy { $0.dropFirst(19).hasPrefix("Z ") }, "\(again.output)")
      #expect(stamped.map { $0.dropFirst(21) }.last?.hasPrefix("= done, ") == true)
    }

    @Test("a run that fails ends with 1")
    func fails() throws {
      let id = try order("Write a.md, then fail")
      let ending = try workshop.run(["watch", id], environment: environment)
      #expect(ending.status == 1, "\(ending)")
      #expect(ending.output.contains("\n= failed: "))
    }

    @Test("as JSON each event is a document on a line of its own")
    func events() throws {
      let id = try order("Find the way")
      let ending = try workshop.run(["watch", id, "--json"], environment: environment)
      #expect(ending.status == 0)
      for line in ending.output.split(separator: "\n") {
        let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(Set((json ?? [:]).keys) == ["event", "data", "id"])
      }
      #expect(ending.output.contains(#""data":"[DONE]""#))
    }

    @Test("who is not known, not allowed or not reached is told by the status")
    func refusals() throws {
      func status(_ arguments: [String], _ changes: [String: String] = [:]) throws -> Int32 {
        try workshop.run(
          ["watch"] + arguments, environment: environment.merging(changes) { $1 }
        ).status
      }
      #expect(try status(["no-such-worker"]) == 4)
      #expect(try status(["x"], ["HANDINGER_API_KEY": "wrong"]) == 3)
      #expect(try status(["x"], ["HANDINGER_BASE_URL": "http://127.0.0.1:9"]) == 5)
      #expect(try status(["a b"]) == 2)
      #expect(try status(["x", "--plain", "--json"]) == 2)
    }

    @Test(
      "the end tears nothing down while threads still use it",
      arguments: [["watch", "x"], ["keys"]])
    func teardown(_ arguments: [String]) throws {
      let log = "\(workshop.folder)/linker"
      let linker = ["LD_DEBUG": "files", "LD_DEBUG_OUTPUT": log, "HANDINGER_API_KEY": "wrong"]
      _ = try workshop.run(arguments, environment: environment.merging(linker) { $1 })
      let folder = URL(fileURLWithPath: workshop.folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder)
      let text = try names.filter { $0.hasPrefix("linker.") }
        .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }.joined()
      #expect(text.contains("calling init: ") && !text.contains("calling fini: "))
    }

    @Test(
      "a key or a worker that is gone in the middle of a run ends it, with the status of the start",
      arguments: [(true, 3, "401"), (false, 4, "the server does not know the worker")])
    func refusedLater(_ isKeyGone: Bool, _ status: Int, _ words: String) async throws {
      let (before, after) = (try Workshop(), try Workshop())
      defer { withExtendedLifetime((before, after)) {} }
      let (slow, process) = try before.serve()
      let id = try order("marathon", from: slow)
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=\(slow) '\(TmuxTerminal.binary)' watch \(id); "
          + "echo status=$?")
      try await terminal.wait(for: "= running")
      process.signal(SIGKILL)
      // Its port is free once it has ended; the workshop reaps it.
      var ending = siginfo_t()
      waitid(P_PID, id_t(process.pid), &ending, WEXITED | WNOWAIT)
      let port = Int(slow.split(separator: ":").last ?? "") ?? 0
      _ = try isKeyGone ? before.serve(port: port, key: "another") : after.serve(port: port)
      let shown = try await terminal.wait(for: "\nstatus=\(status)")
      let last = shown.split(separator: "\n").last { $0.hasPrefix("signalbox: ") }
      #expect(last?.contains(words) == true, "\(shown)")
    }

    @Test("ctrl-c ends it at once")
    func interrupts() async throws {
      let slowly = try Workshop()
      defer { withExtendedLifetime(slowly) {} }
      let (slow, _) = try slowly.serve()
      let id = try order("Write a report", from: slow)
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=\(slow) '\(TmuxTerminal.binary)' watch \(id)")
      try await terminal.wait(for: "= running")
      try terminal.press("C-c")
      // The shell drops its line when what it runs ends by the signal, and prompts anew.
      try await terminal.wait { $0.contains("\n$") }
      try terminal.type("echo status=$?")
      try terminal.press("Enter")
      try await terminal.wait(for: "status=130")
    }
  }
}
