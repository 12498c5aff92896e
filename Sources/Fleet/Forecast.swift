public import WorkerAPI

/// The next fires of one schedule as this console works them out, and what they may cost.
public struct Forecast: Hashable, Sendable {
  /// Fires that are looked ahead, and that are searched for others in the same minute.
  public static let count = 5
  /// Days of a month, for the estimate.
  public static let monthDays = 30.0
  /// Fires of a month that are counted; a schedule that fires more often is rounded to its rate.
  private static let monthLimit = 2_000
  /// Seconds by which a server's date may differ from the computed one.
  private static let tolerance = 60.0

  public var fires: [Fire]
  /// The server's `nextRunAt` is none of the schedule's own moments.
  public var disagrees: Bool
  /// Fires within the next thirty days; nil for a kind that is not known.
  public var monthlyFires: Int?
  /// What a run of this worker costs, by the median of those that were watched to their end.
  public var typical: RunCost?
  public var runs: Int

  public struct Fire: Hashable, Sendable {
    /// Seconds since 1970.
    public var at: Double
    /// Other workers with a fire in the same minute.
    public var others: [String]
  }

  public init(_ item: AgendaItem, in state: State, now: Double) {
    let schedule = item.schedule
    let moments = Self.moments(of: schedule, now: now)
    let rivals = Self.rivals(of: item, in: state, now: now)
    fires = moments.map { Fire(at: $0, others: rivals[Self.minute($0)] ?? []) }
    disagrees = Self.disagrees(schedule, now: now)
    monthlyFires = Self.monthlyFires(of: schedule, now: now)
    typical = Self.typical(of: item.worker, in: state)
    runs = state.runs[item.worker]?.count ?? 0
  }

  /// What a run of a worker costs; nil where none was watched to its end.
  public static func typical(of worker: String, in state: State) -> RunCost? {
    RunCost.median(of: state.runs[worker] ?? [])
  }

  /// The next moments, from what the server says next; a cron from its own fields, in UTC.
  static func moments(of schedule: Schedule, now: Double) -> [Double] {
    switch schedule.kind {
    case .once, .delayed, .other: return schedule.nextRunAt.map { [$0] } ?? []
    case .interval(let seconds):
      guard let next = schedule.nextRunAt, seconds > 0 else { return [] }
      return (0..<count).map { next + Double($0) * Double(seconds) }
    case .cron(let expression):
      guard let cron = try? Cron(expression) else { return [] }
      var moments: [Double] = []
      while moments.count < count, let next = cron.next(after: moments.last ?? now) {
        moments.append(next)
      }
      return moments
    }
  }

  /// The workers that fire in each minute, this schedule left out.
  private static func rivals(
    of item: AgendaItem, in state: State, now: Double
  ) -> [Int: [String]] {
    var rivals: [Int: [String]] = [:]
    for other in Agenda.items(in: state)
    where other.worker != item.worker || other.schedule.id != item.schedule.id {
      for moment in moments(of: other.schedule, now: now) {
        rivals[minute(moment), default: []].append(other.title)
      }
    }
    return rivals
  }

  /// The minute since 1970 of a moment.
  public static func minute(_ moment: Double) -> Int {
    // Far out of every calendar, where a whole number would overflow.
    abs(moment) < 1e15 ? Int((moment / 60).rounded(.down)) : .min
  }

  /// Whether the server's `nextRunAt` is none of the schedule's own moments.
  public static func disagrees(_ schedule: Schedule, now: Double) -> Bool {
    guard case .cron(let expression) = schedule.kind, let next = schedule.nextRunAt, next > now
    else { return false }
    guard let own = (try? Cron(expression))?.next(after: now) else { return true }
    return abs(own - next) > tolerance
  }

  private static func monthlyFires(of schedule: Schedule, now: Double) -> Int? {
    let span = monthDays * 86_400
    switch schedule.kind {
    case .once, .delayed: return 1
    case .interval(let seconds): return seconds > 0 ? Int(span / Double(seconds)) : nil
    case .other: return nil
    case .cron(let expression):
      guard let cron = try? Cron(expression) else { return nil }
      var fires = 0
      var last = now
      while fires < monthLimit, let next = cron.next(after: last), next <= now + span {
        fires += 1
        last = next
      }
      guard fires == monthLimit, last > now else { return fires }
      return Int((Double(fires) * span / (last - now)).rounded())
    }
  }
}
