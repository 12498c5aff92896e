/// A line of the configuration that gives a command other keys in one context.
public struct KeyChange: Hashable, Sendable {
  public var context: String
  public var command: String
  /// The names of the keys.
  public var keys: [String]
  /// Where it stands, from 1.
  public var line: Int

  public init(_ context: String, _ command: String, _ keys: [String], line: Int) {
    self.context = context
    self.command = command
    self.keys = keys
    self.line = line
  }
}

/// Why the keys of the configuration cannot be used, and where.
public struct KeyProblem: Hashable, Sendable {
  public var line: Int
  public var text: String
  /// The keys can be used all the same.
  public var isWarning = false
}
