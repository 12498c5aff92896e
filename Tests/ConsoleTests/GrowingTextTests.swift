import Canvas
import Prose
import Support
import Testing

@testable import Console

@Suite("A text that grows")
struct GrowingTextTests {
  private let layout = MarkdownLayout(width: 60, theme: .plain, unicode: true)

  private func lines(_ text: GrowingText) -> [Line] { (0..<text.lineCount).map { text[$0] } }

  private func atOnce(_ text: String) -> [Line] {
    var growing = GrowingText()
    growing.update(text, layout)
    return lines(growing)
  }

  /// The text in pieces that are cut anywhere between two scalars.
  private func inPieces(
    _ text: String, _ dice: inout Seeded, longest: Int, check: (GrowingText, String) -> Void
  ) -> [Line] {
    var growing = GrowingText()
    let scalars = Array(text.unicodeScalars)
    var start = 0
    var shown = String.UnicodeScalarView()
    while start < scalars.count {
      let end = min(scalars.count, start + Int.random(in: 1...longest, using: &dice))
      shown.append(contentsOf: scalars[start..<end])
      growing.update(String(shown), layout)
      check(growing, String(shown))
      start = end
    }
    return lines(growing)
  }

  @Test("in random pieces it is the same as at once, after each piece")
  func pieces() {
    var dice = Seeded(5)
    let parts = [
      FleetFixture.report, "- a\n- b\n\n", "para\ngraph\n\n", "```\ncode\n\n\n", "```\n\n",
      "| a |\n|--|\n| b |\n\n",
      "1. x\n\n   y\n\n", "> q\n\nz\n", "\r\n\r\n", "[r]: http://x.example\n\n[r]\n\n", "# h\n",
      "\u{1B}[1m\n\n",
    ]
    for _ in 0..<40 {
      let text = (0..<Int.random(in: 1...5, using: &dice)).reduce(into: "") { text, _ in
        text += parts.randomElement(using: &dice) ?? ""
      }
      let end = inPieces(text, &dice, longest: 60) { growing, shown in
        #expect(lines(growing) == atOnce(shown))
      }
      #expect(end == atOnce(text))
    }
  }

  @Test("a log without blank lines is plain beyond the limit, and the same in any pieces")
  func log() {
    var dice = Seeded(6)
    let text = (0..<4000).map { "2026-11-24 *step* \($0) of `many`\($0 % 7 == 0 ? "\r" : "")\n" }
      .joined()
    #expect(text.utf8.count > 2 * GrowingText.plainLimit)
    let end = inPieces(text, &dice, longest: 4000) { _, _ in }
    #expect(end == atOnce(text))
    #expect(end.count == 4000)
    #expect(end[7].text == "2026-11-24 *step* 7 of `many`")
  }

  @Test("blank lines of a plain text are kept, wherever it is cut")
  func blankLines() {
    let head = String(repeating: "x\n", count: GrowingText.plainLimit)
    var growing = GrowingText()
    growing.update(head, layout)
    for piece in ["a\n", "\n", "\n", "b\r", "\n", "c"].indices {
      growing.update(head + ["a\n", "\n", "\n", "b\r", "\n", "c"][...piece].joined(), layout)
    }
    #expect(lines(growing).suffix(5).map(\.text) == ["a", "", "", "b", "c"])
  }

  @Test("twenty thousand lines in pieces take time in proportion, not in its square")
  func linear() {
    func seconds(_ count: Int, _ line: (Int) -> String) -> Double {
      var text = ""
      var growing = GrowingText()
      let clock = ContinuousClock()
      var spent = Duration.zero
      for number in 0..<count {
        text += line(number)
        if number % 200 == 199 { spent += clock.measure { growing.update(text, layout) } }
      }
      return spent / .seconds(1)
    }
    let kinds: [(Int) -> String] = [
      { "line \($0)\n" }, { "line \($0)\n\n" }, { "- item \($0)\n" }, { "words \($0) " },
    ]
    for line in kinds {
      let (tenth, whole) = (seconds(2000, line), seconds(20_000, line))
      // Ten times the text; a square would take a hundred times as long.
      #expect(whole < tenth * 40 + 1, "\(line(1)): \(tenth) s and \(whole) s")
    }
  }

  @Test("one line that never ends is settled piece by piece")
  func endless() {
    var text = ""
    var growing = GrowingText()
    let clock = ContinuousClock()
    let spent = clock.measure {
      for _ in 0..<200 {
        text += String(repeating: "0123456789abcdef", count: 512)
        growing.update(text, layout)
      }
    }
    #expect(lines(growing).reduce(0) { $0 + $1.width } == text.utf8.count)
    #expect(spent < .seconds(20))
  }
}
