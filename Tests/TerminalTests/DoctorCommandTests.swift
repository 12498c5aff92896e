import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("The doctor's command", .timeLimit(.minutes(1)))
  struct DoctorCommandTests {
    @Test("a console that could work is ended with 0, and the page says what was looked at")
    func sound() throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let ending = try workshop.run(
        ["doctor", "--state", "\(workshop.folder)/state"],
        environment: [
          "HANDINGER_API_KEY": "secret-k", "HANDINGER_BASE_URL": address, "TERM": "xterm-256color",
        ])
      #expect(ending.status == 1)
      #expect(ending.output.contains("HTTP 401"))
      #expect(!ending.output.contains("secret-k"))
      let good = try workshop.run(
        ["doctor", "--state", "\(workshop.folder)/state"],
        environment: [
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address, "TERM": "xterm-256color",
        ])
      #expect(good.status == 0, "\(good)")
      for words in ["known to terminfo", "HTTP 404", "the key is accepted", "none yet", "ncurses"] {
        #expect(good.output.contains(words), "\(words)")
      }
    }

    @Test("as JSON it is one document, and what is bad is its status")
    func json() throws {
      let ending = try Workshop().run(
        ["doctor", "--json"],
        environment: [
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9", "TERM": "dumb",
        ])
      #expect(ending.status == 1)
      let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
      let findings = try #require(json?["findings"] as? [[String: Any]])
      let bad = findings.filter { $0["judgement"] as? String == "bad" }.compactMap {
        $0["name"] as? String
      }
      #expect(bad == ["TERM", "reach"])
      #expect(json?["bad"] as? Bool == true)
    }

    @Test(
      "requirement 13: a lone Esc is waited for 25 ms here and 100 ms over SSH",
      arguments: [("", "25 ms"), ("10.0.0.1 5000 10.0.0.2 22", "100 ms")])
    func escapeDelay(_ connection: String, _ delay: String) throws {
      let ending = try Workshop().run(
        ["doctor", "--json"],
        environment: [
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9",
          "TERM": "xterm-256color", "SSH_CONNECTION": connection, "SSH_TTY": "", "SSH_CLIENT": "",
        ])
      let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
      let findings = try #require(json?["findings"] as? [[String: Any]])
      let finding = findings.first { $0["name"] as? String == "ESC delay" }
      #expect((finding?["value"] as? String)?.hasPrefix(delay) == true, "\(finding ?? [:])")
    }

    /// What the document says of the terminal's own widths, by sample.
    private func widths(_ document: Data) throws -> [String: Int?] {
      let json = try JSONSerialization.jsonObject(with: document) as? [String: Any]
      let list = try #require(json?["widths"] as? [[String: Any]])
      var found: [String: Int?] = [:]
      for sample in list {
        found.updateValue(sample["terminal"] as? Int, forKey: sample["name"] as? String ?? "")
      }
      return found
    }

    @Test("the terminal is asked while the document goes to a file, and is left as it was")
    func jsonToFile() async throws {
      let workshop = try Workshop()
      let file = "\(workshop.folder)/doctor.json"
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30,
        "clear; A=$(stty -g); HANDINGER_API_KEY=k HANDINGER_BASE_URL=http://127.0.0.1:9 "
          + "'\(TmuxTerminal.binary)' doctor --json --state \(workshop.folder)/state > \(file); "
          + "echo \"status=$?\"; [ \"$A\" = \"$(stty -g)\" ]; echo \"modes=$?\"")
      let shown = try await terminal.wait { $0.contains("modes=0") || $0.contains("modes=1") }
      // The line itself is cleared, so there is nothing but what was printed.
      #expect(shown.split(separator: "\n").prefix(2) == ["status=1", "modes=0"])
      let seen = try widths(Data(contentsOf: URL(fileURLWithPath: file)))
      #expect(seen.count == 7 && seen.values.allSatisfy { $0 != nil }, "\(seen)")
      #expect(seen["CJK"] == 2 && seen["combining mark"] == 1 && seen["box drawing"] == 1)
    }

    @Test("where there is no terminal, the document says that nobody knows what it would draw")
    func jsonWithoutTerminal() throws {
      let ending = try Child.run(
        ["setsid", "--wait", TmuxTerminal.binary, "doctor", "--json"],
        environment: Child.environment([
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9",
          "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
        ]))
      #expect(!ending.output.contains("\u{1B}"))
      let seen = try widths(Data(ending.output.utf8))
      #expect(seen.count == 7 && seen.values.allSatisfy { $0 == nil }, "\(seen)")
    }

    @Test("a terminal that does not answer is not drawn to, and costs a moment")
    func silentTerminal() throws {
      let terminal = try PseudoTerminal(
        ["doctor", "--json"],
        environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9"])
      let text = terminal.readings(for: 5).map(\.text).joined()
      #expect(text.hasPrefix("\u{1B}[6n{"))
      #expect(text.contains(#""name":"CJK","ours":2,"library":2,"terminal":null"#))
    }

    @Test("in the console the page has what the terminal draws, and nothing of it is left")
    func console() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try TmuxTerminal(
        columns: 120, rows: 60,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=\(address) "
          + "'\(TmuxTerminal.binary)' --state \(workshop.folder)/state")
      try await terminal.wait(for: "No workers yet.")
      try terminal.press(":")
      try await terminal.wait(for: "┌─ Command")
      try terminal.paste("doctor")
      try await terminal.wait(for: "│ doctor")
      try terminal.press("Enter")
      try await terminal.wait(for: "2 columns, and so says the terminal")
      try terminal.press("Escape")
      let after = try await terminal.wait { !$0.contains("─ Doctor") }
      #expect(after.contains("No workers yet."))
      for sample in ["東", "🎉", "⚠", "±"] { #expect(!after.contains(sample)) }
      try terminal.press(":")
      try await terminal.wait(for: "┌─ Command")
    }

    @Test("what the terminal answers when the console is being left is not typed into the shell")
    func lateAnswers() throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try PseudoTerminal(
        running: [
          "/bin/bash", "-c",
          "'\(TmuxTerminal.binary)' --state \(workshop.folder)/state; "
            + "IFS= read -rs -n 1 -t 1 typed; printf 'typed=%q;' \"$typed\"",
        ],
        environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address])
      try terminal.read(until: "No workers yet.")
      terminal.write(":")
      try terminal.read(until: "Command")
      terminal.write("doctor")
      // An enter that comes at once with letters is a paste's.
      _ = terminal.readings(for: 0.3)
      terminal.write("\r")
      // Seven samples, then the cursor where it was.
      try terminal.read(until: "\u{1B}[6n\u{1B}8")
      // F10 leaves; a slow link brings the answers later.
      terminal.write("\u{1B}[21~")
      _ = terminal.readings(for: 0.1)
      terminal.write((0..<7).map { "\u{1B}[30;\($0 + 2)R" }.joined())
      try terminal.read(until: "typed='';")
    }
  }
}
