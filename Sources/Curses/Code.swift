import Canvas

/// What curses hands over: a byte, or a whole key that it recognised.
enum Code: Hashable, Sendable {
  case byte(UInt8)
  case key(Key)
  case pasteStart
  case pasteEnd
  /// The beginning of a report of the mouse.
  case mouse(MouseReader.Form)

  /// True for what is a chord with Alt when it comes at once with an ESC.
  var makesChord: Bool {
    switch self {
    case .byte(0x08), .byte(0x20...0xFF): true
    case .key(.backspace): true
    case .byte, .key, .pasteStart, .pasteEnd, .mouse: false
    }
  }

  /// True for each character of what a paste without markers consists of.
  var startsText: Bool {
    switch self {
    case .byte(0x80...0xBF): false  // goes on with a character
    case .byte(let byte): byte >= 0x20 && byte != 0x7F || [0x09, 0x0A, 0x0D].contains(byte)
    case .key(let key): key.pasted != nil
    case .pasteStart, .pasteEnd, .mouse: false
    }
  }
}

extension Key {
  /// The key that sends a scalar by itself; nil for NUL, C1 controls and what has no key.
  init?(scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x09: self = .tab
    case 0x0D: self = .enter
    case 0x1B: self = .escape
    case 0x08, 0x7F: self = .backspace
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x1C...0x1F: self = .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    case 0x00, 0x80...0x9F: return nil
    default: self = .character(Character(scalar))
    }
  }

  /// What the key stands for inside of a paste; nil for keys that no text contains.
  var pasted: Character? {
    switch self {
    case .character(let character): character
    case .enter, .control("j"): "\n"
    case .tab: "\t"
    default: nil
    }
  }
}
