import Foundation
import Support
import Testing

extension BinaryTests.RequirementTests {
  /// A console on a server of its own that plays so many times as fast as life.
  private func console(
    _ workshop: Workshop, speed: Int, scenario: String
  ) throws -> PseudoTerminal {
    let (address, _) = try workshop.serve(speed: speed, scenario: scenario)
    let terminal = try PseudoTerminal(
      ["--state", "\(workshop.folder)/state"],
      environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address], columns: 120,
      rows: 40)
    try terminal.read(until: "No workers yet.")
    return terminal
  }

  /// Types keys one by one, as fingers do.
  private func press(_ keys: [String], in terminal: PseudoTerminal) {
    for key in keys {
      terminal.write(key)
      _ = terminal.readings(for: 0.3)
    }
  }

  private func start(_ instruction: String, in terminal: PseudoTerminal) throws {
    press(["n", "\u{1B}[200~\(instruction)\u{1B}[201~"], in: terminal)
    terminal.write("\r")
    try terminal.read(until: "started: ")
  }

  /// How long keys wait for their answers, the shortest first.
  private func answers(of terminal: PseudoTerminal, count: Int) throws -> [Duration] {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for round in 0..<count {
      // Not in step with the frames.
      _ = terminal.readings(for: 0.03 + Double(round % 7) * 0.004)
      let start = clock.now
      // A field shows the cursor, and the panes hide it.
      terminal.write(round % 2 == 0 ? ":" : "\u{3}")
      try terminal.read(until: round % 2 == 0 ? "\u{1B}[?25h" : "\u{1B}[?25l")
      times.append(clock.now - start)
    }
    return times.sorted()
  }

  /// Processor time in hundredths of a second, and resident memory in KiB, proc(5).
  private static func usage(of program: pid_t) throws -> (ticks: Int, memory: Int) {
    let stat = try String(contentsOfFile: "/proc/\(program)/stat", encoding: .utf8)
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    let status = try String(contentsOfFile: "/proc/\(program)/status", encoding: .utf8)
    let memory = status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/).flatMap { Int($0.1) } ?? 0
    return ((Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0), memory)
  }

  @Test("requirement 20: while twenty thousand lines a second come, keys have answers in 100 ms")
  func answersInFlood() throws {
    let workshop = try Workshop()
    // Two hundred lines a second, a hundred times as fast.
    let terminal = try console(workshop, speed: 100, scenario: "handbook")
    try start("Write 1000000 lines", in: terminal)
    _ = terminal.readings(for: 2)
    let times = try answers(of: terminal, count: 200)
    #expect(times[197] < .milliseconds(100), "99th percentile \(times[197]), longest \(times[199])")
    // It did not end meanwhile, and what comes is still drawn.
    #expect(terminal.readings(for: 2).map(\.text.utf8.count).reduce(0, +) > 1_000)
  }

  @Test("requirement 8: three workers at fifty lines a second take no tenth of a core")
  func followsThree() throws {
    // The server is a part of this program, so that what it takes is counted, too.
    let scenarios = (0..<3).flatMap { _ in ["--scenario", "handbook"] }
    let terminal = try PseudoTerminal(
      ["demo", "--rate", "50"] + scenarios, environment: [:], columns: 120, rows: 40)
    try terminal.read(until: "LIVE")
    _ = terminal.readings(for: 3)
    let before = try Self.usage(of: terminal.pid)
    // The time itself is what is measured.
    let bytes = terminal.readings(for: 10).map(\.text.utf8.count).reduce(0, +)
    let used = try Self.usage(of: terminal.pid).ticks - before.ticks
    #expect(used < 100, "\(used) hundredths of a second in ten seconds")
    #expect(bytes > 10_000)
  }

  @Test("requirement 8: after eight hours memory is flat and keys are as quick as at first")
  func staysFlat() throws {
    let workshop = try Workshop()
    // A run is an hour's work, and the next one begins a second after it.
    let terminal = try console(workshop, speed: 1_000, scenario: "marathon")
    try start("Watch the cold store", in: terminal)
    let right = "\u{1B}[C"
    press(["5", "n", right, right, right, "\t", "\u{15}", "1", "s", "\r"], in: terminal)
    // By then as much of the text, and as many of its parts, are in memory as are kept there.
    try reach(12, in: terminal)
    let early = try restingMemory(of: terminal)
    let quick = try answers(of: terminal, count: 40)[20]
    try reach(20, in: terminal)
    let late = try restingMemory(of: terminal)
    let quickLater = try answers(of: terminal, count: 40)[20]
    #expect(Double(late) < Double(early) * 1.1, "\(early) KiB, then \(late) KiB")
    #expect(quickLater < max(quick * 2, .milliseconds(20)), "\(quick), then \(quickLater)")
  }

  /// Reads on until this turn of the worker's is shown.
  private func reach(_ turn: Int, in terminal: PseudoTerminal) throws {
    for _ in 0..<120 {
      // The whole screen says it; what changes of it need not.
      terminal.write("\u{c}")
      let shown = terminal.readings(for: 1).map(\.text).joined()
      let turns = shown.matches(of: /turn ([0-9]+)\//).compactMap { Int($0.1) }
      if let last = turns.last, last >= turn { return }
    }
    Issue.record("turn \(turn) did not come")
  }

  /// Resident memory in KiB between answers: the least of some seconds, for each answer holds all
  /// turns and is in memory while it is read.
  private func restingMemory(of terminal: PseudoTerminal) throws -> Int {
    try (0..<16).map { _ in
      _ = terminal.readings(for: 0.5)
      return try Self.usage(of: terminal.pid).memory
    }.min() ?? 0
  }
}
