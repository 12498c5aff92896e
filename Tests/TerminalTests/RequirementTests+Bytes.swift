import Glibc
import Support
import Testing

extension BinaryTests.RequirementTests {
  @Test("requirement 7: while nothing runs, not a byte is written but for the minute of the clock")
  func writesNothingIdle() throws {
    let scenarios = (0..<5).flatMap { _ in ["--scenario", "fails"] }
    let terminal = try PseudoTerminal(["demo", "--speed", "1000"] + scenarios, environment: [:])
    try terminal.read(until: "fail")
    // The last figures of a start come in over some seconds.
    _ = terminal.readings(for: 8)
    // The time itself is what is measured; a minute that begins is drawn within a second.
    let readings = terminal.readings(for: 12).filter {
      $0.at.truncatingRemainder(dividingBy: 60) > 1.5
    }
    #expect(readings.map(\.text) == [])
    // It was silent, not gone.
    terminal.write(":")
    try terminal.read(until: "Command")
  }

  @Test("requirement 7: a line that comes is some hundred bytes, and nothing is cleared for it")
  func writesLittle() throws {
    let terminal = try PseudoTerminal(
      ["demo", "--scenario", "lines", "--rate", "4"], environment: [:], columns: 80, rows: 24)
    try terminal.read(until: "LIVE")
    _ = terminal.readings(for: 3)
    let text = terminal.readings(for: 8).map(\.text).joined()
    // Thirty-two lines, with the second hand of eight seconds.
    #expect((500..<32 * 400).contains(text.utf8.count), "\(text.utf8.count) bytes")
    for clear in ["\u{1B}[2J", "\u{1B}[H\u{1B}[J", "\u{1B}[3J"] { #expect(!text.contains(clear)) }
  }

  @Test(
    "requirement 9: a terminal that takes nothing holds the end up for no second",
    arguments: [SIGTERM, SIGHUP])
  func endsWhileStuck(_ signal: Int32) throws {
    let terminal = try PseudoTerminal(["demo"], environment: [:], columns: 200, rows: 60)
    try terminal.read(until: "LIVE")
    // Each draws the whole screen, which is more than the terminal holds while nobody reads.
    for _ in 0..<5 { terminal.write("\u{c}") }
    #expect(!terminal.ends(within: 1))
    terminal.signal(signal)
    #expect(terminal.ends(within: 1))
  }
}
