/// The way that a text took towards the operator's clipboard.
public enum CopyRoute: Hashable, Sendable {
  /// Written to the terminal as OSC 52, which terminals take or leave without a word.
  case terminal(Passage)
  /// The newest of tmux's buffers; offered: tmux was asked to hand it on to the terminal's clipboard.
  case tmuxBuffer(isOffered: Bool)
  case none(Obstacle)

  /// Why nothing was sent anywhere.
  public enum Obstacle: Hashable, Sendable {
    /// More than terminals take, which is so many bytes of text.
    case tooLarge(limit: Int)
    /// The terminal is not known to understand such a command.
    case unknownTerminal
  }
}

/// What stands between the program and the terminal that the operator sits at.
public enum Passage: Hashable, Sendable {
  case bare, tmux, screen
}
