import WorkerAPI

/// What changed while nobody looked: how each worker stood before, beside how it stands now.
public struct Absence: Hashable, Sendable {
  /// Seconds without a key after which somebody counts as away.
  public static let idleLimit = 600.0
  /// Seconds after the return in which what was under way still counts.
  static let grace = 10.0

  /// Seconds since 1970 of the last key before it.
  public var since: Double
  /// When it ended; nil as long as no key was pressed.
  public internal(set) var until: Double?
  /// The workers that changed, as they were.
  var before: [String: Glance] = [:]

  /// What is compared of a worker.
  struct Glance: Hashable, Sendable {
    var phase: Phase
    var sources: Int
    var files: Int
    var spent: Spent
    var nextRunAt: Double?
  }

  /// What became of one worker.
  public struct Item: Hashable, Sendable {
    public var worker: String
    /// Where its run ended; nil when none did.
    public var ended: Phase?
    public var sources: Int
    public var files: Int
    public var hasFired: Bool
    public var spent: Spent
    /// When its run ended, if this console saw it end.
    var at: Double
  }

  /// Failures first, then what finished, then the rest; each by its time, the newest first.
  public func items(_ state: State, now: Double) -> [Item] {
    before.compactMap { id, before in state.workers[id].flatMap { Item(before, $0, until ?? now) } }
      .sorted { ($0.rank, -$0.at, $0.worker) < ($1.rank, -$1.at, $1.worker) }
  }
}

extension Absence.Glance {
  init(_ worker: WorkerState) {
    phase = worker.phase.value
    sources = worker.worker?.sources.count ?? 0
    files = worker.worker?.files.count ?? 0
    spent = worker.meter.spent
    nextRunAt = worker.nextRunAt
  }
}

extension Absence.Item {
  /// Nil when nothing is worth a word.
  init?(_ before: Absence.Glance, _ state: WorkerState, _ until: Double) {
    let after = Absence.Glance(state)
    worker = state.id
    ended = before.phase != after.phase && !after.phase.isActive ? after.phase : nil
    if ended == .unknown { ended = nil }
    sources = max(0, after.sources - before.sources)
    files = max(0, after.files - before.files)
    hasFired = before.nextRunAt.map { $0 <= until } ?? false
    let growth = after.spent - before.spent
    spent = Spent(credits: max(0, growth.credits), dollars: max(0, growth.dollars))
    at = state.toldEnd ?? state.finishedAt ?? 0
    guard ended != nil || sources > 0 || files > 0 || hasFired || !spent.isNothing else {
      return nil
    }
  }

  fileprivate var rank: Int {
    switch ended {
    case .failed?: 0
    case .some: 1
    case nil: 2
    }
  }
}

/// Who looks, and since when nobody does.
struct Presence: Hashable, Sendable {
  /// The name under which the last key's time is kept between runs.
  static let preference = "seenAt"
  /// Seconds between two notes of it.
  static let notePeriod = 60.0

  /// Seconds since 1970.
  var lastKeyAt: Double?
  var notedAt = 0.0
  /// How the workers stood at the last key that have changed since.
  var before: [String: Absence.Glance] = [:]
}

extension State {
  /// Seconds after a key in which what is on the screen is being watched.
  public static let glanceLimit = 60.0

  /// Somebody sits before the screen: a key was pressed a moment ago.
  func isAttended(at now: Double) -> Bool {
    presence.lastKeyAt.map { now - $0 < Self.glanceLimit } ?? false
  }

  /// Keeps how a worker stands before an action that may change it.
  mutating func glance(before action: Action, now: Double) {
    switch action {
    case .polled(let worker, _, _), .stream(let worker, .items), .stream(let worker, .ended),
      .schedulesLoaded(let worker, _):
      glance(at: worker, now: now)
    case .others(let changes):
      for case .revise(let known, _) in changes.memos { glance(at: known.id, now: now) }
    default: return
    }
  }

  private mutating func glance(at id: String, now: Double) {
    let isOpen = absence.map { $0.until.map { now < $0 + Absence.grace } ?? true } ?? false
    let isWanted = isOpen && absence?.before[id] == nil
    // Asked with each chunk of a stream: a worker that is noted already is not looked at again.
    guard isWanted || presence.before[id] == nil, let worker = workers[id] else { return }
    let glance = Absence.Glance(worker)
    if presence.before[id] == nil { presence.before[id] = glance }
    if isWanted { absence?.before[id] = glance }
  }

  /// A key was pressed.
  mutating func present(now: Double) -> [Effect] {
    let last = presence.lastKeyAt
    presence.lastKeyAt = now
    if absence != nil, absence?.until == nil {
      absence?.until = now
      welcome(now: now)
    } else if let last, now - last >= Absence.idleLimit {
      absence = Absence(since: last, until: now, before: presence.before)
      welcome(now: now)
    }
    presence.before = [:]
    guard abs(now - presence.notedAt) >= Presence.notePeriod else { return [] }
    return notePresence(now: now)
  }

  /// Keeps when the last key was pressed, for the next start.
  mutating func notePresence(now: Double) -> [Effect] {
    guard let last = presence.lastKeyAt, last != presence.notedAt else { return [] }
    presence.notedAt = now
    return [.keep([.preference(name: Presence.preference, value: "\(last)")])]
  }

  /// A restart is an absence: since the last key of the run before.
  mutating func recallPresence() {
    guard let last = preferences.removeValue(forKey: Presence.preference).flatMap(Double.init)
    else { return }
    presence.lastKeyAt = last
    absence = Absence(since: last)
  }

  private mutating func welcome(now: Double) {
    guard let items = absence?.items(self, now: now), !items.isEmpty else { return }
    let failed = items.count { if case .failed? = $0.ended { true } else { false } }
    let ended = items.count { $0.ended != nil } - failed
    let parts =
      (failed > 0 ? ["\(failed) failed"] : []) + (ended > 0 ? ["\(ended) finished"] : [])
    let what = parts.isEmpty ? "\(items.count) went on" : parts.joined(separator: ", ")
    say(failed > 0 ? .warning : .info, "while you were away: \(what); W lists it", now)
  }
}
