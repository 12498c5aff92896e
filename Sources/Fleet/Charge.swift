public import WorkerAPI

/// What one worker spent in one quarter of an hour, as this console saw its figures grow.
public struct Charge: Hashable, Sendable {
  /// Seconds of the span in which charges of one worker are added up; every zone's midnight is an
  /// edge of one.
  public static let span = 900

  public var worker: String
  /// Which quarter of an hour since 1970 it is counted in.
  public var quarter: Int
  public var budget: Budget
  public var spent: Spent
  /// It was spent between these two moments, in seconds since 1970: the readings before and after.
  public var from: Double
  public var until: Double

  public init(
    worker: String, quarter: Int, budget: Budget, spent: Spent, from: Double, until: Double
  ) {
    self.worker = worker
    self.quarter = quarter
    self.budget = budget
    self.spent = spent
    self.from = from
    self.until = until
  }

  public static func quarter(of moment: Double) -> Int {
    // Far out of every calendar, where a whole number would overflow.
    abs(moment) < 1e15 ? Int((moment / Double(span)).rounded(.down)) : 0
  }
}

/// How far a worker's figures are entered in the books.
public struct Account: Hashable, Sendable {
  /// What of the worker's total is entered.
  public var booked: Spent
  /// When that was the total, in seconds since 1970.
  public var at: Double
  /// The answers that were complete at the last look at a finished worker, and the total then.
  public var settled: Settled?

  public struct Settled: Hashable, Sendable {
    public var runs: Int
    public var total: Spent
    /// Seconds of work in all, when the server says so.
    public var seconds: Double?

    public init(runs: Int, total: Spent, seconds: Double? = nil) {
      self.runs = runs
      self.total = total
      self.seconds = seconds
    }
  }

  public init(booked: Spent = Spent(), at: Double, settled: Settled? = nil) {
    self.booked = booked
    self.at = at
    self.settled = settled
  }
}

/// What one run of a worker cost.
public struct RunCost: Hashable, Sendable {
  /// Runs of one worker that are kept; the oldest goes first.
  public static let limit = 20

  public var worker: String
  /// Seconds since 1970.
  public var endedAt: Double
  public var spent: Spent
  /// Seconds of work, when the server says so.
  public var seconds: Double?

  public init(worker: String, endedAt: Double, spent: Spent, seconds: Double? = nil) {
    self.worker = worker
    self.endedAt = endedAt
    self.spent = spent
    self.seconds = seconds
  }
}

extension RunCost {
  /// The middle one by cost, the lower of two, with the middle time of all; nil of none.
  public static func median(of runs: [RunCost]) -> RunCost? {
    guard !runs.isEmpty else { return nil }
    var middle = runs.sorted { $0.spent.weight < $1.spent.weight }[(runs.count - 1) / 2]
    let times = runs.compactMap(\.seconds).sorted()
    middle.seconds = times.isEmpty ? nil : times[(times.count - 1) / 2]
    return middle
  }
}
