import Canvas
import Testing

struct WidthTests {
  @Test(
    "A cluster folds to glyphs that every terminal shows in the same columns",
    arguments: [
      ("a", "a", 1), ("é", "é", 1), ("e\u{301}", "e\u{301}", 1), ("日", "日", 2), ("한", "한", 2),
      ("👍🏽", "👍", 2), ("👩‍❤️‍👨", "👩", 2), ("🇪🇸", "⚑", 1), ("❤️", "❤", 1), ("1️⃣", "1\u{20E3}", 1),
      ("\t", "\u{FFFD}", 1), ("\r\n", "\u{FFFD}", 1), ("\0", "\u{FFFD}", 1),
      ("\u{7F}", "\u{FFFD}", 1),
      ("\u{9B}", "\u{FFFD}", 1), ("\u{202E}", "", 0), ("\u{200B}", "", 0), ("\u{301}", "", 0),
      ("की", "की", 2), ("\u{10FFFF}", "\u{FFFD}", 1), ("\u{1FAE8}", "\u{FFFD}", 1),
      ("a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "a\u{301}\u{301}\u{301}\u{301}", 1),
    ] as [(String, String, Int)])
  func fold(text: String, folded: String, width: Int) throws {
    let character = try #require(text.first)
    #expect(text.count == 1)
    #expect(Width.fold(character).unicodeScalars.elementsEqual(folded.unicodeScalars))
    #expect(Width.of(character) == width)
    #expect(Width.of(text) == width)
  }

  @Test(
    "Cutting never exceeds the columns and marks what is missing",
    arguments: [
      ("hello", 5, "…", "hello"), ("hello", 4, "…", "hel…"), ("hello", 1, "…", "…"),
      ("hello", 0, "…", ""), ("hello", -3, "…", ""), ("日本語", 5, "", "日本"),
      ("日本語", 5, "…", "日本…"), ("日本語", 4, "…", "日…"), ("日本語", 6, "…", "日本語"),
      ("ab", 3, "...", "ab"), ("abcd", 2, "...", ".."), ("e\u{301}e\u{301}", 1, "", "e\u{301}"),
    ])
  func cut(text: String, columns: Int, ellipsis: String, expected: String) {
    #expect(Width.cut(text, to: columns, ellipsis: ellipsis) == expected)
  }

  @Test("Padding gives exactly the columns on either side")
  func padded() {
    #expect(Width.padded("日", to: 4) == "日  ")
    #expect(Width.padded("日", to: 4, alignment: .right) == "  日")
    #expect(Width.padded("日本", to: 3, alignment: .right) == " 日")
    #expect(Width.padded("abc", to: 0) == "")
  }
}

struct LineTests {
  let red = Style(foreground: .ansi(1))

  @Test("A line measures its columns and joins spans of one style")
  func append() {
    var line = Line("ab")
    line.append(Span("日"))
    line.append(Span("", red))
    line.append(Span("c", red))
    #expect(line == Line([Span("ab日"), Span("c", red)]))
    #expect(line.width == 5)
    #expect(line.text == "ab日c")
    #expect(Line("").spans == [])
  }

  @Test("A cut line keeps its styles, and the ellipsis takes that of what it replaces")
  func cut() {
    let line = Line([Span("abc"), Span("日本", red)])
    #expect(line.cut(to: 7, ellipsis: "…") == line)
    #expect(line.cut(to: 6, ellipsis: "…") == Line([Span("abc"), Span("日…", red)]))
    #expect(line.cut(to: 4, ellipsis: "…") == Line([Span("abc"), Span("…", red)]))
    #expect(line.cut(to: 2) == Line("ab"))
    #expect(line.cut(to: 0, ellipsis: "…") == Line())
    #expect(line.cut(to: -1) == Line())
  }

  @Test("Moving sideways leaves a blank for half of a wide glyph")
  func dropping() {
    let line = Line([Span("a日", red), Span("bc")])
    #expect(line.dropping(columns: 0) == line)
    #expect(line.dropping(columns: 1) == Line([Span("日", red), Span("bc")]))
    #expect(line.dropping(columns: 2) == Line([Span(" ", red), Span("bc")]))
    #expect(line.dropping(columns: 3) == Line("bc"))
    #expect(line.dropping(columns: 9) == Line())
  }
}

@Suite("Cutting in the middle")
struct CutMiddleTests {
  @Test(
    "keeps both ends and never more than the room",
    arguments: [
      ("/api/workers/w", 20, "/api/workers/w"), ("/api/workers/w/stream", 12, "/api/…stream"),
      ("ab", 1, "…"), ("ab", 0, ""), ("界界界界", 5, "界…界"),
    ])
  func cuts(_ text: String, _ room: Int, _ wanted: String) {
    #expect(Width.cutMiddle(text, to: room, ellipsis: "…") == wanted)
  }
}
