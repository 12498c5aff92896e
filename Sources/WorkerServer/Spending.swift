import WorkerAPI

/// A growth of tokens and money.
public struct Spending: Hashable, Sendable {
  public var inputTokens = 0
  public var outputTokens = 0
  public var reasoningTokens = 0
  public var cacheReadTokens = 0
  public var cacheWriteTokens = 0
  /// What the model's tokens cost, against the tariff's: a small model is cheaper.
  public var modelPrice = 1.0
  /// US dollars paid for tools.
  public var toolCost = 0.0
  /// US dollars paid for the machine that tools run on.
  public var sandboxCost = 0.0

  public init() {}
}

/// Prices, and what a budget allows.
enum Tariff {
  // US dollars a token: 3 a million in, 15 out, a tenth of the input price for cached input and a
  // quarter above it for writing the cache, as large models cost in 2026.
  static let input = 3e-6
  static let output = 15e-6
  static let cacheRead = 0.3e-6
  static let cacheWrite = 3.75e-6
  /// The house's own part of the model and tool costs.
  static let overhead = 0.05
  /// US dollars of one credit; small, as public clients take credits for whole numbers.
  static let credit = 0.005

  /// Credits at which a run is stopped; nil for none.
  static func ceiling(of budget: Budget) -> Double? {
    switch budget {
    case .low: 15
    case .standard, .other: 60
    case .high: 300
    case .unlimited: nil
    }
  }
}

/// What a turn has used up so far.
struct Account: Hashable, Sendable {
  private(set) var usage = Usage(credits: 0, durationMilliseconds: 0)
  private(set) var costs = Costs()

  /// Takes in a growth; `milliseconds` is the run's age.
  mutating func add(_ growth: Spending, milliseconds: Double) {
    usage.inputTokens += growth.inputTokens
    usage.outputTokens += growth.outputTokens
    usage.reasoningTokens += growth.reasoningTokens
    usage.cacheReadTokens += growth.cacheReadTokens
    usage.cacheWriteTokens += growth.cacheWriteTokens
    usage.totalTokens += growth.inputTokens + growth.outputTokens
    let fresh = growth.inputTokens - growth.cacheReadTokens - growth.cacheWriteTokens
    let price =
      Double(max(0, fresh)) * Tariff.input
      + Double(growth.outputTokens) * Tariff.output
      + Double(growth.cacheReadTokens) * Tariff.cacheRead
      + Double(growth.cacheWriteTokens) * Tariff.cacheWrite
    costs.model += price * growth.modelPrice
    costs.tools += growth.toolCost
    costs.sandbox += growth.sandboxCost
    costs.internalCost = (costs.model + costs.tools) * Tariff.overhead
    settle(milliseconds: milliseconds)
  }

  /// Credits used, with their fraction.
  var credits: Double { costs.total / Tariff.credit }

  mutating func countStep() { usage.steps += 1 }

  /// Brings the age and the sums up to date.
  mutating func settle(milliseconds: Double) {
    usage.costUSD = Self.rounded(costs.total, 1e6)
    usage.credits = credits.rounded()
    usage.durationMilliseconds = milliseconds.rounded()
  }

  /// `costs` as they go over the wire, to a millionth of a dollar.
  var shownCosts: Costs {
    Costs(
      model: Self.rounded(costs.model, 1e6), tools: Self.rounded(costs.tools, 1e6),
      sandbox: Self.rounded(costs.sandbox, 1e6),
      internalCost: Self.rounded(costs.internalCost, 1e6))
  }

  private static func rounded(_ value: Double, _ places: Double) -> Double {
    (value * places).rounded() / places
  }
}
