import Canvas

/// How a text gets to the operator's clipboard: a plan, made from what the environment says.
struct Clipboard {
  /// Bytes in base64 that terminals are sure to take.
  static let limit = 74_994
  /// The same as bytes of text.
  static let textLimit = limit / 4 * 3
  /// Bytes of text that tmux is given.
  static let bufferLimit = 16 << 20

  /// Something to try; the next one is for when it fails.
  enum Step: Hashable {
    /// tmux takes its own command whatever its options are, also with `set-clipboard` off, while it
    /// drops a sequence from a program unless that or `allow-passthrough` is on.
    case tmuxBuffer(isOffered: Bool)
    case terminal([UInt8], Passage)
  }

  let environment: [String: String]

  func steps(for text: String) -> [Step] {
    let count = text.utf8.count
    let fits = Base64.count(count) <= Self.limit
    var steps: [Step] = []
    if environment["TMUX"]?.isEmpty == false, count <= Self.bufferLimit {
      // Before version 3.2 tmux does not know how to offer.
      steps = fits ? [.tmuxBuffer(isOffered: true)] : []
      steps.append(.tmuxBuffer(isOffered: false))
    }
    if fits, obeys {
      let passages = Passage.all(in: environment)
      let sequence = Self.sequence(text)
      steps.append(.terminal(passages.flatMap { $0.carry(sequence) }, passages[0]))
    }
    return steps
  }

  /// Why there are no more steps.
  func obstacle(to text: String) -> CopyRoute.Obstacle {
    obeys ? .tooLarge(limit: Self.textLimit) : .unknownTerminal
  }

  /// OSC 52 for the clipboard itself, not for the selection.
  static func sequence(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;".utf8) + Base64.encode(text.utf8) + [0x07]
  }

  private var obeys: Bool { ControlSequence.obeysCommands(environment["TERM"] ?? "") }
}
