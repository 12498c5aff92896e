import Canvas
import WorkerServer

/// The rows that are about moments: a key, a line, a start.
extension BenchTerminal {
  /// The cursor is shown in a field and hidden when it is closed, so that an answer to a key is told
  /// from a frame that was due anyway.
  private static let shown = Array("\u{1B}[?25h".utf8)
  private static let hidden = Array("\u{1B}[?25l".utf8)

  /// Seconds from a key to its answer, sorted.
  func latencies(_ console: PseudoTerminal) throws -> [Double] {
    var times: [Double] = []
    for round in 0..<(isQuick ? 60 : 300) {
      let opens = round % 2 == 0
      // Not in step with frames, and some after a pause in which much came, as a person's keys do.
      _ = console.readings(until: ProcessUse.now.clock + 0.031 + Double(round % 7) * 0.083)
      let start = ProcessUse.now.clock
      console.type(opens ? ":" : "\u{3}")
      guard let answered = console.moment(of: opens ? Self.shown : Self.hidden) else {
        throw CommandFailure(message: "a key had no answer", status: CommandFailure.failed)
      }
      times.append(answered - start)
    }
    return times.sorted()
  }

  /// Seconds from a key to the next byte of a viewer whose file goes on growing, sorted.
  func answers(_ terminal: PseudoTerminal, _ file: BenchFile, _ keys: [String]) -> [Double] {
    var times: [Double] = []
    for round in 0..<(isQuick ? 20 : 100) {
      _ = file.feed(terminal, rate: 2_000, seconds: 0.05)
      file.append(1)
      let start = ProcessUse.now.clock
      terminal.type(keys[round % keys.count])
      let answer = terminal.next(until: start + 2)
      times.append((answer?.at ?? start + 2) - start)
    }
    return times.sorted()
  }

  /// The median of what one more line takes on a small screen.
  func appended() async throws -> BenchRow {
    let station = try await BenchStation([handbook(rate: 2, ago: 100)])
    defer { station.close() }
    let console = try station.console(Self.small)
    defer { console.end() }
    _ = console.readings(until: console.startedAt + 3)
    let readings = console.readings(until: ProcessUse.now.clock + (isQuick ? 12 : 30))
    var row = BenchRow(name: .line, value: Self.median(Self.frames(readings).filter { $0 > 60 }))
    for viewer in viewers {
      let file = try BenchFile(lines: 1_000)
      defer { file.close() }
      let terminal = try start(viewer, file, Self.small)
      defer { terminal.end() }
      let counts = (0..<5).map { _ in
        file.append(1)
        return terminal.readings(until: ProcessUse.now.clock + 1.5).reduce(0) {
          $0 + $1.bytes.count
        }
      }
      row.beside[viewer] = Self.median(counts)
    }
    return row
  }

  /// Bytes of each frame: reads that follow within two milliseconds belong to one.
  private static func frames(_ readings: [PseudoTerminal.Reading]) -> [Int] {
    var frames: [Int] = []
    var last = -Double.infinity
    for reading in readings {
      if reading.at - last < 0.002, let open = frames.popLast() {
        frames.append(open + reading.bytes.count)
      } else {
        frames.append(reading.bytes.count)
      }
      last = reading.at
    }
    return frames
  }

  private static func median(_ counts: [Int]) -> Double {
    counts.isEmpty ? .nan : Double(counts.sorted()[counts.count / 2])
  }

  /// The heading of a group of workers, which is drawn with the first of its rows.
  private static let group = Array("RUNNING".utf8)

  /// From the start of the process to its first byte, and to the frame that shows the workers.
  func start() async throws -> [BenchRow] {
    let station = try await BenchStation(Cast.fleet(count: 1_000, seed: 1))
    defer { station.close() }
    var firsts: [Double] = []
    var frames: [Double] = []
    var works: [Double] = []
    for _ in 0..<(isQuick ? 5 : 15) {
      let console = try station.console(Self.wide)
      defer { console.end() }
      var text: [UInt8] = []
      while let reading = console.next(until: console.startedAt + 10) {
        if text.isEmpty { firsts.append(reading.at - console.startedAt) }
        text += reading.bytes
        guard !text.contains(Self.group) else {
          frames.append(reading.at - console.startedAt)
          works.append(console.processor)
          break
        }
      }
      _ = console.readings(until: ProcessUse.now.clock + 0.3)
    }
    guard !frames.isEmpty else {
      throw CommandFailure(message: "no frame showed the workers", status: CommandFailure.failed)
    }
    return [
      BenchRow(name: .firstByte, value: firsts.sorted()[firsts.count / 2] * 1e3),
      BenchRow(name: .firstProcessor, value: works.sorted()[works.count / 2] * 1e3),
      BenchRow(name: .firstFrame, value: frames.sorted()[frames.count / 2] * 1e3),
    ]
  }

  /// Twenty workers that wrote 5,000 lines each, all of which were looked at.
  func memory() async throws -> [BenchRow] {
    let cast = (0..<20).map { number in
      var part = handbook(rate: 1_000, ago: 3_000, lines: 5_000)
      part.title = "Handbook \(number)"
      part.seed = UInt64(number)
      return part
    }
    let station = try await BenchStation(cast)
    defer { station.close() }
    let console = try station.console(Self.wide)
    defer { console.end() }
    console.settle(quiet: 2)
    for _ in 0..<20 {
      console.type("j")
      console.settle(quiet: 1)
    }
    let memory = console.memory
    var rows = [
      BenchRow(name: .memory, value: Double(memory.resident) / 1e6),
      BenchRow(name: .memoryPeak, value: Double(memory.peak) / 1e6),
    ]
    for viewer in viewers {
      let file = try BenchFile(lines: 100_000)
      defer { file.close() }
      let terminal = try start(viewer, file, Self.wide)
      defer { terminal.end() }
      rows[0].beside[viewer] = Double(terminal.memory.resident) / 1e6
      rows[1].beside[viewer] = Double(terminal.memory.peak) / 1e6
    }
    return rows
  }
}
