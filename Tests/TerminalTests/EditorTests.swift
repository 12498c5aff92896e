import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("An editor in a real terminal", .timeLimit(.minutes(3)))
  struct EditorTests {
    let workshop: Workshop

    init() throws { workshop = try Workshop() }

    /// The console with a shell script as its editor, with the composer open and a text in it.
    private func compose(_ script: String) async throws -> TmuxTerminal {
      let path = "\(workshop.folder)/my editor"
      try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30,
        "set -m; A=$(stty -g); VISUAL=\"'\(path)' -x\" HANDINGER_API_KEY=k "
          + "HANDINGER_BASE_URL=http://127.0.0.1:9 '\(TmuxTerminal.binary)' --state "
          + "'\(workshop.folder)/state'; echo \"status=$?\"; "
          + "[ \"$A\" = \"$(stty -g)\" ] && echo MODES''-EQUAL")
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("n")
      try await terminal.wait(for: "What should it do?")
      try terminal.type("Count the bridges")
      try await terminal.wait(for: "3 words")
      return terminal
    }

    private var leftFiles: [String] {
      (try? FileManager.default.subpathsOfDirectory(atPath: "\(workshop.folder)/state/edit")) ?? []
    }

    private func leave(_ terminal: TmuxTerminal) async throws {
      try terminal.press("Escape")
      try await terminal.wait(for: "draft kept")
      try terminal.press("F10")
      let shown = try await terminal.wait(for: "MODES-EQUAL")
      #expect(shown.contains("status=0"))
      #expect(try terminal.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    }

    @Test("has the terminal as the shell does, and what it writes comes back")
    func edits() async throws {
      let terminal = try await compose(
        #"""
        [ "$1" = -x ] && shift
        stat -c %a "$1" "$(dirname "$1")"
        stty -a | grep -q ' icanon' && printf 'modes of a shell\n'
        read -r line
        printf ' of %s\n' "$line" >> "$1"
        """#)
      try terminal.press("C-g")
      let shown = try await terminal.wait(for: "modes of a shell")
      #expect(shown.hasPrefix("600\n700\n") || shown.contains("\n600\n700\n"))
      #expect(try terminal.value("#{alternate_on}") == "0")
      try terminal.type("Prague")
      try terminal.press("Enter")
      try await terminal.wait {
        $0.contains("Count the bridges of Prague") && $0.contains("5 words")
      }
      #expect(try terminal.value("#{alternate_on}") == "1")
      #expect(leftFiles == [])
      try await leave(terminal)
    }

    @Test("that is killed with its modes on leaves text and terminal as they were")
    func survivesKill() async throws {
      let terminal = try await compose(
        #"""
        printf '\033[?1049h\033[?1000h\033[?25l\033[5;9r'
        stty raw -echo
        kill -9 $$
        """#)
      try terminal.press("C-g")
      let shown = try await terminal.wait(for: "was killed by signal 9; the text is as it was")
      #expect(shown.contains("Count the bridges"))
      #expect(try terminal.value("#{alternate_on} #{mouse_any_flag}") == "1 0")
      #expect(leftFiles == [])
      try terminal.type(" of Prague")
      try await terminal.wait(for: "Count the bridges of Prague")
      try await leave(terminal)
    }

    @Test("that ctrl-c ends does not end the console")
    func survivesInterrupt() async throws {
      let terminal = try await compose("echo waiting; sleep 600")
      try terminal.press("C-g")
      try await terminal.wait(for: "waiting")
      try terminal.press("C-c")
      try await terminal.wait(for: "was killed by signal 2; the text is as it was")
      try await leave(terminal)
    }

    @Test("stopped by ctrl-z stops the console with it, and fg brings the editor back")
    func suspends() async throws {
      let terminal = try await compose(
        #"echo waiting; read -r line; printf ' %s' "$line" >> "$2""#)
      try terminal.press("C-g")
      try await terminal.wait(for: "waiting")
      try terminal.press("C-z")
      try await terminal.wait(for: "Stopped")
      try terminal.type("fg")
      try terminal.press("Enter")
      try terminal.type("of Prague")
      try terminal.press("Enter")
      try await terminal.wait { $0.contains("of Prague") && $0.contains("5 words") }
      #expect(try terminal.value("#{alternate_on}") == "1")
    }

    @Test("goes when the terminal goes, and the console too, with the draft kept")
    func goesWithTerminal() async throws {
      let terminal = try await compose("echo \"pid $$\"; sleep 600")
      try terminal.press("C-g")
      let shown = try await terminal.wait(for: "pid ")
      let editor = try #require(
        shown.split(separator: "\n").first { $0.hasPrefix("pid ") }.flatMap {
          pid_t($0.dropFirst(4))
        })
      let console = try terminal.program
      #expect(kill(console, SIGTERM) == 0)
      let after = try await terminal.wait(for: "MODES-EQUAL")
      #expect(after.contains("status=0"))
      // Nobody may have asked yet how it ended.
      let state = try? String(contentsOfFile: "/proc/\(editor)/stat", encoding: .utf8)
      #expect(state?.contains(") Z ") ?? true)
      #expect(try terminal.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    }
  }
}
