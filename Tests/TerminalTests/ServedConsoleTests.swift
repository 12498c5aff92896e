import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("The console against the served API", .timeLimit(.minutes(3)))
  struct ServedConsoleTests {
    private func line(_ workshop: Workshop, _ address: String, key: String = "k") -> String {
      "HANDINGER_API_KEY=\(key) HANDINGER_BASE_URL=\(address) "
        + "'\(TmuxTerminal.binary)' --state \(workshop.folder)/state"
    }

    @Test("requirement 12: what was typed and what was started is there after kill -9")
    func survivesKill() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try TmuxTerminal(columns: 100, rows: 30, line(workshop, address))
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste("Count the bridges of Prague")
      try await terminal.wait(for: "Count the bridges of Prague")
      try terminal.press("Enter")
      try await terminal.wait(for: "started: Count the bridges")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.type("An unfinished thought")
      try await terminal.wait(for: "3 words, kept as you type")
      try Self.waitForDraft("An unfinished thought", workshop)
      #expect(kill(try terminal.program, SIGKILL) == 0)
      terminal.close()

      let second = try TmuxTerminal(columns: 100, rows: 30, line(workshop, address))
      try await second.wait(for: "Count the bridges")
      try second.press("n")
      try await second.wait(for: "An unfinished thought")
    }

    @Test("a read-only console sends nothing, whatever is pressed")
    func readsOnly() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30, line(workshop, address) + " --read-only")
      try await terminal.wait { $0.contains("READ-ONLY") && $0.contains("No workers yet.") }
      try terminal.press("n")
      try await terminal.wait(for: "> read-only: nothing is sent")
      try terminal.press(":")
      try await terminal.wait(for: "┌─ Command")
      try terminal.paste("new Count the bridges")
      try await terminal.wait(for: "new Count the bridges")
      try terminal.press("Enter")
      try await terminal.wait(for: "│ read-only: nothing is sent")
      try terminal.press("Escape")
      try await terminal.wait { !$0.contains("┌─ Command") }
      try terminal.press("F10")
      try await terminal.wait { !$0.contains("READ-ONLY") }
    }

    @Test("requirement 4: fifty pasted lines are text in the composer and send nothing")
    func pastes() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try TmuxTerminal(columns: 100, rows: 30, line(workshop, address))
      try await terminal.wait(for: "No workers yet.")
      try terminal.paste((1...50).map { "q line \($0)" }.joined(separator: "\n"))
      try await terminal.wait(for: "pasted text was ignored")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste((1...50).map { "line \($0) of the paste" }.joined(separator: "\n"))
      let shown = try await terminal.wait(for: "250 words")
      #expect(shown.contains("line 50 of the paste"))
      #expect(shown.contains("No workers yet."))
    }

    @Test("requirement 1: a server that goes away and comes back is noticed without a key")
    func reconnects() async throws {
      let workshop = try Workshop()
      let (address, process) = try workshop.serve()
      let port = try #require(Int(address.split(separator: ":").last ?? ""))
      let terminal = try TmuxTerminal(columns: 120, rows: 30, line(workshop, address))
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste("Watch the harbour")
      try await terminal.wait(for: "Watch the harbour")
      try terminal.press("Enter")
      try await terminal.wait(for: "1 run")
      process.signal(SIGKILL)
      try await terminal.wait(for: "DOWN ")
      _ = try workshop.serve(port: port)
      let shown = try await terminal.wait { $0.contains("LIVE") && !$0.contains("DOWN") }
      #expect(shown.components(separatedBy: "you   Watch the harbour").count == 2)
    }

    @Test("requirement 2: a key that the server refuses is said in words, and the console goes on")
    func refusesKey() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30, line(workshop, address, key: "wrong"))
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste("Anything")
      try await terminal.wait(for: "Anything")
      try terminal.press("Enter")
      for key in ["kk", "k"] {
        try await terminal.wait {
          $0.contains("KEY REFUSED") && $0.contains("┌─ Another API key")
            && $0.contains("> not sent, the text is in the draft: HTTP 401")
        }
        try terminal.type(key)
        try await terminal.wait(for: "│ " + String(repeating: "*", count: key.count))
        try terminal.press("Enter")
        try await terminal.wait(for: "> asking with the other key")
        try terminal.press("n")
        try await terminal.wait(for: "Anything")
        try terminal.press("Enter")
      }
      try await terminal.wait(for: "started: Anything")
    }

    @Test("a setting that is not known is named with its line, and the others count")
    func namesUnknownSettings() async throws {
      let workshop = try Workshop()
      let path = "\(workshop.folder)/config.yaml"
      try "theme: nord\ncolour: red\n".write(toFile: path, atomically: true, encoding: .utf8)
      let terminal = try TmuxTerminal(
        columns: 160, rows: 30, line(workshop, "http://127.0.0.1:9") + " --config \(path)")
      try await terminal.wait(for: "config.yaml:2: unknown key colour")
      try terminal.press("T")
      try await terminal.wait(for: "> nord")
    }

    @Test("requirement 2: a server that is not there leaves the console usable")
    func opensWithoutServer() async throws {
      let workshop = try Workshop()
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30, line(workshop, "http://127.0.0.1:9"))
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("?")
      try await terminal.wait(for: "Keys: Workers")
    }

    @Test("requirement 3: a damaged registry is set aside and the message says where")
    func setsDamagedFileAside() async throws {
      let workshop = try Workshop()
      let state = "\(workshop.folder)/state"
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
      let rubbish = Data(String(repeating: "no database ", count: 500).utf8)
      try rubbish.write(to: URL(fileURLWithPath: "\(state)/registry.sqlite"))
      let terminal = try TmuxTerminal(columns: 160, rows: 30, line(workshop, "http://127.0.0.1:9"))
      try await terminal.wait(for: "registry.damaged-")
      let names = try FileManager.default.contentsOfDirectory(atPath: state)
      let aside = try #require(
        names.first { $0.hasPrefix("registry.damaged-") && $0.hasSuffix(".sqlite") })
      #expect(FileManager.default.contents(atPath: "\(state)/\(aside)") == rubbish)
    }

    /// The draft is on the disk before the screen can say more, but the write is not on the screen.
    private static func waitForDraft(_ text: String, _ workshop: Workshop) throws {
      let files = ["registry.sqlite", "registry.sqlite-wal"].map {
        "\(workshop.folder)/state/\($0)"
      }
      let deadline = Date.now.addingTimeInterval(1)
      while Date.now < deadline {
        let found = files.contains {
          FileManager.default.contents(atPath: $0)?.range(of: Data(text.utf8)) != nil
        }
        if found { return }
      }
      throw Child.Failure(description: "the draft was not kept within a second")
    }
  }
}
