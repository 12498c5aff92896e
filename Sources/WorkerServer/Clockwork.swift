import WorkerAPI

/// A schedule with the worker that it is for.
struct KeptSchedule: Hashable, Sendable {
  var worker: String
  var schedule: Schedule

  /// Seconds since 1970 of the next fire.
  var moment: Double { schedule.nextRunAt ?? 0 }

  var isRecurring: Bool { schedule.kind.isRecurring }

  /// The same schedule moved to its first fire after a moment; nil when there is none.
  func moved(after now: Double) -> KeptSchedule? {
    guard let next = schedule.kind.fire(after: now, last: moment) else { return nil }
    var copy = self
    copy.schedule.nextRunAt = next
    return copy
  }
}

extension ScheduleKind {
  var isRecurring: Bool {
    switch self {
    case .cron, .interval: true
    case .once, .delayed, .other: false
    }
  }

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

  /// What is to be done about a schedule whose moment has come.
  enum Turnout: Hashable, Sendable {
    /// Start a run; afterwards the schedule stands at its next fire, or is gone.
    case fire(KeptSchedule, then: KeptSchedule?)
    /// The worker is busy: this fire is left out.
    case skip(KeptSchedule, to: KeptSchedule?)
  }

  mutating func put(_ kept: KeptSchedule) { schedules[kept.schedule.id] = kept }

  mutating func remove(_ id: String) { schedules[id] = nil }

  /// A worker's schedules, the next to fire first.
  func schedules(of worker: String) -> [KeptSchedule] {
    schedules.values.filter { $0.worker == worker }.inOrderOfFire
  }

  /// The first thing to do now; nil when nothing is due, or what is due waits for a run's end.
  func turnout(at now: Double, isBusy: (String) -> Bool) -> Turnout? {
    for kept in schedules.values.filter({ $0.moment <= now }).inOrderOfFire {
      if !isBusy(kept.worker) { return .fire(kept, then: kept.moved(after: now)) }
      if kept.isRecurring { return .skip(kept, to: kept.moved(after: now)) }
    }
    return nil
  }

  /// When to look again; a schedule that waits for its worker asks for no time.
  func nextDue(after now: Double) -> Double? {
    schedules.values.map(\.moment).filter { $0 > now }.min()
  }

  /// Fires of recurring schedules that were missed while nobody watched are left out.
  mutating func skipMissed(at now: Double) -> [Turnout] {
    var skipped: [Turnout] = []
    for kept in schedules.values where kept.isRecurring && kept.moment <= now {
      let moved = kept.moved(after: now)
      schedules[kept.schedule.id] = moved
      skipped.append(.skip(kept, to: moved))
    }
    return skipped
  }
}

extension Sequence<KeptSchedule> {
  var inOrderOfFire: [KeptSchedule] {
    sorted { ($0.moment, $0.schedule.id) < ($1.moment, $1.schedule.id) }
  }
}
