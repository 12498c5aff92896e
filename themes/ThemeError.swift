/// Why a theme cannot be used, said so that its writer finds the place.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  public var fileName: String
  /// From 1; nil when the reason has no place.
  public var line: Int?
  public var reason: String

  public init(fileName: String, line: Int? = nil, reason: String) {
    self.fileName = fileName
    self.line = line
    self.reason = reason
  }

  public var description: String {
    [fileName, line.map { "\($0)" }].compactMap { $0 }.joined(separator: ":") + ": \(reason)"
  }
}
