import CNcurses
import Canvas

/// Styles as curses wants them: attributes and a colour pair.
struct Ink {
  struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  /// Styles that are remembered; past that they are worked out again from none.
  static let memoryLimit = 4_096

  let palette: Palette
  /// Without default colours, "the terminal's own" is white on black.
  private let hasDefaultColors: Bool
  private var pairs: PairTable
  private var looks: [Style: Look] = [:]

  init(palette: Palette, limit: Int, hasDefaultColors: Bool = true) {
    self.palette = palette
    self.hasDefaultColors = hasDefaultColors
    pairs = PairTable(limit: palette.depth == .mono ? 0 : limit)
  }

  mutating func look(_ style: Style) -> Look {
    if let known = looks[style] { return known }
    let front = palette.foreground(style.foreground)
    let back = palette.background(style.background)
    var colors = PairTable.Colors(foreground: front.number, background: back.number)
    if !hasDefaultColors, colors.foreground != -1 || colors.background != -1 {
      if colors.foreground == -1 { colors.foreground = 7 }
      if colors.background == -1 { colors.background = 0 }
    }
    let (pair, isNew) = pairs.pair(colors)
    if isNew { init_extended_pair(pair, colors.foreground, colors.background) }
    let attributes = style.attributes.union(front.attributes)
    let look = Look(attributes: Self.constants(attributes), pair: pair)
    if looks.count == Self.memoryLimit { looks = [:] }
    looks[style] = look
    return look
  }

  /// Curses has no strikethrough; who uses it marks the words otherwise too.
  private static func constants(_ attributes: Attributes) -> attr_t {
    var constants: attr_t = 0
    if attributes.contains(.bold) { constants |= curses_bold() }
    if attributes.contains(.dim) { constants |= curses_dim() }
    if attributes.contains(.italic) { constants |= curses_italic() }
    if attributes.contains(.underline) { constants |= curses_underline() }
    if attributes.contains(.reverse) { constants |= curses_reverse() }
    return constants
  }
}
