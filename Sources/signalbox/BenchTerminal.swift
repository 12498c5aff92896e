import Canvas
import WorkerAPI
import WorkerServer

/// What the console takes, measured from outside through a pseudo-terminal, with other programs
/// beside it.
struct BenchTerminal {
  /// Shorter times, for a look in between.
  var isQuick: Bool
  /// Whether less and lnav are measured too.
  var compares: Bool
  /// How the names of the rows begin that are wanted.
  var only = ""

  static let wide = Size(columns: 120, rows: 40)
  static let small = Size(columns: 80, rows: 24)

  var viewers: [BenchViewer] { compares ? BenchViewer.allCases.filter { $0.path != nil } : [] }

  /// Reports each row as soon as it is known.
  func run(_ report: (BenchRow) -> Void) async throws {
    if wants(.idleBytes) { for row in try await idle() { report(row) } }
    if wants(.followBytes) { for row in try await follow() { report(row) } }
    if wants(.floodBytes) { for row in try await flood() { report(row) } }
    if wants(.line) { report(try await appended()) }
    if wants(.firstFrame) { for row in try await start() { report(row) } }
    if wants(.memory) { for row in try await memory() { report(row) } }
  }

  private func wants(_ name: BenchRow.Name) -> Bool { name.rawValue.hasPrefix(only) }

  /// Twenty finished workers, and nothing to do.
  private func idle() async throws -> [BenchRow] {
    let station = try await BenchStation(
      (0..<20).map { number in
        Part(
          title: "Worker \(number)", instruction: "Compare the prices of supplier \(number).",
          budget: .low, scenario: "composed", startedSecondsAgo: 4_000 + Double(number) * 60,
          seed: UInt64(number))
      })
    defer { station.close() }
    let seconds = isQuick ? 12.0 : 60
    let console = try station.console(Self.wide)
    defer { console.end() }
    // Until each worker was asked once: their last figures come in over ten seconds.
    console.settle(quiet: 8)
    let ours = BenchSpan(of: console, seconds: seconds) { console.readings(until: $0) }
    var rows = [
      BenchRow(name: .idleBytes, value: Double(ours.bytesBesideMinute)),
      BenchRow(name: .idleProcessor, value: ours.processor),
    ]
    for viewer in viewers {
      let file = try BenchFile(lines: 1_000)
      defer { file.close() }
      let terminal = try start(viewer, file, Self.wide)
      defer { terminal.end() }
      let theirs = BenchSpan(of: terminal, seconds: seconds) { terminal.readings(until: $0) }
      rows[0].beside[viewer] = Double(theirs.bytes)
      rows[1].beside[viewer] = theirs.processor
    }
    return rows
  }

  /// One worker that writes 50 lines of Markdown a second.
  private func follow() async throws -> [BenchRow] {
    let station = try await BenchStation([handbook(rate: 50, ago: 60)])
    defer { station.close() }
    let console = try station.console(Self.wide)
    defer { console.end() }
    let seconds = isQuick ? 8.0 : 30
    _ = console.readings(until: console.startedAt + 4)
    let ours = BenchSpan(of: console, seconds: seconds) { console.readings(until: $0) }
    var rows = [
      BenchRow(name: .followBytes, value: ours.rate / 1e3),
      BenchRow(name: .followProcessor, value: ours.processor),
    ]
    for viewer in viewers {
      let file = try BenchFile(lines: 3_000)
      defer { file.close() }
      let terminal = try start(viewer, file, Self.wide)
      defer { terminal.end() }
      let theirs = BenchSpan(of: terminal, seconds: seconds) { _ in
        file.feed(terminal, rate: 50, seconds: seconds)
      }
      rows[0].beside[viewer] = theirs.rate / 1e3
      rows[1].beside[viewer] = theirs.processor
    }
    return rows
  }

  /// One worker that writes 2,000 lines a second, then keys while it goes on.
  private func flood() async throws -> [BenchRow] {
    let station = try await BenchStation([handbook(rate: 2_000, ago: 0)])
    defer { station.close() }
    let console = try station.console(Self.wide)
    defer { console.end() }
    let seconds = isQuick ? 6.0 : 15
    _ = console.readings(until: console.startedAt + 4)
    let ours = BenchSpan(of: console, seconds: seconds) { console.readings(until: $0) }
    let keys = try latencies(console)
    var rows = [
      BenchRow(name: .floodBytes, value: ours.rate / 1e3),
      BenchRow(name: .floodProcessor, value: ours.processor),
      BenchRow(name: .floodMedian, value: keys[keys.count / 2] * 1e3),
      BenchRow(name: .floodKey, value: keys[keys.count * 99 / 100] * 1e3),
    ]
    for viewer in viewers {
      let file = try BenchFile(lines: 3_000)
      defer { file.close() }
      let terminal = try start(viewer, file, Self.wide)
      defer { terminal.end() }
      let theirs = BenchSpan(of: terminal, seconds: seconds) { _ in
        file.feed(terminal, rate: 2_000, seconds: seconds)
      }
      rows[0].beside[viewer] = theirs.rate / 1e3
      rows[1].beside[viewer] = theirs.processor
      if let keys = viewer.keys {
        let times = answers(terminal, file, keys)
        rows[2].beside[viewer] = times[times.count / 2] * 1e3
        rows[3].beside[viewer] = times[times.count * 99 / 100] * 1e3
      }
    }
    return rows
  }

  func handbook(rate: Double, ago: Double, lines: Int = 1_000_000) -> Part {
    Part(
      title: "Handbook", instruction: "Write a handbook of \(lines) lines.", budget: .unlimited,
      scenario: "handbook", startedSecondsAgo: ago, seed: 1, linesRate: rate)
  }

  /// A viewer once it shows the end of its file.
  func start(
    _ viewer: BenchViewer, _ file: BenchFile, _ size: Size
  ) throws -> PseudoTerminal {
    let environment = BenchStation.environment(file.folder)
    let terminal = try viewer.start(file.path, size: size, environment: environment)
    terminal.settle(quiet: 1)
    return terminal
  }
}
