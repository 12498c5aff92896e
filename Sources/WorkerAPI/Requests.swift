/// The body of a create or of a continue.
public struct RunRequest: Hashable, Sendable {
  /// At least one character.
  public var input: String
  public var budget: Budget
  /// Asks for the answer as a stream.
  public var stream: Bool

  public init(input: String, budget: Budget, stream: Bool = false) {
    self.input = input
    self.budget = budget
    self.stream = stream
  }

  public var json: JSON {
    var object = JSONObject([("input", .string(input)), ("budget", .string(budget.word))])
    if stream { object["stream"] = .bool(true) }
    return .object(object)
  }
}

/// The body that creates a schedule.
public struct ScheduleRequest: Hashable, Sendable {
  public var input: String
  public var when: ScheduleKind
  public var budget: Budget

  public init(input: String, when: ScheduleKind, budget: Budget) {
    self.input = input
    self.when = when
    self.budget = budget
  }

  public var json: JSON {
    ["input": .string(input), "when": when.requestJSON, "budget": .string(budget.word)]
  }
}
