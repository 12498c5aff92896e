/// A program of the operator's own that gets the terminal for a while.
public struct Program: Hashable, Sendable {
  /// A line for the shell, such as `vim -u NONE`.
  public var line: String
  /// What the program is given behind the words of its line, each as it is.
  public var arguments: [String]

  public init(line: String, arguments: [String] = []) {
    self.line = line
    self.arguments = arguments
  }

  /// How it ended.
  public enum End: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    case notStarted(reason: String)
  }
}
