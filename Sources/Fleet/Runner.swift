public import WorkerAPI

/// Carries effects out, each in a task that is known by its identity, and reports as actions.
@MainActor
public final class Runner {
  /// Requests that are under way at once, streams and paid ones aside; further ones wait in line.
  public static let requestLimit = 6

  var send: @MainActor (Action) -> Void = { _ in }
  /// Whether what an answer says is to be read before it is sent on: not on the main actor.
  var wantsWords: @MainActor (_ worker: String, _ answer: Worker) -> Bool = { _, _ in true }

  let ports: Ports
  private var tasks: [Effect.Identity: (number: Int, task: Task<Void, Never>)] = [:]
  private var started = 0
  private var isStopped = false
  /// Writes go out one after the other, in the order in which they were asked for.
  private var writing: Task<Void, Never>?
  private var busy = 0
  private var waiters: [CheckedContinuation<Void, Never>] = []
  let gate: Gate
  private var listening: [Task<Void, Never>] = []
  private var learning: Task<Void, Never>?
  /// Another console on the same memory asks the server.
  private var isFollowing = false
  let scrollbackQueue = ScrollbackQueue()
  /// The polls that are on the wire or have been answered, by workers that are asked for.
  var questions: [String: Question] = [:]
  /// From and until when no poll goes out, in seconds since 1970.
  private var hold = 0.0...0.0

  public init(ports: Ports, requestLimit: Int = Runner.requestLimit) {
    self.ports = ports
    gate = Gate(limit: requestLimit)
  }

  /// What the runner reaches the world through.
  public struct Ports: Sendable {
    public var service: Service
    public var memory: any Memory
    public var downloads: any Downloads
    /// Where texts become files; nil keeps none.
    public var exports: (any Exports)?
    /// What is said beyond what memory holds; nil keeps none.
    public var scrollback: (any Scrollback)?
    /// Other consoles on the same memory; nil where there can be none.
    public var company: (any Company)?
    /// The rules for one worker's stream; the flag tells whether a run is expected to be going on.
    public var reconnect: @Sendable (_ isActive: Bool) -> any Reconnect
    /// What the transport sends again by itself; nil when it does not say.
    public var retries: AsyncStream<TransportRetry>?
    /// What the transport sent, and how it ended; nil when it does not say.
    public var records: AsyncStream<TransportRecord>?
    public var clock: any Clock<Duration>
    /// Seconds since 1970.
    public var now: @Sendable () -> Double
    /// A number in 0..<1.
    public var roll: @Sendable () -> Double

    public init(
      service: Service, memory: any Memory, downloads: any Downloads,
      exports: (any Exports)? = nil, scrollback: (any Scrollback)? = nil,
      company: (any Company)? = nil,
      reconnect: @escaping @Sendable (Bool) -> any Reconnect,
      retries: AsyncStream<TransportRetry>? = nil,
      records: AsyncStream<TransportRecord>? = nil,
      clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Double,
      roll: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
      self.service = service
      self.memory = memory
      self.downloads = downloads
      self.exports = exports
      self.scrollback = scrollback
      self.company = company
      self.reconnect = reconnect
      self.retries = retries
      self.records = records
      self.clock = clock
      self.now = now
      self.roll = roll
    }
  }

  public func perform(_ effect: Effect) {
    switch effect {
    case .cancel(let identity):
      tasks[identity]?.task.cancel()
      if case .poll(let worker) = identity { questions[worker] = nil }
    case .keep(let memos): write(memos)
    case .recall: recall()
    case .hold(let moment): hold(until: moment)
    case .writeScrollback(let changes): writeScrollback(changes)
    default: start(effect)
    }
  }

  private func start(_ effect: Effect) {
    guard !isStopped, let identity = effect.identity else { return }
    if case .poll(let worker, 0) = effect, questions[worker]?.isYoung(at: ports.now()) == true {
      return
    }
    tasks[identity]?.task.cancel()
    if case .poll(let worker) = identity { questions[worker]?.drop() }
    started += 1
    let number = started
    if !effect.waits { enter() }
    let task = Task {
      await run(effect)
      finished(identity, number)
      if !effect.waits { leave() }
    }
    tasks[identity] = (number, task)
  }

  private func finished(_ identity: Effect.Identity, _ number: Int) {
    if tasks[identity]?.number == number { tasks[identity] = nil }
  }

  private func run(_ effect: Effect) async {
    switch effect {
    case .follow(let worker, let lastEventID, let isActive):
      await follow(worker, from: lastEventID, isActive: isActive)
    case .tap(let worker, let lastEventID, let isActive):
      await tap(worker, from: lastEventID, isActive: isActive)
    case .poll(let worker, let delay): await poll(worker, after: delay)
    case .loadSchedules(let worker): await loadSchedules(worker)
    case .loadEmail(let worker): await loadEmail(worker)
    case .send(let intent, let order): await deliver(order, intent)
    case .download(let worker, let file): await download(worker, file)
    case .seekParts(let worker, let files): await seekParts(worker, files)
    case .export(let export): await write(export)
    case .preview(let worker, let file, let saved): await preview(worker, file, saved: saved)
    case .scrollbackSoon:
      guard await sleep(ScrollbackState.pause) else { return }
      send(.scrollbackDue)
    case .readScrollback(let worker, let place): await readScrollback(worker, place)
    case .search(let search): await find(search)
    case .recall, .keep, .cancel, .hold, .writeScrollback: break
    }
  }

  private func recall() {
    listen()
    let memory = ports.memory
    let isFresh = ports.scrollback?.isFresh
    let company = ports.company
    task { [weak self] in
      do {
        let recollection = try await memory.recall().withWorkers()
        if let company, !company.leads {
          self?.isFollowing = true
          self?.send(.accompany)
        }
        self?.send(.recalled(recollection))
        if let isFresh { self?.send(.scrollbackOpened(isFresh: isFresh)) }
        self?.join(company)
        let unfolded = await recollection.unfolded()
        if !unfolded.isEmpty { self?.send(.unfolded(unfolded)) }
      } catch {
        self?.send(.memoryFailed(String(describing: error)))
      }
    }
  }

  /// Reports what the transport sends and sends again, until the stop.
  private func listen() {
    guard listening.isEmpty else { return }
    hear(ports.retries) { $0.send(.retrying($1)) }
    hear(ports.records) { $0.send(.requested($1)) }
  }

  /// Reports what other consoles on the same memory do, until the stop.
  private func join(_ company: (any Company)?) {
    hear(company?.memoryChanges) { runner, _ in await runner.learn() }
    // A leader hears of its own writes only.
    hear(company?.scrollbackChanges) { runner, _ in
      if runner.isFollowing { runner.send(.scrollbackChanged) }
    }
    hear(company?.succession) { runner, _ in
      // What the other console kept last comes before what is asked anew.
      await runner.learn()
      runner.isFollowing = false
      runner.send(.lead)
    }
  }

  private func hear<Word: Sendable>(
    _ words: AsyncStream<Word>?, _ act: @escaping @MainActor (Runner, Word) async -> Void
  ) {
    guard let words, !isStopped else { return }
    listening.append(
      Task { [weak self] in
        for await word in words {
          guard let self else { return }
          await act(self, word)
        }
      })
  }

  /// Reads what other programs wrote to the memory, one reading after the other.
  private func learn() async {
    let before = learning
    let memory = ports.memory
    let task = Task { [weak self] in
      await before?.value
      do {
        let memos = try await memory.changes()
        guard !memos.isEmpty else { return }
        self?.send(.others(await Changes.read(memos)))
      } catch {
        self?.send(.say(.warning, "cannot read what another console keeps: \(error)"))
      }
    }
    learning = task
    await task.value
  }

  private func hold(until moment: Double) {
    let now = ports.now()
    hold = now...max(now, moment, holdsUntil ?? 0)
  }

  /// When polls may go out again; nil when they may now. A clock that was set back ends a hold.
  var holdsUntil: Double? {
    let now = ports.now()
    return hold.contains(now) && hold.upperBound > now ? hold.upperBound : nil
  }

  private func write(_ memos: [Memo]) {
    let memory = ports.memory
    let before = writing
    writing = task { [weak self] in
      await before?.value
      do {
        try await memory.keep(memos)
      } catch {
        self?.send(.memoryFailed(String(describing: error)))
      }
    }
  }

  @discardableResult
  func task(_ work: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
    busy += 1
    return Task {
      await work()
      leave()
    }
  }

  /// Counts work that ends by itself, so that `idle` can wait for it.
  func enter() { busy += 1 }

  func leave() {
    busy -= 1
    guard busy == 0 else { return }
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  func idle() async {
    guard busy > 0 else { return }
    await withCheckedContinuation { waiters.append($0) }
  }

  /// Nothing new begins; what is under way is cancelled and may still say what is to be kept.
  func stop() async {
    isStopped = true
    for task in listening { task.cancel() }
    let ending = tasks.values.map(\.task)
    for task in ending { task.cancel() }
    for task in ending { await task.value }
    var last: Task<Void, Never>?
    while last != writing, let write = writing {
      last = write
      await write.value
    }
    await scrollbackQueue.drain()
  }

  /// Sleeps for so many seconds, at most a day; false when cancelled.
  func sleep(_ seconds: Double) async -> Bool {
    let bounded = Duration.seconds(min(max(seconds, 0), 86_400))
    return (try? await ports.clock.sleep(for: bounded)) != nil && !Task.isCancelled
  }
}

extension Effect {
  /// Waits for time or for the server, so that `idle` does not wait for it.
  fileprivate var waits: Bool {
    switch self {
    case .follow, .tap, .scrollbackSoon: true
    case .poll(_, let delay): delay > 0
    default: false
    }
  }
}
