extension Color {
  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// The colour as golden frames write it: `terminal`, `red`, `bright-red`, `208`, `#ff8800`.
  public var name: String {
    switch self {
    case .terminal: "terminal"
    case .ansi(let index) where index < 8: Self.names[Int(index)]
    case .ansi(let index) where index < 16: "bright-\(Self.names[Int(index) - 8])"
    case .ansi(let index), .indexed(let index): String(index)
    case .rgb(let red, let green, let blue): "#" + [red, green, blue].map(Self.hex).joined()
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0\(digits)" : digits
  }
}

extension Attributes {
  private static let names: [(Attributes, String)] = [
    (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
    (.reverse, "reverse"), (.strikethrough, "strikethrough"),
  ]

  /// The names of the members, in the order of their declaration.
  public var words: [String] {
    Self.names.filter { contains($0.0) }.map(\.1)
  }
}

extension Style {
  /// The style as golden frames write it, for example `fg=red bg=#101010 bold`; empty when plain.
  public var words: String {
    var parts: [String] = []
    if foreground != .terminal { parts.append("fg=\(foreground.name)") }
    if background != .terminal { parts.append("bg=\(background.name)") }
    return (parts + attributes.words).joined(separator: " ")
  }
}
