/// The text between two paste markers as it arrives, in any number of pieces.
///
/// CR and CRLF become newlines, other control characters are dropped, and so is what is beyond
/// the limit.
struct PasteText: Sendable {
  enum Progress {
    case open, ended
  }

  private static let end: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]

  private var scalars = String.UnicodeScalarView()
  private var bytes = 0
  private var endsInReturn = false
  /// How much of an end marker that curses did not recognise has been seen.
  private var matched = 0

  var text: String { String(scalars) }

  mutating func append(_ scalar: Unicode.Scalar) -> Progress {
    if scalar == Self.end[matched] {
      matched += 1
      return matched == Self.end.count ? .ended : .open
    }
    // It was not the marker: what looked like it is text, but for the escape.
    let missed = Self.end[..<matched].dropFirst()
    matched = 0
    for early in missed { add(early) }
    if scalar == Self.end[0] {
      matched = 1
    } else {
      add(scalar)
    }
    return .open
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    let followsReturn = endsInReturn
    endsInReturn = scalar == "\r"
    switch scalar.value {
    case 0x0A where followsReturn: return
    case 0x0D: store("\n")
    case 0x09, 0x0A: store(scalar)
    case 0x00..<0x20, 0x7F..<0xA0: return
    default: store(scalar)
    }
  }

  private mutating func store(_ scalar: Unicode.Scalar) {
    let size = UTF8.width(scalar)
    guard bytes + size <= KeyReader.pasteLimit else { return }
    bytes += size
    scalars.append(scalar)
  }
}
