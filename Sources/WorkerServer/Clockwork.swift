import WorkerAPI

/// A schedule with the worker that it is for.
struct KeptSchedule: Hashable, Sendable {
  var worker: String
  var schedule: Schedule

  /// Seconds since 1970 of the next fire.
  var moment: Double { schedule.nextRunAt ?? 0 }

  /// The schedule as it is listed: one that waits for the end of its worker's run, or that came due
  /// while no server ran, fires as soon as it can, and never in the past.
  func shown(at now: Double) -> Schedule {
    guard moment <= now else { return schedule }
    var copy = schedule
    copy.nextRunAt = now.rounded(.down) + 1
    return copy
  }

  /// The same schedule moved to its first fire after a moment; nil when there is none.
  func moved(after now: Double) -> KeptSchedule? {
    guard let next = schedule.kind.fire(after: now, last: moment) else { return nil }
    var copy = self
    copy.schedule.nextRunAt = next
    return copy
  }
}

extension ScheduleKind {
  /// The first fire of a schedule that is made now; nil when it would never fire.
  func firstFire(after now: Double) -> Double? {
    switch self {
    case .once(let date): date
    case .delayed(let seconds), .interval(let seconds): now + Double(seconds)
    case .cron(let expression): (try? Cron(expression))?.next(after: now)
    case .other: nil
    }
  }

  /// The first fire after a moment, of a schedule that was last due at `last`; nil when it has none.
  fileprivate func fire(after now: Double, last: Double) -> Double? {
    switch self {
    case .once, .delayed, .other: return nil
    case .cron: return firstFire(after: now)
    case .interval(let seconds):
      let period = Double(max(1, seconds))
      return last + (max(0, ((now - last) / period).rounded(.down)) + 1) * period
    }
  }
}

/// All schedules, and what the time asks of each of them.
struct Clockwork: Sendable {
  private(set) var schedules: [String: KeptSchedule] = [:]

  mutating func put(_ kept: KeptSchedule) { schedules[kept.schedule.id] = kept }

  mutating func remove(_ id: String) { schedules[id] = nil }

  /// A worker's schedules, the next to fire first.
  func schedules(of worker: String) -> [KeptSchedule] {
    schedules.values.filter { $0.worker == worker }.inOrderOfFire
  }

  /// The schedule that fires first now; nil when none is due, or what is due waits for a run's end.
  ///
  /// However many fires were missed meanwhile, a schedule fires once and goes on in step.
  func due(at now: Double, isBusy: (String) -> Bool) -> KeptSchedule? {
    schedules.values.filter { $0.moment <= now && !isBusy($0.worker) }.inOrderOfFire.first
  }

  /// When to look again; a schedule that waits for its worker asks for no time.
  func nextDue(after now: Double) -> Double? {
    schedules.values.map(\.moment).filter { $0 > now }.min()
  }
}

extension Sequence<KeptSchedule> {
  var inOrderOfFire: [KeptSchedule] {
    sorted { ($0.moment, $0.schedule.id) < ($1.moment, $1.schedule.id) }
  }
}
