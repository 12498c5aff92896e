import Canvas
import Console
import Fleet
import WorkerAPI
import WorkerServer

/// A console that is fed by played scenarios in place of a server, on a clock of its own: the same
/// cast at the same moment gives the same picture on every machine.
struct Rehearsal {
  /// The demo begins on Tuesday, 24 November 2026, 14:05 UTC.
  static let epoch = 1_795_529_100.0
  /// Seconds between two chunks of a stream, and chunks between two polls.
  private static let step = 0.25
  private static let stepsPerPoll = 12

  private var fleet = State()
  private var screen: Screen
  private let now: Double

  /// `seconds` since the demo began.
  init(cast: [Part], at seconds: Double, size: Size, theme: Theme, isUnicode: Bool) throws {
    guard seconds >= 0, seconds <= 86_400 else {
      throw CommandFailure(
        message: "a moment is from 0 to 86400 seconds", status: CommandFailure.usage)
    }
    now = Self.epoch + seconds
    screen = Screen(size: size, theme: theme, server: "demo")
    screen.isUnicode = isUnicode
    var run = StagedRun(cast, epoch: Self.epoch)
    let steps = Int((seconds / Self.step).rounded(.up))
    for step in 0...steps {
      let elapsed = min(seconds, Double(step) * Self.step)
      let events = run.advance(to: elapsed)
      if step == 0 { recall(run.workers()) }
      let ids = fleet.order
      for (id, events) in zip(ids, events) { hear(id, events, at: Self.epoch + elapsed) }
      if step % Self.stepsPerPoll == 0 || step == steps {
        for worker in run.workers() { poll(worker, at: Self.epoch + elapsed) }
      }
    }
    prepare()
  }

  var frame: Frame { render(View(fleet: fleet, screen: screen, now: now)) }

  mutating func press(_ key: Key) {
    carryOut(screen.handle(.key(key), fleet, now: now))
    prepare()
  }

  private mutating func prepare() {
    carryOut(screen.prepare(fleet))
    _ = screen.prepare(fleet)
  }

  private mutating func carryOut(_ outcomes: [Outcome]) {
    for case .fleet(let action) in outcomes { _ = reduce(&fleet, action, now: now) }
  }

  private mutating func recall(_ staged: [StagedWorker]) {
    let known = staged.map { staged in
      var known = KnownWorker(staged.part, staged.worker)
      known.addedAt = staged.worker.createdAt ?? Self.epoch
      known.lastSeenAt = Self.epoch
      return known
    }
    _ = reduce(&fleet, .recalled(Recollection(workers: known)), now: Self.epoch)
    for worker in known { _ = reduce(&fleet, .stream(worker: worker.id, .opened), now: Self.epoch) }
  }

  private mutating func hear(_ id: String, _ events: [ServerSentEvent], at moment: Double) {
    guard !events.isEmpty else { return }
    let items = events.map { StreamItem(WorkerEvent(data: $0.data), id: $0.id) }
    _ = reduce(&fleet, .stream(worker: id, .items(items)), now: moment)
  }

  private mutating func poll(_ staged: StagedWorker, at moment: Double) {
    let id = staged.worker.id
    func send(_ action: Action) { _ = reduce(&fleet, action, now: moment) }
    let isOver = !staged.worker.isRunning && staged.worker.status == .completed
    if isOver, fleet.workers[id]?.stream.isFollowed == true { send(.stream(worker: id, .ended)) }
    send(.polled(worker: id, staged.worker, askedAt: moment))
    send(.schedulesLoaded(worker: id, staged.schedules))
    if fleet.workers[id]?.email == nil {
      send(.emailLoaded(worker: id, "w-\(id.suffix(6).lowercased())@workers.example"))
    }
  }
}
