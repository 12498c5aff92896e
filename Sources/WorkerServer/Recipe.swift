public import WorkerAPI

/// All that decides what a turn says and when: kept in the ledger, and enough to play it again.
public struct Recipe: Hashable, Sendable {
  public var worker: String
  /// 1 for a worker's first turn.
  public var number: Int
  public var scenario: Scenario
  public var seed: UInt64
  public var input: String
  public var budget: Budget
  /// Seconds since 1970; in the future for a pending turn.
  public var startedAt: Double
  /// How much faster than life the script plays.
  public var speed: Double
  /// Lines per second of the scenario `lines`.
  public var linesRate: Double

  public init(
    worker: String, number: Int = 1, scenario: Scenario, seed: UInt64, input: String,
    budget: Budget = .standard, startedAt: Double, speed: Double = 1, linesRate: Double = 200
  ) {
    self.worker = worker
    self.number = number
    self.scenario = scenario
    self.seed = seed
    self.input = input
    self.budget = budget
    self.startedAt = startedAt
    self.speed = max(speed, 0.001)
    self.linesRate = max(linesRate, 0.1)
  }

  /// The id of what the worker says in this turn; the operator's part has `-input` behind it.
  var messageID: String { "msg_\(worker.suffix(26))_\(number)" }
}
