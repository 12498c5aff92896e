/// Money in the two ways in which servers count it.
public struct Spent: Hashable, Sendable {
  public var credits = 0.0
  public var dollars = 0.0

  public init(credits: Double = 0, dollars: Double = 0) {
    self.credits = credits
    self.dollars = dollars
  }

  public static func + (one: Spent, other: Spent) -> Spent {
    Spent(credits: one.credits + other.credits, dollars: one.dollars + other.dollars)
  }

  public static func - (one: Spent, other: Spent) -> Spent {
    Spent(credits: one.credits - other.credits, dollars: one.dollars - other.dollars)
  }

  public var isNothing: Bool { credits == 0 && dollars == 0 }
  /// What a ceiling is compared with: credits, or dollars where a server counts in those.
  public var weight: Double { max(credits, dollars) }
}
