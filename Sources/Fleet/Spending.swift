public import WorkerAPI

/// What was spent and when, over all workers; the sums of today and of this month are kept at hand.
public struct Spending: Hashable, Sendable {
  /// Days whose charges are looked at; older ones are of no sum that is shown.
  public static let days = 62

  private var slots: [Slot: Entry] = [:]
  private var kept = Derived(Tally())
  private var tally: Tally {
    get { kept.value }
    set { kept.value = newValue }
  }

  public init() {}

  fileprivate struct Slot: Hashable {
    var quarter: Int
    var budget: Budget
  }

  fileprivate struct Entry: Hashable {
    var spent = Spent()
    var from = Double.infinity
    var until = -Double.infinity
  }

  /// What was spent in a span of time.
  public struct Sum: Hashable, Sendable {
    public var spent = Spent()
    public var budgets: [Budget: Spent] = [:]
    /// False when a part of it may belong to the time before, for nobody was looking.
    public var isExact = true

    public init() {}

    fileprivate mutating func add(_ entry: Entry, _ budget: Budget, since begin: Double) {
      spent = spent + entry.spent
      budgets[budget, default: Spent()] = budgets[budget, default: Spent()] + entry.spent
      if entry.from < begin, entry.until > begin { isExact = false }
    }
  }

  /// Today and this month, in the operator's zone.
  public struct Tally: Hashable, Sendable {
    public var today = Sum()
    public var month = Sum()
    /// Midnight, the first of the month and the midnight to come, in seconds since 1970.
    public var midnight = 0.0
    public var monthStart = 0.0
    public var end = -Double.infinity
  }

  /// The sums at a moment.
  public func tally(at now: Double, in zone: Zone) -> Tally {
    tally.midnight <= now && now < tally.end ? tally : makeTally(at: now, in: zone)
  }

  mutating func enter(_ charge: Charge) {
    let slot = Slot(quarter: charge.quarter, budget: charge.budget)
    slots[slot, default: Entry()].add(charge)
    guard tally.end > tally.midnight else { return }
    let begin = Double(charge.quarter) * Double(Charge.span)
    var entry = Entry()
    entry.add(charge)
    // An entry of the time before that reaches into today makes today's sum a lower bound.
    if begin < tally.midnight, charge.until > tally.midnight { tally.today.isExact = false }
    if begin < tally.monthStart, charge.until > tally.monthStart { tally.month.isExact = false }
    if begin >= tally.midnight { tally.today.add(entry, charge.budget, since: tally.midnight) }
    if begin >= tally.monthStart { tally.month.add(entry, charge.budget, since: tally.monthStart) }
  }

  /// Works the sums out for the day of a moment, and lets go of what is older than any.
  mutating func turn(to now: Double, in zone: Zone) {
    guard !(tally.midnight <= now && now < tally.end) else { return }
    let oldest = Charge.quarter(of: now - Double(Self.days) * 86_400)
    slots = slots.filter { $0.key.quarter >= oldest }
    tally = makeTally(at: now, in: zone)
  }

  private func makeTally(at now: Double, in zone: Zone) -> Tally {
    var tally = Tally()
    tally.midnight = zone.midnight(before: now)
    tally.monthStart = zone.monthStart(before: now)
    tally.end = zone.midnight(before: tally.midnight + 36 * 3_600)
    for (slot, entry) in slots {
      let begin = Double(slot.quarter) * Double(Charge.span)
      if begin >= tally.midnight {
        tally.today.add(entry, slot.budget, since: tally.midnight)
      } else if entry.until > tally.midnight {
        tally.today.isExact = false
      }
      if begin >= tally.monthStart {
        tally.month.add(entry, slot.budget, since: tally.monthStart)
      } else if entry.until > tally.monthStart {
        tally.month.isExact = false
      }
    }
    return tally
  }
}

extension Spending.Entry {
  fileprivate mutating func add(_ charge: Charge) {
    spent = spent + charge.spent
    from = min(from, charge.from)
    until = max(until, charge.until)
  }
}

extension Zone {
  /// The moment at which the day of `now` began.
  public func midnight(before now: Double) -> Double {
    let civil = Int(now.rounded(.down)) + offset(now).seconds
    return moment(civilSeconds: civil - (civil % 86_400 + 86_400) % 86_400)
  }

  /// The moment at which the month of `now` began.
  public func monthStart(before now: Double) -> Double {
    let midnight = midnight(before: now)
    // Noon of the first is that day in every zone, whatever its clocks did since.
    return self.midnight(before: midnight + 43_200 - Double(civil(now).day - 1) * 86_400)
  }
}
