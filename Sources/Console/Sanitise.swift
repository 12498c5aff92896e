import Canvas

/// The one filter between remote text and the screen, a notice, a title or an export.
///
/// Takes out whatever a terminal could obey or a reader be deceived by (protocol.md (c), rule 10):
/// C0 and C1 controls with the escape sequences that they begin, and bidirectional controls.
public enum Sanitise {
  /// Keeps newlines; CR LF and CR count as one; a tab becomes spaces to the next multiple of four.
  public static func text(_ text: String) -> String {
    guard needsWork(text) else { return text }
    var output = String.UnicodeScalarView()
    var column = 0
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\n" where previous == "\r": continue
      case "\n", "\r":
        output.append("\n")
        column = 0
      case "\t":
        let spaces = 4 - column % 4
        output.append(contentsOf: String(repeating: " ", count: spaces).unicodeScalars)
        column += spaces
      default:
        output.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
        column += 1
      }
    }
    return String(output)
  }

  /// For the clipboard and for files: like `text`, but tabs stay, which some code depends on.
  public static func export(_ text: String) -> String {
    guard text.utf8.contains(0x09) else { return self.text(text) }
    let lines = text.split(separator: "\t", omittingEmptySubsequences: false)
    return lines.map { self.text(String($0)) }.joined(separator: "\t")
  }

  /// For places of one line: newlines and tabs become spaces.
  public static func line(_ text: String) -> String {
    guard needsWork(text) || text.utf8.contains(0x0A) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar == "\n" || scalar == "\r" || scalar == "\t"
            ? " " : isForbidden(scalar) ? "\u{FFFD}" : scalar
        }))
  }

  /// For a JSON text that goes to a terminal or a pipe: the same, said by escapes (RFC 8259, section
  /// 7), so that nothing is lost. The writer has escaped C0 itself, and what stands outside of
  /// strings is ASCII.
  public static func json(_ text: String) -> String {
    guard needsWork(text) else { return text }
    return text.unicodeScalars.reduce(into: "") { output, scalar in
      if scalar.value >= 0x7F, isForbidden(scalar) {
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
  }

  /// Like `text`, but what is taken out, and each cluster of which terminals draw something else
  /// than is written, such as joined emoji, flags and selectors, stands as `[U+1F469 U+200D U+1F4BB]`.
  static func codes(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x0A }) else { return text }
    var output = ""
    for character in text {
      let scalars = character.unicodeScalars
      let isBlank = ["\n", "\r\n", "\r", "\t"].contains(character)
      let isDrawn =
        !scalars.contains(where: isForbidden)
        && (character.isASCII || Width.fold(character).unicodeScalars.elementsEqual(scalars))
      if isBlank || isDrawn {
        output.append(character)
      } else {
        let codes = scalars.map { scalar in
          let digits = String(scalar.value, radix: 16, uppercase: true)
          return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        output += "[\(codes.joined(separator: " "))]"
      }
    }
    return self.text(output)
  }

  private static func needsWork(_ text: String) -> Bool {
    text.utf8.contains {
      $0 < 0x20 && $0 != 0x0A || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xD8
    }
  }

  /// Controls but newline and tab; the bidirectional marks, embeddings, overrides and isolates
  /// (UAX 9); line and paragraph separators.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
