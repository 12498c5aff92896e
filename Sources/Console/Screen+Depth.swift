public import Canvas

extension Screen {
  /// Takes a theme that marks the cursor's row by other means than a shade, where shades of
  /// background cannot be shown; a theme that was kept for better terminals stays kept.
  public mutating func adapt(to depth: ColorDepth) {
    let name: String
    switch depth {
    case .mono: name = "mono"
    case .ansi8:
      guard !keepsTheme else { return }
      name = "terminal"
    case .ansi16, .indexed256, .direct: return
    }
    theme = Theme.builtIn(name) ?? .plain
    keepsTheme = true
  }
}
