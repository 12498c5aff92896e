public import WorkerAPI

/// A worker's figures, with the moment at which they were learned, and their recent growth.
public struct Meter: Hashable, Sendable {
  /// Readings kept for the burn rate and the sparkline; the oldest goes first.
  public static let sampleLimit = 60
  /// Seconds over which the burn rate is taken.
  public static let window = 180.0

  public private(set) var usage: Usage?
  public private(set) var costs: Costs?
  /// Seconds since 1970 of the figures; nil before the first ones.
  public private(set) var readAt: Double?
  /// When the question of these figures left, in seconds since 1970.
  private var askedAt: Double?
  public private(set) var samples: [Sample] = []

  public struct Sample: Hashable, Sendable {
    public var at: Double
    public var amount: Double
  }

  public init() {}

  /// What was spent: credits when the server counts in them, else US dollars.
  public var amount: Double? { usage?.credits ?? usage.map(\.costUSD) ?? costs?.total }
  public var isInCredits: Bool { usage?.credits != nil }
  /// The same as money.
  public var spent: Spent {
    isInCredits ? Spent(credits: amount ?? 0) : Spent(dollars: amount ?? 0)
  }

  /// Takes in figures that were asked for at `askedAt` and came at `now`; an answer to an older
  /// question than the last one is ignored. A change of the unit begins the samples anew, and so does
  /// a clock that was set back.
  public mutating func read(
    usage: Usage?, costs: Costs?, askedAt: Double? = nil, at now: Double
  ) {
    // A question of the future left before the clock was set back.
    let askedAt = min(askedAt ?? now, now)
    let isSetBack = readAt.map { $0 > now } ?? false
    guard isSetBack || self.askedAt.map({ $0 <= askedAt }) ?? true, usage != nil || costs != nil
    else { return }
    let wasInCredits = isInCredits
    self.usage = usage ?? self.usage
    self.costs = costs ?? self.costs
    readAt = now
    self.askedAt = askedAt
    if isInCredits != wasInCredits || isSetBack { samples = [] }
    guard let amount else { return }
    samples.append(Sample(at: now, amount: amount))
    if samples.count > Self.sampleLimit { samples.removeFirst() }
  }

  /// What is being spent a minute, over the last readings; nil with fewer than two of them.
  public func burnPerMinute(at now: Double) -> Double? {
    let recent = samples.filter { now - $0.at <= Self.window }
    guard let first = recent.first, let last = recent.last, last.at - first.at >= 1 else {
      return nil
    }
    return max(0, (last.amount - first.amount) / (last.at - first.at) * 60)
  }

  /// Growth from reading to reading, for a sparkline.
  public var increments: [Double] {
    zip(samples.dropFirst(), samples).map { max(0, $0.amount - $1.amount) }
  }
}
