import Fleet
import Registry
import WorkerAPI
import WorkerClient

/// A console that is driven by a recording: its own store and reducer, its own time.
///
/// What was known at the start of the recording is remembered in a registry in memory. A worker that
/// came later appears at the moment at which it was first answered for.
@MainActor
struct Replay {
  let desk: Wiring.Desk

  private let recording: Recording
  private let memory: Registry
  private let clock: ScaledClock

  init(_ recording: Recording, memory: Registry, clock: ScaledClock, downloads: String) {
    self.recording = recording
    self.memory = memory
    self.clock = clock
    let startedAt = recording.head.startedAt
    let now: @Sendable () -> Double = { startedAt + clock.seconds }
    let transport = ReplayTransport(recording, clock: clock, elapsed: { clock.seconds })
    let ports = Runner.Ports(
      service: Service(transport: transport, now: now), memory: memory,
      downloads: DownloadFolder(path: downloads),
      exports: ExportFolder(path: downloads), scrollback: try? ScrollbackFile.inMemory(),
      reconnect: { ResumeRules(isActive: $0) },
      clock: clock, now: now)
    // An answer that comes late holds no other one up: there is no server to be spared.
    let runner = Runner(ports: ports, requestLimit: 100_000)
    let state = State(seed: UInt64(bitPattern: Int64(startedAt)), zone: .local)
    desk = Wiring.Desk(
      store: Store(state: state, runner: runner, now: now), close: {}, now: now)
  }

  /// Puts into the memory what was known at the start of the recording.
  func remember() async throws {
    do {
      let document = try RegistryDocument(json: recording.head.registry)
      try await memory.keep(document.workers.map(Memo.worker))
    } catch let fault as RegistryDocument.Fault {
      throw CommandFailure(
        message: "the recording's list of workers: \(fault)", status: CommandFailure.usage)
    }
  }

  /// Lets the workers appear that came later, and says when it is over.
  func play() async {
    // After the workers of the start, so that the order is that of then.
    await desk.store.recalled()
    if let damage = recording.damage { desk.store.send(.say(.warning, damage)) }
    for (at, worker) in newcomers {
      guard await wait(until: at) else { return }
      desk.store.send(.adopt([worker]))
    }
    // What came last has its second on the message line.
    guard await wait(until: recording.length + 1) else { return }
    desk.store.send(.say(.info, "the recording is over; q leaves"))
  }

  private func wait(until moment: Double) async -> Bool {
    let seconds = moment - clock.seconds
    guard seconds > 0 else { return !Task.isCancelled }
    return (try? await clock.sleep(for: .seconds(seconds))) != nil
  }

  /// Workers that are not in the list of the start, with the moment of their first answer.
  var newcomers: [(at: Double, KnownWorker)] {
    var known = Set(
      (try? RegistryDocument(json: recording.head.registry))?.workers.map(\.id) ?? [])
    var found: [(Double, KnownWorker)] = []
    for exchange in recording.exchanges where exchange.endAt.isFinite {
      guard let worker = newcomer(exchange), known.insert(worker.id).inserted else { continue }
      found.append((exchange.endAt, worker))
    }
    return found.sorted { $0.0 < $1.0 }
  }

  private func newcomer(_ exchange: Recording.Exchange) -> KnownWorker? {
    let at = recording.head.startedAt + exchange.endAt
    switch Route.match(method: exchange.method.rawValue, path: exchange.target) {
    case .route(.create):
      let answer = try? JSONReader.read(recording.body(of: exchange))
      guard let worker = answer.flatMap(Worker.init) else { return nil }
      let order = recording.body(asked: exchange).flatMap { try? JSONReader.read($0) }
      return KnownWorker(
        id: worker.id, instruction: order?["input"]?.string ?? "",
        budget: Budget(order?["budget"]?.string ?? Budget.standard.word), addedAt: at,
        account: Account(at: at, settled: Account.Settled(runs: 0, total: Spent())),
        lastSeen: worker.text, lastSeenAt: at)
    case .route(.retrieve(let id)):
      guard recording.head(of: exchange)?.status == 200 else { return nil }
      return KnownWorker(id: id, instruction: "", budget: .standard, addedAt: at)
    default: return nil
    }
  }
}
