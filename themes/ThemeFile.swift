/// One theme as it is written, before its palette and what it inherits are applied.
public struct ThemeFile: Hashable, Sendable {
  public enum Variant: String, Hashable, Sendable {
    case dark, light
    /// It is read on both.
    case any
  }

  /// A colour, or the name of one in the palette of this theme or of one that it inherits.
  public enum Paint: Hashable, Sendable {
    case color(ThemeColor)
    case named(String)
  }

  public struct Role: Hashable, Sendable {
    public var foreground: Paint?
    public var background: Paint?
    /// The marks of the role, such as bold; its colours are nil.
    public var marks: ThemeStyle
    /// The line in the file, from 1.
    public var line: Int?

    public init(
      foreground: Paint? = nil, background: Paint? = nil, marks: ThemeStyle = ThemeStyle(),
      line: Int? = nil
    ) {
      self.foreground = foreground
      self.background = background
      self.marks = marks
      self.line = line
    }
  }

  /// Where it was read, such as "night.yaml".
  public var fileName: String
  public var name: String
  public var variant: Variant
  /// The name of the theme whose palette and roles this one begins with.
  public var inherits: String?
  public var palette: [String: ThemeColor]
  public var roles: [String: Role]

  public init(
    fileName: String, name: String, variant: Variant, inherits: String? = nil,
    palette: [String: ThemeColor] = [:], roles: [String: Role] = [:]
  ) {
    self.fileName = fileName
    self.name = name
    self.variant = variant
    self.inherits = inherits
    self.palette = palette
    self.roles = roles
  }
}
