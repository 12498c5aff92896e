import Canvas

/// Maps a theme's colours to what a terminal has.
///
/// Where a colour is missing the nearest takes its place; on eight colours a bright foreground is
/// its dark form in bold, and bright black becomes dim so that it never vanishes.
struct Palette: Hashable, Sendable {
  let depth: ColorDepth

  /// A colour number of curses (-1 is the terminal's own) and what to add to the attributes.
  struct Ink: Hashable, Sendable {
    var number: Int32
    var attributes: Attributes = []
  }

  /// `NO_COLOR` counts when it is not empty (no-color.org); `isDirect` is terminfo's `RGB`.
  init(environment: [String: String], colors: Int, isDirect: Bool) {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
      depth = .mono
    } else if isDirect, colors > 256 {
      depth = .direct
    } else {
      depth = colors >= 256 ? .indexed256 : colors >= 16 ? .ansi16 : colors >= 8 ? .ansi8 : .mono
    }
  }

  init(depth: ColorDepth) {
    self.depth = depth
  }

  func foreground(_ color: Color) -> Ink {
    guard depth == .ansi8, let index = sixteen(color) else { return Ink(number: number(color)) }
    if index == 8 { return Ink(number: -1, attributes: .dim) }
    return index > 8
      ? Ink(number: Int32(index - 8), attributes: .bold) : Ink(number: Int32(index))
  }

  func background(_ color: Color) -> Ink {
    guard depth == .ansi8, let index = sixteen(color) else { return Ink(number: number(color)) }
    return Ink(number: Int32(index % 8))
  }

  private func number(_ color: Color) -> Int32 {
    switch depth {
    case .mono: -1
    case .ansi8, .ansi16: sixteen(color).map { Int32($0) } ?? -1
    case .indexed256: indexed(color)
    case .direct: direct(color)
    }
  }

  private func indexed(_ color: Color) -> Int32 {
    switch color {
    case .terminal: -1
    case .ansi(let index): Int32(min(index, 15))
    case .indexed(let index): Int32(index)
    case .rgb(let red, let green, let blue): Int32(RGB(red, green, blue).nearestIndexed)
    }
  }

  /// A direct terminal reads numbers below eight as the classic colours and others as 0xRRGGBB.
  private func direct(_ color: Color) -> Int32 {
    switch color {
    case .terminal: return -1
    case .ansi(let index) where index < 8: return Int32(index)
    case .indexed(let index) where index < 8: return Int32(index)
    case .ansi(let index): return RGB.standard(min(index, 15)).number
    case .indexed(let index): return RGB.standard(index).number
    case .rgb(let red, let green, let blue): return max(8, RGB(red, green, blue).number)
    }
  }

  private func sixteen(_ color: Color) -> UInt8? {
    switch color {
    case .terminal: nil
    case .ansi(let index): min(index, 15)
    case .indexed(let index): index < 16 ? index : RGB.standard(index).nearestANSI
    case .rgb(let red, let green, let blue): RGB(red, green, blue).nearestANSI
    }
  }
}
