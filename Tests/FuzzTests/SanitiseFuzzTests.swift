import Console
import Support
import Testing

@Suite struct SanitiseFuzzTests {
  private static let pieces = [
    "a", "é", "😀", " ", "\n", "\r", "\r\n", "\t", "\u{1B}[31m", "\u{1B}]0;x\u{7}", "\u{9B}2J", "\0",
    "\u{7F}", "\u{85}", "\u{80}", "\u{200E}", "\u{200F}", "\u{202E}", "\u{2066}", "\u{2069}",
    "\u{61C}", "\u{2028}", "\u{2029}", "\u{301}", "👩‍🚀", "\u{FEFF}",
  ]

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
      || "\u{61C}\u{200E}\u{200F}\u{2028}\u{2029}".unicodeScalars.contains(scalar)
      || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  @Test("No control, bidirectional ones included, comes through the filter; nothing else is lost")
  func filter() throws {
    try Fuzz(share: 15, name: "sanitise").run { random in
      var bytes = Mutation.text(Self.pieces, 10, &random)
      Mutation.mutate(&bytes, &random)
      let input = String(decoding: bytes, as: UTF8.self)
      let text = Sanitise.text(input)
      if text.unicodeScalars.contains(where: { $0 != "\n" && Self.isControl($0) }) {
        return Fuzz.Failure("a control in \(text.debugDescription)", input)
      }
      let line = Sanitise.line(input)
      if line.unicodeScalars.contains(where: Self.isControl) {
        return Fuzz.Failure("a control in the line \(line.debugDescription)", input)
      }
      guard Sanitise.text(text) == text, Sanitise.line(line) == line else {
        return Fuzz.Failure("a second pass changes it", input)
      }
      // Scalar by scalar: a filter that dropped letters would hide what was said.
      let kept = input.unicodeScalars.filter { !Self.isControl($0) && $0 != " " }
      let shown = { (text: String) in text.unicodeScalars.filter { $0 != " " && $0 != "\n" } }
      let replaced = { (scalars: [Unicode.Scalar]) in scalars.filter { $0 != "\u{FFFD}" } }
      guard replaced(Array(shown(text))) == replaced(Array(kept)),
        replaced(Array(shown(line))) == replaced(Array(kept))
      else { return Fuzz.Failure("something is lost in \(text.debugDescription)", input) }
      return nil
    }
  }
}
