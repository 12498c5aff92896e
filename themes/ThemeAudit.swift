/// How well each role of a theme is read on what may lie beneath it.
public struct ThemeAudit: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var role: String
    /// The lowest contrast on any of its grounds; nil where only the terminal knows the colours.
    public var ratio: Double?
    public var needed: Double

    public var isLow: Bool { ratio.map { $0 < needed } ?? false }
  }

  public var entries: [Entry]

  public var isSound: Bool { !entries.contains(where: \.isLow) }
  /// The least contrast of words, and of chrome that may recede (WCAG 2.2, 1.4.3 and 1.4.11).
  public static let wordRatio = 4.5
  public static let chromeRatio = 3.0
  /// What every word of a theme must have that is for glare and tired eyes (WCAG 2.2, 1.4.6).
  public static let highRatio = 7.0

  /// Chrome, and what may recede.
  static let chrome: Set<String> = ["dim", "stale", "gauge", "spark", "rule", "overlay.frame"]
  /// What stands between panes and never on a selection.
  static let frames: Set<String> = ["rule", "overlay.frame"]
  /// Grounds without words of their own.
  static let grounds = ["selection", "selection.inactive"]

  public init(_ theme: ResolvedTheme) {
    let isHigh = theme.name.hasPrefix("high-contrast")
    entries = theme.roles.keys.sorted().filter { !Self.grounds.contains($0) }.map { role in
      let isChrome = Self.chrome.contains(role)
      return Entry(
        role: role, ratio: Self.ratio(role, theme),
        needed: isHigh ? Self.highRatio : isChrome ? Self.chromeRatio : Self.wordRatio)
    }
  }

  private static func ratio(_ role: String, _ theme: ResolvedTheme) -> Double? {
    let style = theme.style(role)
    let fronts = lights(style.foreground ?? theme.style("text").foreground, theme, isInk: true)
    guard !style.reverse, !fronts.isEmpty else { return nil }
    let beneath = frames.contains(role) ? ["text"] : ["text", "overlay"] + grounds
    let colors =
      style.background.map { [$0] } ?? beneath.compactMap { theme.style($0).background }
    let ratios = Set(colors).flatMap { color in
      lights(color, theme, isInk: false).flatMap { ground in
        // The terminal's own ink is made for its own ground.
        fronts.map { Contrast.ratio($0, ground) }
      }
    }
    return ratios.min()
  }

  /// What a colour may be on the screen; of the terminal's own, what is usual.
  private static func lights(
    _ color: ThemeColor?, _ theme: ResolvedTheme, isInk: Bool
  ) -> [Contrast.Light] {
    guard color == nil || color == .terminal else {
      return Contrast.light(color).map { [$0] } ?? []
    }
    switch (theme.variant, isInk) {
    case (.dark, true): return [Contrast.Light(204, 204, 204)]
    case (.dark, false): return [Contrast.Light(0, 0, 0), Contrast.Light(30, 30, 30)]
    case (.light, true): return [Contrast.Light(51, 51, 51)]
    case (.light, false): return [Contrast.Light(255, 255, 255)]
    case (.any, _): return []
    }
  }
}
