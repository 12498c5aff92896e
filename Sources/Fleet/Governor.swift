/// The ceilings with what has been spent of each: a value worked out anew from the state.
///
/// It withholds what this console would send; what runs goes on, for the API has no call that stops
/// a worker.
public struct Governor: Hashable, Sendable {
  /// The part of a ceiling from which it is warned of.
  public static let warning = 0.8

  /// What a ceiling is over, narrowest first.
  public enum Scope: Hashable, Sendable { case worker(String), day, month, fleet }

  /// How near a ceiling is.
  public enum Level: Int, Hashable, Sendable, Comparable {
    case clear, near, reached

    public static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
  }

  public struct Standing: Hashable, Sendable {
    public var scope: Scope
    public var limit: Double
    public var spent: Spent
    /// False when `spent` may hold a part of the time before.
    public var isExact: Bool
    /// When it is reached if spending goes on as in the last minutes, in seconds since 1970; nil
    /// when nothing is being spent.
    public var reachedAt: Double?

    public var fraction: Double { spent.weight / limit }

    public var level: Level {
      if fraction >= 1 { return .reached }
      return fraction >= Governor.warning ? .near : .clear
    }
  }

  /// Those of the fleet, and of one worker where there is one.
  public var standings: [Standing] = []

  public init(_ state: State, worker: String? = nil, now: Double) {
    let ceilings = state.ceilings
    let tally = state.spending.tally(at: now, in: state.zone.value)
    let all = ceilings.day ?? ceilings.month ?? ceilings.fleet
    let burn = all == nil ? Spent() : state.burn(at: now)
    func add(_ scope: Scope, _ limit: Double?, _ spent: Spent, _ burn: Spent, isExact: Bool) {
      guard let limit, limit > 0 else { return }
      let left = limit - spent.weight
      let rate = spent.dollars > spent.credits ? burn.dollars : burn.credits
      standings.append(
        Standing(
          scope: scope, limit: limit, spent: spent, isExact: isExact,
          reachedAt: left > 0 && rate > 0 ? now + left / rate * 60 : nil))
    }
    if let worker, let known = state.workers[worker] {
      let rate = known.burn(at: now)
      add(.worker(worker), ceilings.worker, known.meter.spent, rate, isExact: true)
    }
    add(.day, ceilings.day, tally.today.spent, burn, isExact: tally.today.isExact)
    add(.month, ceilings.month, tally.month.spent, burn, isExact: tally.month.isExact)
    add(.fleet, ceilings.fleet, state.workers.spent, burn, isExact: true)
  }

  /// The ceiling that stands against an order; nil when it may go out.
  public var obstacle: Standing? { standings.first { $0.level == .reached } }
}

extension State {
  /// What all workers together spend a minute, over the last readings.
  public func burn(at now: Double) -> Spent {
    var sum = Spent()
    for id in workers.active {
      if let worker = workers[id] { sum = sum + worker.burn(at: now) }
    }
    return sum
  }
}

extension WorkerState {
  /// What it spends a minute, over the last readings.
  func burn(at now: Double) -> Spent {
    guard phase.value.isActive, let rate = meter.burnPerMinute(at: now) else { return Spent() }
    return meter.isInCredits ? Spent(credits: rate) : Spent(dollars: rate)
  }
}
