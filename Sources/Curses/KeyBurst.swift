import Canvas

/// Keys that wait until it is known whether a terminal without markers pastes them.
///
/// People send one key at a time, and a key that is held down sends only itself. Three characters
/// with a line end among them, or six of which each differs from the one before, come from a
/// clipboard, and so does everything that goes on with a paste.
struct KeyBurst: Sendable {
  /// Characters that make a paste of a line end beside them.
  static let lineCount = 3
  /// Characters, a held one counted once, that are a paste without any line end.
  static let wordCount = 6

  private(set) var keys: [Key] = []
  /// The last key of the paste that these go on with.
  private let previous: Key?
  private var start: ContinuousClock.Instant?
  private var characters = 0
  private var changes = 0
  private var hasLineEnd = false
  private var isUniform = true

  init(after previous: Key? = nil) {
    self.previous = previous
  }

  var isPaste: Bool {
    guard !keys.isEmpty else { return false }
    return previous != nil || hasLineEnd && characters >= Self.lineCount
      || changes >= Self.wordCount
  }

  /// When a key that is held down began; its repeats must not wait until it is let go.
  var repeatStart: ContinuousClock.Instant? {
    isUniform && previous == nil && keys.first != .enter ? start : nil
  }

  /// What the keys stand for in a paste; CR with LF is one line end, even if torn apart.
  var text: String {
    var text = ""
    var last = previous
    for key in keys {
      if let character = key.pasted, key != .control("j") || last != .enter {
        text.append(character)
      }
      last = key
    }
    return text
  }

  mutating func append(_ key: Key, at now: ContinuousClock.Instant) {
    if start == nil { start = now }
    if case .character = key {
      characters += 1
      if keys.last != key { changes += 1 }
    }
    if key.pasted == "\n" { hasLineEnd = true }
    if let first = keys.first, first != key { isUniform = false }
    keys.append(key)
  }
}
