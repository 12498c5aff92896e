import Fleet
import Foundation
import Registry
import Support
import Testing
import WorkerServer

extension BinaryTests.RequirementTests {
  /// Lines that would quit, forget, send or answer a question if they were keys.
  private static let lines = (1...50).map { number in
    ["q", "Dy", "yes", "n order \(number)", ":q", "", "c now \(number)", "AAAA"][number % 8]
  }

  /// Seven bytes at a time, 30 ms apart, as a slow link hands on what a clipboard gave.
  private static func trickle(_ text: String, into terminal: PseudoTerminal) {
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
      terminal.write(String(decoding: bytes[start..<min(start + 7, bytes.count)], as: UTF8.self))
      // The gap is what this test is about.
      _ = terminal.readings(for: 0.03)
    }
  }

  @Test(
    "requirement 4: fifty lines pasted in pieces over a slow link are text, and nothing is sent",
    arguments: [false, true])
  func trickles(hasMarkers: Bool) async throws {
    let workshop = try Workshop()
    let server = try await CountedServer()
    let terminal = try PseudoTerminal(
      ["--state", "\(workshop.folder)/state"], environment: server.environment)
    try terminal.read(until: "No workers yet.")
    terminal.write("n")
    try terminal.read(until: "New worker")
    // Terminals end the lines of a paste with CR.
    let text = Self.lines.joined(separator: "\r")
    Self.trickle(hasMarkers ? "\u{1B}[200~\(text)\u{1B}[201~" : text, into: terminal)
    // Behind it a key is a key again; the wait is the guard's own.
    _ = terminal.readings(for: 0.4)
    terminal.write("!")
    _ = terminal.readings(for: 0.2)
    terminal.close()
    #expect(terminal.ends(within: 1))
    let drafts = try await Registry.open(folder: "\(workshop.folder)/state").recall().drafts
    #expect(drafts.map(\.text) == [Self.lines.joined(separator: "\n") + "!"])
    #expect(server.orders == [])
  }

  @Test("requirement 4: a paste into the panes, in pieces and without markers, is no key at all")
  func tricklesPastPanes() async throws {
    let workshop = try Workshop()
    let server = try await CountedServer { $0.speed = 1_000 }
    let state = "\(workshop.folder)/state"
    let terminal = try PseudoTerminal(["--state", state], environment: server.environment)
    try terminal.read(until: "No workers yet.")
    terminal.write("n")
    try terminal.read(until: "New worker")
    terminal.write("\u{1B}[200~Count the bridges\u{1B}[201~")
    try terminal.read(until: "bridges")
    terminal.write("\r")
    try terminal.read(until: "started: ")
    let before = server.orders
    #expect(before.count == 1)
    _ = terminal.readings(for: 0.5)
    // Its first piece is no single key: a clipboard gives at least a word.
    Self.trickle("Dynamic\rqy\r" + Self.lines.joined(separator: "\r"), into: terminal)
    _ = terminal.readings(for: 0.4)
    terminal.write("?")
    try terminal.read(until: "Keys: ")
    terminal.signal(SIGTERM)
    #expect(terminal.ends(within: 1))
    let kept = try await Registry.open(folder: state).recall()
    #expect(kept.workers.map(\.instruction) == ["Count the bridges"])
    #expect(kept.workers.map(\.isArchived) == [false])
    #expect(kept.drafts.filter { !$0.text.isEmpty } == [])
    #expect(server.orders == before)
  }
}
