public import WorkerAPI

/// One member of a demo's cast.
public struct Part: Hashable, Sendable {
  public var title: String
  public var instruction: String
  public var budget: Budget
  /// The name of a scenario; one that is unknown is composed from the instruction.
  public var scenario: String
  /// Seconds of scenario time; negative for a run that begins later.
  public var startedSecondsAgo: Double
  public var schedules: [Plan]
  public var seed: UInt64
  /// Lines per second of the scenario `lines`; nil takes the server's.
  public var linesRate: Double?

  /// A schedule of a part.
  public struct Plan: Hashable, Sendable {
    /// A `.once` counts its seconds from the demo's beginning, not from 1970.
    public var kind: ScheduleKind
    public var input: String
    public var budget: Budget

    public init(kind: ScheduleKind, input: String, budget: Budget) {
      self.kind = kind
      self.input = input
      self.budget = budget
    }
  }

  public init(
    title: String, instruction: String, budget: Budget = .standard, scenario: String,
    startedSecondsAgo: Double, schedules: [Plan] = [], seed: UInt64, linesRate: Double? = nil
  ) {
    self.title = title
    self.instruction = instruction
    self.budget = budget
    self.scenario = scenario
    self.startedSecondsAgo = startedSecondsAgo
    self.schedules = schedules
    self.seed = seed
    self.linesRate = linesRate
  }
}
