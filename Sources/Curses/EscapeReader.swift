import Canvas

/// Recognises escape sequences whose bytes came too slowly for curses.
///
/// Curses has then reported a bare ESC already. What follows within 250 ms and can belong to a
/// sequence must not act as keys: a whole sequence becomes the key that it means, and a single
/// letter that can end one (`A B C D F H ~`) or start one (`[ O`) is ignored.
///
/// An ESC that came at once with what follows is no key of its own but a chord with Alt: a few edit
/// words as in readline, all others are ignored.
struct EscapeReader: Sendable {
  enum Reading: Hashable, Sendable {
    case other, ignored, pasteStart, pasteEnd
    case key(Key)
  }

  static let window = Duration.milliseconds(250)
  /// No sequence of a key is longer.
  static let lengthLimit = 16

  private var escaped: ContinuousClock.Instant?
  /// `[` or `O` and what followed; empty outside of a sequence.
  private var sequence = ""
  /// The ESC came at once with what followed.
  private var isChord = false

  /// `hasMore` says whether text came at once with this scalar.
  mutating func read(
    _ scalar: Unicode.Scalar, hasMore: Bool = false, at now: ContinuousClock.Instant
  ) -> Reading {
    if scalar == "\u{1B}" {
      escaped = now
      sequence = ""
      isChord = hasMore
      return hasMore ? .ignored : .other
    }
    guard let since = escaped, now - since < Self.window else {
      escaped = nil
      sequence = ""
      return .other
    }
    if sequence.isEmpty {
      if isChord, scalar != "[", scalar != "O" {
        escaped = nil
        return Self.chords[scalar].map(Reading.key) ?? .ignored
      }
      if scalar == "[" || scalar == "O" {
        sequence.unicodeScalars.append(scalar)
        escaped = now
        return .ignored
      }
      if "ABCDFH~".unicodeScalars.contains(scalar) { return .ignored }
      escaped = nil
      return .other
    }
    return proceed(scalar, at: now)
  }

  /// The key that one of curses means behind what was read.
  mutating func read(_ key: Key) -> Key {
    defer { escaped = nil }
    let isChorded = escaped != nil && isChord && sequence.isEmpty
    return isChorded && key == .backspace ? .wordBackspace : key
  }

  private mutating func proceed(_ scalar: Unicode.Scalar, at now: ContinuousClock.Instant)
    -> Reading
  {
    switch scalar.value {
    case 0x20...0x3F where sequence.utf8.count < Self.lengthLimit && sequence.first == "[":
      sequence.unicodeScalars.append(scalar)
      escaped = now
      return .ignored
    case 0x40...0x7E:
      let whole = sequence + String(scalar)
      let wasChord = isChord
      sequence = ""
      isChord = false
      if let meaning = Self.meanings[whole] { return meaning }
      // `[` that the operator typed is followed by a letter of a command, not by a final byte.
      if whole.utf8.count == 2, "a"..."z" ~= scalar, !wasChord {
        escaped = nil
        return .other
      }
      return .ignored
    default:
      escaped = nil
      sequence = ""
      return .other
    }
  }

  private static let chords: [Unicode.Scalar: Key] = [
    "b": .wordLeft, "f": .wordRight, "d": .wordDelete, "\u{7F}": .wordBackspace,
    "\u{8}": .wordBackspace,
  ]

  /// What xterm and its descendants send without modifiers.
  private static let meanings: [String: Reading] = {
    var table: [String: Reading] = [
      "[Z": .key(.backTab), "[200~": .pasteStart, "[201~": .pasteEnd,
      "[2~": .key(.insert), "[3~": .key(.delete), "[5~": .key(.pageUp), "[6~": .key(.pageDown),
      "[1~": .key(.home), "[7~": .key(.home), "[4~": .key(.end), "[8~": .key(.end),
      "OP": .key(.function(1)), "OQ": .key(.function(2)), "OR": .key(.function(3)),
      "OS": .key(.function(4)),
    ]
    let arrows: [(String, Key)] = [
      ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ]
    for (letter, key) in arrows {
      table["[\(letter)"] = .key(key)
      table["O\(letter)"] = .key(key)
    }
    let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    for (index, code) in codes.enumerated() { table["[\(code)~"] = .key(.function(index + 1)) }
    return table
  }()
}
