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
  /// Moments at which the fleet hears of its workers.
  private static let looks = 12

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
    var told: [String: Int] = [:]
    for look in 0...Self.looks {
      let elapsed = seconds * Double(look) / Double(Self.looks)
      let staged = Staging.play(cast, at: elapsed, epoch: Self.epoch)
      if look == 0 { recall(staged) }
      for worker in staged { hear(worker, at: Self.epoch + elapsed, &told) }
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
  }

  private mutating func hear(_ staged: StagedWorker, at moment: Double, _ told: inout [String: Int])
  {
    let id = staged.worker.id
    func send(_ action: Action) { _ = reduce(&fleet, action, now: moment) }
    if told[id] == nil {
      send(.streamOpened(worker: id))
      send(.schedulesLoaded(worker: id, staged.schedules))
      send(.emailLoaded(worker: id, "worker+\(id.suffix(6).lowercased())@workers.example"))
    }
    let items = staged.events[(told[id] ?? 0)...].map {
      StreamItem(WorkerEvent(data: $0.data), id: $0.id)
    }
    told[id] = staged.events.count
    if !items.isEmpty { send(.streamed(worker: id, items)) }
    if !staged.worker.isRunning, staged.worker.status == .completed {
      send(.streamEnded(worker: id))
    }
    send(.polled(worker: id, staged.worker, askedAt: moment))
  }
}
