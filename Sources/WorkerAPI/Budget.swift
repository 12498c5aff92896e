/// How much a run may spend; a word this program does not know is kept as it came.
public enum Budget: Hashable, Sendable {
  case low, standard, high, unlimited
  case other(String)

  /// The budgets that a request may name, cheapest first.
  public static let all: [Budget] = [.low, .standard, .high, .unlimited]

  public init(_ word: String) {
    self = Budget.all.first { $0.word == word } ?? .other(word)
  }

  /// The word on the wire.
  public var word: String {
    switch self {
    case .low: "low"
    case .standard: "standard"
    case .high: "high"
    case .unlimited: "unlimited"
    case .other(let word): word
    }
  }
}
