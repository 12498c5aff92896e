/// What a terminal is taken for whose TERM the terminal database of this host does not have.
enum StandIn {
  /// Families that read what xterm reads.
  private static let likeXterm = [
    "xterm", "kitty", "alacritty", "ghostty", "foot", "wezterm", "konsole", "gnome", "vte", "rxvt",
    "st-", "contour", "iterm", "mintty", "putty", "rio", "warp", "tabby", "ms-terminal", "vscode",
  ]

  /// The best one first; the last ones are in every database.
  static func names(for term: String) -> [String] {
    let name = term.lowercased()
    let family: [String] =
      if ["screen", "tmux"].contains(where: name.hasPrefix) {
        ["screen-256color", "screen"]
      } else if name == "st" || likeXterm.contains(where: name.hasPrefix) {
        ["xterm-256color", "xterm"]
      } else if name.hasPrefix("linux") {
        ["linux"]
      } else {
        []
      }
    return family + ["vt100", "ansi"]
  }
}
