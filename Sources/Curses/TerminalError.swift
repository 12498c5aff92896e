/// Why the terminal cannot be used, in words for the operator.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Input or output goes to a file or a pipe.
  case notATerminal
  /// The terminal database has no entry, or the entry lacks what a full screen needs.
  case unusable(term: String)
  case noDescriptors

  public var description: String {
    switch self {
    case .notATerminal:
      "standard input and output are not a terminal"
    case .unusable(let term) where term.isEmpty:
      "TERM is not set, so the terminal cannot be opened; try TERM=xterm-256color"
    case .unusable(let term):
      "the terminal cannot be opened: TERM is \"\(term)\", which cannot place the cursor; try"
        + " TERM=xterm-256color, or 'signalbox watch ID' for plain lines"
    case .noDescriptors:
      "the terminal cannot be opened: this process has no free file descriptors"
    }
  }
}
