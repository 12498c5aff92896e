import Canvas
import Support
import Testing

struct WrapTests {
  @Test(
    "Text breaks at blanks, and long words are cut",
    arguments: [
      ("", 5, 0, [""]), ("abc", 0, 0, [""]), ("hello", 5, 0, ["hello"]),
      ("hello world", 5, 0, ["hello", "world"]), ("hello world", 8, 0, ["hello", "world"]),
      ("hello   world", 6, 0, ["hello", "world"]), ("abcdefgh", 3, 0, ["abc", "def", "gh"]),
      ("ab cdefgh", 4, 0, ["ab", "cdef", "gh"]), ("  ab cd", 5, 0, ["  ab", "cd"]),
      ("ab cd ef", 5, 2, ["ab cd", "  ef"]), ("abcdefgh", 4, 9, ["abcd", "  ef", "  gh"]),
      ("日本語", 4, 0, ["日本", "語"]), ("日本語", 5, 0, ["日本", "語"]), ("日本", 1, 0, ["日", "本"]),
      ("a bb ccc dddd", 4, 0, ["a bb", "ccc", "dddd"]), ("ab   ", 3, 0, ["ab "]),
      ("      ", 3, 0, ["   "]), ("       ab", 3, 0, ["   ", "ab"]),
    ] as [(String, Int, Int, [String])])
  func wrap(text: String, width: Int, indent: Int, rows: [String]) {
    #expect(Wrap.lines(Line(text), width: width, indent: indent).map(\.text) == rows)
  }

  @Test(
    "Full rows lose nothing, and say that they go on",
    arguments: [
      ("hello", 5, ["hello"]), ("hello wide world", 6, ["hello ", "wide w", "orld"]),
      ("日本語", 5, ["日本", "語"]), ("", 3, [""]),
    ])
  func full(text: String, width: Int, rows: [String]) {
    let red = Style(foreground: .ansi(1))
    let lines = Wrap.full(Line([Span(text, red)]), width: width)
    #expect(lines.map(\.text) == rows && lines.map(\.text).joined() == text)
    #expect(lines.map { $0.joint != nil } == rows.indices.map { $0 > 0 })
    #expect(lines.flatMap(\.spans).allSatisfy { $0.style == red })
  }

  @Test("Styles go on in the next row")
  func styles() {
    let red = Style(foreground: .ansi(1))
    let line = Line([Span("one "), Span("two three", red), Span(" four")])
    #expect(
      Wrap.lines(line, width: 7, indent: 1).map(\.spans) == [
        [Span("one "), Span("two", red)], [Span(" "), Span("three", red)],
        [Span(" "), Span("four")],
      ])
  }

  @Test("Rows say what the break before them took, so that they can be joined again")
  func joints() {
    let rows = Wrap.lines(Line("one  two threefour"), width: 5, indent: 1)
    #expect(rows.map(\.text) == ["one", " two", " thre", " efou", " r"])
    #expect(rows.map { $0.joint?.blanks } == [nil, 2, 1, 0, 0])
    #expect(rows.map { $0.joint?.lead } == [nil, 1, 1, 1, 1])
    #expect(Wrap.lines(Line("one"), width: 5).map(\.joint) == [nil])
  }

  @Test("A word of ten thousand columns is cut into rows without losing a letter")
  func long() {
    let word = String(repeating: "abcdefghij", count: 1_000)
    let rows = Wrap.lines(Line(word), width: 80)
    #expect(rows.count == 125)
    #expect(rows.map(\.text).joined() == word)
  }

  @Test("No row is wider than asked, and only blanks disappear")
  func fuzz() {
    var generator = Seeded(11)
    let alphabet: [Character] = ["a", "b", " ", " ", "日", "e\u{301}", "👩‍👩‍👧", "-"]
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...40, using: &generator)
      let text = String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      let width = Int.random(in: 2...12, using: &generator)
      let indent = Int.random(in: 0...6, using: &generator)
      let rows = Wrap.lines(Line(text), width: width, indent: indent)
      #expect(!rows.isEmpty)
      #expect(rows.allSatisfy { $0.width <= width })
      #expect(rows.map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
