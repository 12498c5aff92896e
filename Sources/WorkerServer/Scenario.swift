import WorkerAPI

/// What a run is about: a script for each.
public enum Scenario: String, CaseIterable, Hashable, Sendable {
  /// A web research report with sources.
  case research
  /// A price comparison with a table, a CSV file and a chart.
  case prices
  /// 20,000 log lines at a rate.
  case lines
  /// Markdown, line by line at a rate.
  case handbook
  /// Works for a while and then fails.
  case fails
  /// An hour of small steps.
  case marathon
  /// Planned from the words of the instruction.
  case composed

  /// The scenario that an instruction names with a single word; any other instruction is composed.
  public init(instruction: String) {
    let word = instruction.split(whereSeparator: \.isWhitespace)
    self = word.count == 1 ? Scenario(rawValue: word[0].lowercased()) ?? .composed : .composed
  }

  /// The script of a run; the same recipe gives the same script.
  public func script(for recipe: Recipe) -> Script {
    switch self {
    case .research: Script.research(seed: recipe.seed, input: recipe.input)
    case .prices: Script.prices(seed: recipe.seed, input: recipe.input)
    case .lines: Script.lines(seed: recipe.seed, perSecond: recipe.linesRate)
    case .handbook:
      Script.handbook(seed: recipe.seed, input: recipe.input, perSecond: recipe.linesRate)
    case .fails: Script.fails(seed: recipe.seed)
    case .marathon: Script.marathon(seed: recipe.seed)
    case .composed:
      Script.composed(
        seed: recipe.seed, input: recipe.input, budget: recipe.budget, turn: recipe.number)
    }
  }
}
