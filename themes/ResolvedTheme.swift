/// A theme ready to be drawn with.
public struct ResolvedTheme: Hashable, Sendable {
  public var name: String
  public var variant: ThemeFile.Variant
  public var roles: [String: ThemeStyle]

  public init(name: String, variant: ThemeFile.Variant, roles: [String: ThemeStyle]) {
    self.name = name
    self.variant = variant
    self.roles = roles
  }

  /// The most specific role that is defined: `worker.running.selected`, else `worker.running`,
  /// else `worker`, else `text`.
  public func style(_ role: String) -> ThemeStyle {
    var role = Substring(role)
    while true {
      if let style = roles[String(role)] { return style }
      guard let dot = role.lastIndex(of: ".") else { return roles["text"] ?? ThemeStyle() }
      role = role[..<dot]
    }
  }
}
