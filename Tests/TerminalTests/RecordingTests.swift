import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("Recording a console that runs", .timeLimit(.minutes(3)))
  struct RecordingTests {
    @Test("what goes over the wire is recorded, and played on the same terminal")
    func roundTrip() async throws {
      let workshop = try Workshop()
      let path = "\(workshop.folder)/night.jsonl"
      let terminal = try TmuxTerminal(
        columns: 140, rows: 30, "'\(TmuxTerminal.binary)' demo --scenario research")
      try await terminal.wait(for: "LIVE")
      try await command("record \(path)", terminal)
      try await terminal.wait { $0.contains("  REC  ") && $0.contains("recorded to \(path)") }
      try await command("record \(path)", terminal)
      try await terminal.wait(for: "a recording goes on already")
      try await command("record", terminal)
      try await terminal.wait { $0.contains("the recording is over") && !$0.contains("  REC  ") }
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count > 1 && lines[1].contains("/api/workers"))
      try await command("record \(path)", terminal)
      try await terminal.wait(for: "cannot record")
      try await command("replay \(path)", terminal)
      try await terminal.wait(for: "REPLAY x1")
      try terminal.press("F10")
      try await terminal.wait { $0.contains("LIVE") && !$0.contains("REPLAY") }
      try await command("replay /nowhere", terminal)
      try await terminal.wait(for: "not played: 'signalbox replay /nowhere' says why")
      try terminal.press("F10")
      try await terminal.wait { !$0.contains("LIVE") }
    }

    /// The line is opened first and pasted with markers: without them the Enter would be text.
    private func command(_ line: String, _ terminal: TmuxTerminal) async throws {
      try terminal.press(":")
      try await terminal.wait(for: "┌─ Command")
      try terminal.paste(line)
      try await terminal.wait(for: "│ \(line)")
      try terminal.press("Enter")
    }
  }
}
