extension Width {
  /// What the C library says about one scalar.
  enum ScalarWidth: UInt32 {
    case zero, one, two, refused
  }

  static func of(_ scalar: Unicode.Scalar) -> ScalarWidth {
    let value = scalar.value
    if value &- 0x20 < 0x5F { return .one }
    let wanted = value << 2 | 3
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle] <= wanted { low = middle } else { high = middle }
    }
    return ScalarWidth(rawValue: runs[low] & 3) ?? .refused
  }

  /// The strings of all ASCII bytes, made once; bytes that are not printable are U+FFFD.
  static let asciiGlyphs: [String] = (UInt8(0)..<128).map { byte in
    byte &- 0x20 < 0x5F ? String(UnicodeScalar(byte)) : "\u{FFFD}"
  }

  /// A cluster as a terminal shows it everywhere: the base with its combining marks.
  ///
  /// A joined emoji becomes its first glyph and loses its variation selector or skin tone, a flag
  /// becomes U+2691 because terminals disagree about single regional letters, and what the C
  /// library does not know, controls among them, becomes U+FFFD. Spacing marks and conjuncts of
  /// Indic scripts stay, each in its own column. The result is empty when nothing is visible.
  public static func fold(_ character: Character) -> String {
    if let ascii = ascii(character) { return asciiGlyphs[Int(ascii)] }
    var folded = ""
    eachGlyph(of: character) { glyph, _ in folded += glyph }
    return folded
  }

  /// A curses cell holds a base and four marks; further marks are left out.
  static let markLimit = 4

  /// Calls with each glyph that gets a cell of its own, and its width of one or two columns.
  static func eachGlyph(of character: Character, _ body: (String, Int) -> Void) {
    if let ascii = ascii(character) { return body(asciiGlyphs[Int(ascii)], 1) }
    var glyph = ""
    var columns = 0
    var marks = 0
    for scalar in character.unicodeScalars {
      switch of(scalar) {
      case .refused:
        if columns == 0 { return body("\u{FFFD}", 1) }
      case .zero:
        guard columns > 0, marks < markLimit, isMark(scalar) else { continue }
        glyph.unicodeScalars.append(scalar)
        marks += 1
      case .one, .two:
        if columns == 0, 0x1F1E6...0x1F1FF ~= scalar.value { return body("\u{2691}", 1) }
        if columns > 0 {
          guard startsGlyph(scalar) else { return body(glyph, columns) }
          body(glyph, columns)
        }
        glyph = String(scalar)
        columns = of(scalar) == .two ? 2 : 1
        marks = 0
      }
    }
    if columns > 0 { body(glyph, columns) }
  }

  /// Marks that change the glyph before them, unlike joiners and selectors.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if 0xFE00...0xFE0F ~= scalar.value || 0xE0100...0xE01EF ~= scalar.value { return false }
    switch scalar.properties.generalCategory {
    case .format, .control: return false
    default:
      return !scalar.properties.isDefaultIgnorableCodePoint
        || 0x1160...0x11FF ~= scalar.value
    }
  }

  /// Letters and spacing marks inside of a cluster keep a column; symbols such as the second half
  /// of a joined emoji do not.
  private static func startsGlyph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .spacingMark, .nonspacingMark, .otherLetter, .lowercaseLetter, .uppercaseLetter,
      .titlecaseLetter, .modifierLetter, .decimalNumber:
      true
    default: false
    }
  }
}
