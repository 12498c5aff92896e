import Canvas

/// Control sequences for the terminal that stands behind a multiplexer.
extension Passage {
  /// Bytes of one string that screen takes; before version 4.2 it took 256.
  static let screenLimit = 252

  /// The ways that can be the right one, in the order in which they are tried all: a multiplexer on
  /// another machine shows in nothing but `TERM`, and one that does not know a form drops it.
  static func all(in environment: [String: String]) -> [Passage] {
    func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    let term = environment["TERM"] ?? ""
    if has("TMUX"), !(has("STY") && term.hasPrefix("screen")) { return [.tmux] }
    if has("STY") { return [.screen] }
    if term.hasPrefix("tmux") { return [.tmux, .bare] }
    if term.hasPrefix("screen") { return [.screen, .bare] }
    return [.bare]
  }

  /// The sequence in the form that reaches the terminal.
  func carry(_ sequence: [UInt8]) -> [UInt8] {
    switch self {
    case .bare: return sequence
    case .tmux:
      let doubled = sequence.flatMap { $0 == 0x1B ? [$0, $0] : [$0] }
      return Self.start + Array("tmux;".utf8) + doubled + Self.end
    case .screen:
      var output: [UInt8] = []
      var rest = sequence[...]
      while !rest.isEmpty {
        output += Self.start + rest.prefix(Self.screenLimit) + Self.end
        rest = rest.dropFirst(Self.screenLimit)
      }
      return output
    }
  }

  /// The device control string that both pass on, and its end.
  private static let start = Array("\u{1B}P".utf8)
  private static let end = Array("\u{1B}\\".utf8)
}
