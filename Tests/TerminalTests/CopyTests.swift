import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("Copying from the binary", .timeLimit(.minutes(3)))
  struct CopyTests {
    private static let demo = "'\(TmuxTerminal.binary)' demo --speed 2"
    private static let xterm = "TERM=xterm-256color"

    /// Copies the selected worker's id; answers what the message line says of it.
    private func copyID(_ terminal: TmuxTerminal, until words: String) async throws -> String {
      try await terminal.wait(for: "LIVE")
      try terminal.press("1", "y")
      try await terminal.wait(for: "─ Copy ")
      try terminal.press("i")
      let shown = try await terminal.wait(for: words)
      return shown.split(separator: "\n").last { $0.hasPrefix("> ") }.map(String.init) ?? ""
    }

    private func isID(_ text: String?) -> Bool {
      text?.hasPrefix("t_org_") == true && text?.contains("\n") == false
    }

    @Test("requirement 11: in tmux, with no option set, the text is in tmux's buffer")
    func tmux() async throws {
      let terminal = try TmuxTerminal(columns: 120, rows: 30, Self.demo)
      let said = try await copyID(terminal, until: "tmux's buffer")
      #expect(said.contains("B, in tmux's buffer; tmux was asked to pass it to the clipboard"))
      #expect(isID(terminal.buffer))
    }

    @Test("requirement 11: a terminal that takes OSC 52 has the text")
    func bare() async throws {
      let terminal = try TmuxTerminal(
        columns: 120, rows: 30, "env -u TMUX \(Self.xterm) \(Self.demo)")
      try terminal.set("set-clipboard", "on")
      let said = try await copyID(terminal, until: "by OSC 52")
      #expect(said.contains("sent to the terminal by OSC 52; whether it was taken is not known"))
      #expect(isID(terminal.buffer))
    }

    @Test("requirement 11: what is more than a terminal takes is a file, and nothing is sent")
    func overCap() async throws {
      let workshop = try Workshop()
      let terminal = try PseudoTerminal(
        [
          "demo", "--scenario", "handbook", "--rate", "5000", "--state", "\(workshop.folder)/state",
        ], environment: [:])
      try terminal.read(until: "LIVE")
      _ = terminal.readings(for: 2)
      var bytes = ""
      for key in ["2", "y", "o"] {
        terminal.write(key)
        bytes += terminal.readings(for: 0.5).map(\.text).joined()
      }
      #expect(bytes.contains("too large for the clipboard"))
      #expect(!bytes.contains("\u{1B}]52"))
      let folder = "\(workshop.folder)/state/copies"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      let file = try #require(FileManager.default.contents(atPath: "\(folder)/\(names[0])"))
      #expect(names.count == 1 && file.count > 56_244)
    }

    @Test("requirement 11: through screen, the terminal behind it has the text")
    func screen() async throws {
      let folder = NSTemporaryDirectory() + "screen-" + UUID().uuidString
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let terminal = try TmuxTerminal(
        columns: 120, rows: 30,
        "env -u TMUX \(Self.xterm) SCREENDIR=\(folder) screen -U -c /dev/null \(Self.demo)")
      try terminal.set("set-clipboard", "on")
      let said = try await copyID(terminal, until: "by OSC 52")
      #expect(said.contains("sent through screen by OSC 52"))
      #expect(isID(terminal.buffer))
    }

    @Test(
      "requirement 11: where tmux's command fails, the passthrough brings it to the terminal behind tmux"
    )
    func passthrough() async throws {
      let inner = "inner-\(getpid())-\(UInt32.random(in: 0 ... .max))"
      let console = "env TMUX=/nowhere,1,0 \(Self.demo)"
      let terminal = try TmuxTerminal(
        columns: 120, rows: 30,
        "env -u TMUX \(Self.xterm) tmux -u -L \(inner) -f /dev/null"
          + " new-session \"\(console)\" \\; set -g allow-passthrough on")
      defer {
        _ = try? Child.run(
          ["tmux", "-L", inner, "kill-server"], environment: Child.environment([:]))
      }
      try terminal.set("set-clipboard", "on")
      let said = try await copyID(terminal, until: "by OSC 52")
      #expect(said.contains("sent through tmux by OSC 52"))
      #expect(isID(terminal.buffer))
    }

    @Test(
      "requirement 11: what cannot take it gets no sequence: the text is a file, and the message says where"
    )
    func file() async throws {
      let terminal = try TmuxTerminal(
        columns: 120, rows: 30, "env -u TMUX TERM=vt220 LC_ALL=C.UTF-8 \(Self.demo)")
      try terminal.set("set-clipboard", "on")
      let said = try await copyID(terminal, until: "copied.txt")
      #expect(said.contains("this terminal has no clipboard for the id"))
      #expect(said.hasSuffix("/copies/copied.txt"))
      #expect(terminal.buffer == nil)
    }
  }
}
