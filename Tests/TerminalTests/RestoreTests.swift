import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("The binary in a real terminal", .timeLimit(.minutes(3)))
  struct RestoreTests {
    /// Runs the demo between two readings of the terminal's modes and says whether they are equal.
    private static func line(_ command: String) -> String {
      "printf '\\033]2;MINE\\007'; A=$(stty -g); \(command); echo \"status=$?\"; "
        + "if [ \"$A\" = \"$(stty -g)\" ]; then echo MODES-EQUAL; else echo MODES-DIFFER; fi"
    }

    private static var demo: String { "'\(TmuxTerminal.binary)' demo --speed 2" }

    /// Waits for the shell's own words, which the typed line does not hold in this form.
    private func ending(_ terminal: TmuxTerminal) async throws -> String {
      let shown = try await terminal.wait {
        $0.contains("\nMODES-EQUAL") || $0.contains("\nMODES-DIFFER")
      }
      #expect(
        try terminal.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{pane_title}")
          == "0 1 0 MINE")
      return shown
    }

    @Test("the demo shows live text, and q leaves the terminal as it was")
    func quits() async throws {
      let terminal = try TmuxTerminal(columns: 80, rows: 24, Self.line(Self.demo))
      let first = try await terminal.wait(for: "LIVE")
      #expect(first.contains("1 Workers 12"))
      #expect(first.contains("[2 Output]"))
      try await terminal.wait { $0 != first && $0.contains("LIVE") }
      try terminal.press("q")
      let shown = try await ending(terminal)
      #expect(shown.contains("status=0"))
      #expect(shown.contains("MODES-EQUAL"))
    }

    @Test(
      "a terminal without a screen to go back to has an empty row for the shell",
      arguments: [("q", "\nstatus=0"), ("ABRT", "\nAborted")])
    func leavesRow(_ end: String, _ words: String) async throws {
      let terminal = try TmuxTerminal(
        columns: 80, rows: 24, "TERM=vt100 \(Self.demo); echo status=$?")
      try await terminal.wait(for: "LIVE")
      if end == "q" {
        try terminal.press("q")
      } else {
        #expect(kill(try terminal.program, SIGABRT) == 0)
      }
      let shown = try await terminal.wait(for: "status=")
      #expect(shown.contains(words))
    }

    @Test(
      "requirement 10: a signal from outside gives the terminal back",
      arguments: ["TERM", "HUP", "INT", "SEGV", "TRAP", "ABRT", "ILL", "BUS", "FPE"])
    func survivesSignal(_ signal: String) async throws {
      let terminal = try TmuxTerminal(columns: 100, rows: 30, Self.line(Self.demo))
      try await terminal.wait(for: "LIVE")
      #expect(kill(try terminal.program, try #require(Self.numbers[signal])) == 0)
      let shown = try await ending(terminal)
      #expect(shown.contains("MODES-EQUAL"))
      #expect(
        shown.contains("status=\(Self.isGraceful(signal) ? 0 : 128 + (Self.numbers[signal] ?? 0))"))
    }

    @Test("the layout follows the size of the window while text streams")
    func resizes() async throws {
      let terminal = try TmuxTerminal(columns: 80, rows: 24, Self.demo)
      try await terminal.wait(for: "[2 Output]")
      try terminal.resize(columns: 120, rows: 40)
      try await terminal.wait { $0.contains("2 Output: ") && $0.contains("6 Cost and usage") }
      try terminal.resize(columns: 200, rows: 60)
      let wide = try await terminal.wait { Self.row(of: "3 Sources", $0) == 1 }
      #expect(Self.row(of: "2 Output", wide) == 1)
      try terminal.resize(columns: 28, rows: 6)
      try await terminal.wait {
        $0.contains(" run") && !$0.contains("signalbox") && !$0.contains("1 Workers")
      }
      try terminal.resize(columns: 80, rows: 24)
      try await terminal.wait(for: "[2 Output]")
    }

    @Test("ctrl-z gives the terminal to the shell, and fg brings the console back")
    func suspends() async throws {
      let modes = "[ \"$A\" = \"$(stty -g)\" ] && echo MODES''-EQUAL"
      let terminal = try TmuxTerminal(
        columns: 80, rows: 24, "set -m; A=$(stty -g); \(Self.demo); \(modes)")
      try await terminal.wait(for: "LIVE")
      try terminal.press("C-z")
      // The shell that has it now has the modes of before.
      try await terminal.wait { $0.contains("Stopped") && $0.contains("MODES-EQUAL") }
      #expect(try terminal.value("#{alternate_on}") == "0")
      try terminal.type("fg")
      try terminal.press("Enter")
      try await terminal.wait(for: "[2 Output]")
      #expect(try terminal.value("#{alternate_on}") == "1")
      // From outside, and a second time.
      #expect(kill(try terminal.program, SIGTSTP) == 0)
      try await terminal.wait { $0.components(separatedBy: "Stopped").count == 3 }
      try terminal.type("fg")
      try terminal.press("Enter")
      try await terminal.wait(for: "[2 Output]")
    }

    private static let numbers: [String: Int32] = [
      "TERM": SIGTERM, "HUP": SIGHUP, "INT": SIGINT, "SEGV": SIGSEGV, "TRAP": SIGTRAP,
      "ABRT": SIGABRT, "ILL": SIGILL, "BUS": SIGBUS, "FPE": SIGFPE,
    ]

    private static func isGraceful(_ signal: String) -> Bool {
      ["TERM", "HUP", "INT"].contains(signal)
    }

    private static func row(of text: String, _ screen: String) -> Int? {
      screen.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
        $0.contains(text)
      }
    }
  }
}
