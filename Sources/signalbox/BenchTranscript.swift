import Canvas
import Console
import Fleet
import Registry
import Synchronization
import WorkerAPI
import WorkerClient

/// The whole console but terminal and network, on one worker that writes more than memory holds.
@MainActor
struct BenchTranscript {
  var lines: Int

  func figures() async throws -> [BenchFigure] {
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let fountain = LogFountain(lines: lines)
    let registry = try Registry.open(folder: folder, attending: true)
    try await registry.keep([
      .worker(
        KnownWorker(
          id: LogFountain.worker, title: "A long log", instruction: "Write a log.",
          budget: .standard, addedAt: wallClock()))
    ])
    let display = BenchDisplay(size: Size(columns: 120, rows: 40))
    let ports = Runner.Ports(
      service: Service(transport: fountain, now: wallClock), memory: registry,
      downloads: DownloadFolder(path: "\(folder)/downloads"),
      scrollback: try ScrollbackFile.open(folder: folder),
      reconnect: { ResumeRules(isActive: $0) }, now: wallClock)
    let store = Store(state: State(seed: 1), runner: Runner(ports: ports), now: wallClock)
    let session = Session(
      store: store, display: display, screen: Screen(size: display.size, server: "bench"),
      now: wallClock)
    let began = ProcessUse.now
    try session.begin()
    await display.wait { _ in fountain.isFlowing }
    let filled = ProcessUse.now
    session.take([.key(.character("2"))])
    let keys = try await latencies(["k", "j", "b", " ", "x", "x"], session, display)
    let top = try await median(["g"], until: "line 0 ", then: "G", session, display)
    let rare = try await search("needle", until: "1 place", session, display)
    let common = try await search("line", until: " places", session, display)
    let after = ProcessUse.now
    await session.end()
    return [
      BenchFigure(name: "lines", value: Double(lines), unit: "lines"),
      BenchFigure(
        name: "text", value: Double(lines * LogFountain.lineSize) / 0x1p20, unit: "MiB", digits: 1),
      BenchFigure(name: "fill", value: filled.clock - began.clock, unit: "s", digits: 1),
      BenchFigure(
        name: "fill-cpu", value: filled.processor - began.processor, unit: "s", digits: 1),
      BenchFigure(
        name: "file", value: Double(Folders.size(folder)) / 0x1p20, unit: "MiB", digits: 1),
      BenchFigure(name: "key-median", value: keys[keys.count / 2] * 1e3, unit: "ms", digits: 2),
      BenchFigure(
        name: "key-99", value: keys[keys.count * 99 / 100] * 1e3, unit: "ms", digits: 2),
      BenchFigure(name: "top", value: top * 1e3, unit: "ms", digits: 2),
      BenchFigure(name: "search-rare", value: rare * 1e3, unit: "ms", digits: 2),
      BenchFigure(name: "search-common", value: common * 1e3, unit: "ms", digits: 2),
      BenchFigure(
        name: "memory", value: Double(after.peakMemory) / 0x1p20, unit: "MiB", digits: 1),
    ]
  }

  /// Seconds from a key to its frame, sorted, while lines come.
  private func latencies(
    _ keys: [Character], _ session: Session, _ display: BenchDisplay
  ) async throws -> [Double] {
    var latencies: [Double] = []
    for round in 0..<300 {
      try await Task.sleep(for: .milliseconds(17))
      let count = display.frames
      let start = ProcessUse.now.clock
      session.take([.key(.character(keys[round % keys.count]))])
      await display.wait { _ in display.frames > count }
      latencies.append(ProcessUse.now.clock - start)
    }
    return latencies.sorted()
  }

  /// The median of the seconds from a key until the screen says something.
  private func median(
    _ keys: [Character], until text: String, then back: Character, _ session: Session,
    _ display: BenchDisplay
  ) async throws -> Double {
    var times: [Double] = []
    for _ in 0..<9 {
      session.take([.key(.character(back))])
      try await Task.sleep(for: .milliseconds(230))
      let start = ProcessUse.now.clock
      for key in keys { session.take([.key(.character(key))]) }
      await display.wait { $0.text.contains(text) }
      times.append(ProcessUse.now.clock - start)
    }
    return times.sorted()[times.count / 2]
  }

  /// The median of the seconds from the last letter until the finds are on the screen.
  private func search(
    _ word: String, until text: String, _ session: Session, _ display: BenchDisplay
  ) async throws -> Double {
    var times: [Double] = []
    for _ in 0..<9 {
      session.take([.key(.control("f"))])
      for letter in word.dropLast() { session.take([.key(.character(letter))]) }
      await display.wait { !$0.text.contains("searching") }
      try await Task.sleep(for: .milliseconds(200))
      let start = ProcessUse.now.clock
      session.take([.key(.character(word.last ?? " "))])
      await display.wait { !$0.text.contains("searching") && $0.text.contains(text) }
      times.append(ProcessUse.now.clock - start)
      session.take([.key(.escape)])
      try await Task.sleep(for: .milliseconds(100))
    }
    return times.sorted()[times.count / 2]
  }
}

/// A server with one worker that writes a log: the first lines as fast as they are taken, then
/// `rate` a second.
final class LogFountain: Transport {
  static let worker = "t_bench_w_log"
  /// Bytes of one line.
  static let lineSize = 200
  /// Lines a second that come while keys are measured.
  static let rate = 2_000
  /// Lines of one chunk.
  private static let chunk = 50

  private let lines: Int
  private let said = Atomic(0)

  init(lines: Int) { self.lines = lines }

  /// The first lines are all taken.
  var isFlowing: Bool { said.load(ordering: .relaxed) > lines }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard case .path(let path) = request.target else { throw .badAddress("bench") }
    let body =
      path.hasSuffix("/schedules")
      ? #"{"schedules":[]}"#
      : path.hasSuffix("/email")
        ? #"{"email":"w@bench.example"}"#
        : #"{"id":"\#(Self.worker)","object":"worker","status":"running","running":true}"#
    return TransportResponse(head: TransportHead(status: 200), body: Array(body.utf8))
  }

  func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    TransportStream(head: .stream) { () throws(TransportError) in
      let first = self.said.load(ordering: .relaxed)
      if first >= self.lines {
        let pause = Double(Self.chunk) / Double(LogFountain.rate)
        do { try await Task.sleep(for: .seconds(pause)) } catch { throw .cancelled }
      }
      self.said.store(first + Self.chunk, ordering: .relaxed)
      return Self.bytes(first..<first + Self.chunk)
    } cancel: {
    }
  }

  private static func bytes(_ numbers: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers {
      let word = number == 123_456 ? " needle" : ""
      var text = "line \(number) of the log\(word): "
      while text.utf8.count < LogFountain.lineSize - 1 {
        text += "step \((number * 31 + text.utf8.count) % 9_973) done, "
      }
      text = String(text.prefix(LogFountain.lineSize - 1))
      let data = #"{"type":"text-delta","id":"1","delta":"\#(text)\n"}"#
      bytes += Array("id: \(number)\ndata: \(data)\n\n".utf8)
    }
    return bytes
  }
}

extension TransportHead {
  /// The head of an event stream.
  static let stream = TransportHead(
    status: 200, headers: [HTTPHeader("content-type", "text/event-stream")])
}
