import Fleet
import Foundation
import Registry
import Support
import Testing

extension BinaryTests {
  /// The twenty requirements of the product, those about terminals, each by its number.
  @Suite("Requirements of the terminal", .timeLimit(.minutes(5)))
  struct RequirementTests {
    @Test("requirement 8: while nothing runs, the program does nothing")
    func idles() async throws {
      let scenarios = String(repeating: " --scenario fails", count: 20)
      let terminal = try TmuxTerminal(
        columns: 100, rows: 30, "'\(TmuxTerminal.binary)' demo --speed 1000\(scenarios)")
      // The one on the screen may have been seen to fail: it counts too.
      try await terminal.wait { shown in
        let header = shown.prefix { $0 != "\n" }
        return header.contains("20 fail") && !header.contains(" run ")
      }
      let program = try terminal.program
      // The last figures and the drafts of a start are on their way for a moment.
      try await Task.sleep(for: .seconds(3))
      let before = try Self.ticks(of: program)
      // The time itself is what is measured.
      try await Task.sleep(for: .seconds(10))
      let used = try Self.ticks(of: program) - before
      #expect(used <= 3, "\(used) hundredths of a second in ten seconds")
    }

    /// Processor time in hundredths of a second, proc(5).
    private static func ticks(of program: pid_t) throws -> Int {
      let text = try String(contentsOfFile: "/proc/\(program)/stat", encoding: .utf8)
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
    }

    @Test("requirement 9: when the terminal is gone, the program is gone, and the draft is kept")
    func leavesNoOrphan() async throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let terminal = try PseudoTerminal(
        ["--state", "\(workshop.folder)/state"],
        environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address])
      try terminal.read(until: "No workers yet.")
      terminal.write("n")
      try terminal.read(until: "New worker")
      terminal.write("Unfinished")
      try terminal.read(until: "Unfinished")
      terminal.close()
      #expect(terminal.ends(within: 1))
      let recollection = try await Registry.open(folder: "\(workshop.folder)/state").recall()
      #expect(recollection.drafts.map(\.text) == ["Unfinished"])
    }

    @Test("requirement 9: when tmux kills its pane in the middle of a flood, the program is gone")
    func leavesKilledPane() async throws {
      let workshop = try Workshop()
      let pipe = "\(workshop.folder)/life"
      #expect(mkfifo(pipe, 0o600) == 0)
      let life = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      defer { close(life) }
      let terminal = try TmuxTerminal(
        columns: 120, rows: 40,
        "'\(TmuxTerminal.binary)' demo --scenario lines --rate 2000 9>'\(pipe)'")
      try await terminal.wait(for: "LIVE")
      terminal.close()
      // Its end of the pipe closes with it.
      var event = pollfd(fd: life, events: 0, revents: 0)
      #expect(poll(&event, 1, 1_000) > 0 && event.revents & Int16(POLLHUP) != 0)
    }

    @Test("requirement 10: after SIGKILL no mouse is left on, and the next start cleans the rest")
    func cleansUp() async throws {
      let demo = "'\(TmuxTerminal.binary)' demo"
      let terminal = try TmuxTerminal(
        columns: 80, rows: 24, "A=$(stty -g); \(demo); echo killed; stty $A; echo; echo mended")
      try await terminal.wait(for: "LIVE")
      #expect(kill(try terminal.program, SIGKILL) == 0)
      try await terminal.wait(for: "mended")
      #expect(try terminal.value("#{mouse_any_flag}") == "0")
      // Nobody cleaned the screen: what stands on it is of the first start.
      try terminal.type("clear")
      try terminal.press("Enter")
      try await terminal.wait { !$0.contains("LIVE") }
      // What another program may have left on.
      try terminal.type("printf '\\033[?1000h\\033[?1006h'; \(demo)")
      try terminal.press("Enter")
      try await terminal.wait(for: "LIVE")
      #expect(try terminal.value("#{mouse_any_flag}") == "0")
      try terminal.press("q")
      try await terminal.wait { !$0.contains("LIVE") }
      #expect(try terminal.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    }

    @Test(
      "requirement 13: an arrow key that comes byte by byte moves the list and does nothing else",
      arguments: ["", "SSH_CONNECTION='1 2 3 4' "], [20, 60, 90])
    func joinsSplitKeys(_ variables: String, _ gap: Int) async throws {
      let terminal = try TmuxTerminal(
        columns: 120, rows: 40, "\(variables)'\(TmuxTerminal.binary)' demo --workers 6")
      let first = try await terminal.wait(for: "LIVE")
      try terminal.press("g")
      let top = try await terminal.wait { Self.shownWorker($0) != nil }
      for byte in ["1b", "5b", "42"] {
        try terminal.press("-H", byte)
        // The gap is what this test is about.
        try await Task.sleep(for: .milliseconds(gap))
      }
      let moved = try await terminal.wait { Self.shownWorker($0) != Self.shownWorker(top) }
      #expect(Self.shownWorker(moved) != nil)
      for word in ["does nothing", "New worker", "Continue", "Forget", "quits"] {
        #expect(!moved.contains(word), "\(word) after \(first.count)")
      }
    }

    /// The title of the output pane, which follows the selection.
    private static func shownWorker(_ screen: String) -> String? {
      guard let range = screen.range(of: "2 Output: ") else { return nil }
      return String(screen[range.upperBound...].prefix { $0 != "─" && $0 != "\n" })
        .components(separatedBy: "  ").first
    }

    @Test("requirement 11: what V breaks is one line for the terminal's own selection")
    func joinsLines() async throws {
      let terminal = try TmuxTerminal(columns: 80, rows: 24, "'\(TmuxTerminal.binary)' demo")
      try await terminal.wait(for: "LIVE")
      try terminal.press("/")
      try await terminal.wait(for: "enter keep")
      try terminal.paste("Delivery vans")
      try await terminal.wait(for: "1/12")
      try terminal.press("Enter")
      try await terminal.wait { !$0.contains("enter keep") }
      try terminal.press("2", "V", "G")
      let sentence = "Start with one depot"
      try await terminal.wait(for: sentence)
      let long = { (screen: String) in
        screen.split(separator: "\n").filter { $0.contains(sentence) }.map(\.count)
      }
      #expect(try long(terminal.screen).allSatisfy { $0 <= 80 })
      #expect(try long(terminal.joinedScreen).allSatisfy { $0 > 80 })
      // Further up the rows are other lines, and none of them is taken for this one.
      try terminal.press("g")
      try await terminal.wait { !$0.contains(sentence) }
      let joined = try terminal.joinedScreen.split(separator: "\n")
      #expect(joined.allSatisfy { $0.count < 1_000 })
    }

    @Test("requirement 17: at 80x24 three lines are chrome, and all others belong to panes")
    func leavesRoom() async throws {
      let terminal = try TmuxTerminal(
        columns: 80, rows: 24, "'\(TmuxTerminal.binary)' demo --speed 2")
      let shown = try await terminal.wait { $0.contains("LIVE") && $0.contains("? help") }
      let rows = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(rows[0].hasPrefix("signalbox"))
      #expect(rows[22].contains("? help"))
      #expect(rows[1].hasPrefix("── 1 Workers"))
      #expect(rows[1...21].count { $0.hasPrefix("── ") } == 2)
      try terminal.press("2", "+", "+")
      let zoomed = try await terminal.wait { !$0.contains("1 Workers 12") }
      let all = zoomed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(all[1...21].count { $0.hasPrefix("── ") } == 1)
      #expect(all[2...21].allSatisfy { !$0.hasPrefix("│") })
    }
  }
}
