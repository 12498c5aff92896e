import Canvas
import Console
import Fleet
import Registry
import WorkerAPI
import WorkerClient

/// The whole console but terminal and network: a real registry file, and a server made of memory.
@MainActor
struct BenchFleet {
  var workers: Int
  var running: Int
  var seconds: Double

  func figures() async throws -> [BenchFigure] {
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let server = BenchServer(running: running)
    try await fill(folder, server)
    let began = ProcessUse.now
    let display = BenchDisplay(size: Size(columns: 120, rows: 40))
    let registry = try Registry.open(folder: folder, attending: true)
    let ports = Runner.Ports(
      service: Service(transport: server, now: wallClock), memory: registry,
      downloads: DownloadFolder(path: "\(folder)/downloads"),
      scrollback: try ScrollbackFile.open(folder: folder),
      reconnect: { ResumeRules(isActive: $0) }, now: wallClock)
    let store = Store(state: State(seed: 1), runner: Runner(ports: ports), now: wallClock)
    let session = Session(
      store: store, display: display, screen: Screen(size: display.size, server: "bench"),
      now: wallClock)
    try session.begin()
    await display.wait { store.state.isRecalled && $0.text.contains("RUNNING") }
    let first = ProcessUse.now
    try await Task.sleep(for: .seconds(5))
    let before = (use: ProcessUse.now, requests: server.requests, frames: display.frames)
    try await Task.sleep(for: .seconds(seconds))
    let after = (use: ProcessUse.now, requests: server.requests, frames: display.frames)
    let keys = try await latencies(session, display)
    let peak = ProcessUse.now.peakMemory
    await session.end()
    let clock = after.use.clock - before.use.clock
    let processor = after.use.processor - before.use.processor
    return [
      BenchFigure(name: "workers", value: Double(workers), unit: "workers"),
      BenchFigure(name: "running", value: Double(running), unit: "workers"),
      BenchFigure(name: "first-frame", value: (first.clock - began.clock) * 1e3, unit: "ms"),
      BenchFigure(name: "cpu", value: processor / clock * 100, unit: "%-of-a-core", digits: 2),
      BenchFigure(
        name: "requests", value: Double(after.requests - before.requests) / clock,
        unit: "requests/s", digits: 1),
      BenchFigure(
        name: "frames", value: Double(after.frames - before.frames) / clock, unit: "frames/s",
        digits: 1),
      BenchFigure(name: "key-median", value: keys[keys.count / 2] * 1e3, unit: "ms", digits: 2),
      BenchFigure(
        name: "key-99", value: keys[keys.count * 99 / 100] * 1e3, unit: "ms", digits: 2),
      BenchFigure(name: "memory", value: Double(peak) / 0x1p20, unit: "MiB", digits: 1),
    ]
  }

  /// Seconds from a key to its frame, sorted.
  private func latencies(_ session: Session, _ display: BenchDisplay) async throws -> [Double] {
    var latencies: [Double] = []
    let keys: [Key] = ["j", "j", "j", "k", "G", "k", "g", "2", "1"].map { .character($0) }
    for round in 0..<200 {
      // Between two frames, as a person's keys come.
      try await Task.sleep(for: .milliseconds(20))
      let count = display.frames
      let start = ProcessUse.now.clock
      session.take([.key(keys[round % keys.count])])
      await display.wait { _ in display.frames > count }
      latencies.append(ProcessUse.now.clock - start)
    }
    return latencies.sorted()
  }

  private func fill(_ folder: String, _ server: BenchServer) async throws {
    let registry = try Registry.open(folder: folder)
    let known = (0..<workers).map { number in
      let id = server.id(number)
      return Memo.worker(
        KnownWorker(
          id: id, title: "Worker \(number)", instruction: "Compare the prices of \(number).",
          budget: .standard, addedAt: wallClock() - Double(workers - number) * 60,
          lastSeen: server.worker(number), lastSeenAt: wallClock() - 60))
    }
    try await registry.keep(known)
  }
}

/// A display that only counts.
@MainActor
final class BenchDisplay: Display {
  let size: Size
  let depth = ColorDepth.indexed256
  let isUnicode = true
  private(set) var frames = 0
  private var last: Frame?
  private var waiter: (isWanted: (Frame) -> Bool, continuation: CheckedContinuation<Void, Never>)?

  init(size: Size) { self.size = size }

  func present(_ frame: Frame) -> Int {
    frames += 1
    last = frame
    if let waiter, waiter.isWanted(frame) {
      self.waiter = nil
      waiter.continuation.resume()
    }
    return 0
  }

  /// One at a time waits, for the frame that is there or a later one.
  func wait(_ isWanted: @escaping (Frame) -> Bool) async {
    if let last, isWanted(last) { return }
    await withCheckedContinuation { waiter = (isWanted, $0) }
  }

  func claim() {}
  func say(_ news: [Aside]) {}
  func setMouse(_ isOn: Bool) -> Bool { false }
  func copy(_ text: String) async -> CopyRoute { .none(.unknownTerminal) }
  func redraw() {}
  func restore() {}
  func suspend() {}
  func run(_ program: Program) async -> Program.End { .notStarted(reason: "a bench runs none") }
  func listen(_ handler: @escaping @MainActor ([Event]) -> Void) {}
}
