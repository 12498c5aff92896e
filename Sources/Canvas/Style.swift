/// A colour as a theme names it; a terminal shows the nearest that it has.
public enum Color: Hashable, Sendable {
  /// Whatever the terminal's owner chose as default.
  case terminal
  /// 0 to 7 are the eight classic colours, 8 to 15 their bright forms.
  case ansi(UInt8)
  /// The 6×6×6 cube (16 to 231) and the grey ramp (232 to 255).
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)
}

public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let italic = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
  public static let reverse = Attributes(rawValue: 16)
  public static let strikethrough = Attributes(rawValue: 32)
}

public struct Style: Hashable, Sendable {
  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public static let plain = Style()

  public init(
    foreground: Color = .terminal, background: Color = .terminal, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// This style on top of another: its own colours win unless they are `.terminal`, attributes
  /// unite.
  public func over(_ base: Style) -> Style {
    Style(
      foreground: foreground == .terminal ? base.foreground : foreground,
      background: background == .terminal ? base.background : background,
      attributes: attributes.union(base.attributes))
  }
}
