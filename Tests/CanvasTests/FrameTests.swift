import Canvas
import Support
import Testing

struct FrameTests {
  func frame(_ columns: Int, _ rows: Int) -> Frame {
    Frame(size: Size(columns: columns, rows: rows))
  }

  @Test("Text is written where it is asked for, and the columns it took are returned")
  func write() {
    var frame = frame(8, 2)
    let used = frame.write("abc", x: 2, y: 1)
    #expect(used == 3)
    #expect(frame.text == "\n  abc")
  }

  @Test(
    "Every edge of the clip cuts plain and wide text",
    arguments: [
      (-2, "cdef", "abcdefgh"), (2, "  ab", "abcdefgh"), (9, "", "abc"), (-9, "", "abc"),
      (-1, " 本", "日本語"), (0, "日本", "日本語"), (1, " 日", "日本語"),
      (3, "", "日本語"), (-3, " 語", "日本語"),
    ])
  func edges(x: Int, shown: String, text: String) {
    var frame = frame(4, 3)
    frame.write(text, x: x, y: 1)
    #expect(frame.text == "\n\(shown.trimmed)\n")
    #expect(frame[4, 1] == Cell())
    let before = frame
    let above = frame.write(text, x: 0, y: -1)
    let below = frame.write(text, x: 0, y: 3)
    #expect([above, below] == [0, 0])
    #expect(frame == before)
  }

  @Test("A clip inside of the frame keeps its neighbours")
  func clip() {
    var frame = frame(6, 1)
    frame.write("......", x: 0, y: 0)
    let used = frame.write("日本語", x: 1, y: 0, in: Rect(x: 2, y: 0, width: 3, height: 1))
    #expect(frame.text == ".. 本.")
    #expect(used == 3)
    let nothing = frame.write("xx", x: 0, y: 0, in: Rect(x: 0, y: 0, width: 0, height: 0))
    #expect(nothing == 0)
  }

  @Test("Overwriting half of a wide glyph blanks its other half")
  func halves() {
    var left = frame(6, 1)
    left.write("日本語", x: 0, y: 0)
    left.write("x", x: 2, y: 0)
    #expect(left.text == "日x 語")
    var right = frame(6, 1)
    right.write("日本語", x: 0, y: 0)
    right.write("x", x: 3, y: 0)
    #expect(right.text == "日 x語")
    var wide = frame(6, 1)
    wide.write("日本語", x: 0, y: 0)
    wide.write("字", x: 1, y: 0)
    #expect(wide.text == " 字 語")
    var filled = frame(6, 1)
    filled.write("日本語", x: 0, y: 0)
    filled.fill(Rect(x: 1, y: 0, width: 4, height: 1), .plain, glyph: "-")
    #expect(filled.text == " ----")
  }

  @Test("Combining marks stay with their base in one cell")
  func combining() {
    var frame = frame(4, 1)
    let used = frame.write("e\u{301}x", x: 0, y: 0)
    #expect(used == 2)
    #expect(frame[0, 0].glyph == "e\u{301}")
    #expect(frame[1, 0].glyph == "x")
  }

  @Test("Controls cannot reach the terminal")
  func controls() {
    var frame = frame(8, 1)
    let used = frame.write("a\u{1B}[\r\n\tb", x: 0, y: 0)
    #expect(used == 6)
    #expect(frame.text == "a\u{FFFD}[\u{FFFD}\u{FFFD}b")
  }

  @Test("The golden form adds a line for each run of a style and the cursor")
  func golden() {
    var frame = frame(6, 2)
    let loud = Style(foreground: .ansi(9), background: .rgb(1, 2, 255), attributes: [.bold, .dim])
    frame.write(
      Line([Span("ab", loud), Span("c"), Span("d", Style(foreground: .indexed(208)))]), x: 1, y: 0)
    frame.cursor = Point(x: 3, y: 1)
    #expect(
      frame.golden == """
         abcd

        0:1-2 fg=bright-red bg=#0102ff bold dim
        0:4-4 fg=208
        cursor 1:3
        """)
  }

  @Test("A line is laid over a base style")
  func over() {
    var frame = frame(3, 1)
    let base = Style(foreground: .ansi(1), background: .ansi(4), attributes: .bold)
    let own = Style(foreground: .ansi(2), attributes: .underline)
    let used = frame.write(Line([Span("a", own), Span("b")]), x: 0, y: 0, over: base)
    #expect(used == 2)
    let mixed = Style(
      foreground: .ansi(2), background: .ansi(4), attributes: [.bold, .underline])
    #expect([frame[0, 0].style, frame[1, 0].style, frame[2, 0].style] == [mixed, base, .plain])
  }

  @Test("Restyling changes styles inside of its area and leaves the glyphs")
  func restyle() {
    var frame = frame(4, 2)
    frame.write("abcd", x: 0, y: 0)
    frame.restyle(Rect(x: 1, y: 0, width: 2, height: 9)) { style in
      style.over(Style(attributes: .reverse))
    }
    #expect(frame.golden == "abcd\n\n0:1-2 reverse\n1:1-2 reverse")
  }

  @Test("Random writes keep every wide glyph whole")
  func fuzz() {
    var generator = Seeded(7)
    let words = ["日本", "a", "e\u{301}", "👩‍👩‍👧", "क्षि", "\u{200B}", "🇪🇸x", "한글", "\t", "plain"]
    for _ in 0..<2_000 {
      var frame = frame(Int.random(in: 0...9, using: &generator), 2)
      for _ in 0..<12 {
        let x = Int.random(in: -4...10, using: &generator)
        let clip = Rect(
          x: Int.random(in: -2...6, using: &generator), y: 0,
          width: Int.random(in: 0...9, using: &generator), height: 2)
        let word = words.randomElement(using: &generator) ?? ""
        let used = frame.write(word, x: x, y: Int.random(in: -1...2, using: &generator), in: clip)
        #expect(used >= 0 && used <= clip.width)
      }
      for y in 0..<2 {
        let row = Array(frame.row(y))
        for (x, cell) in row.enumerated() {
          let width = Width.of(cell.glyph)
          let followsWide = x > 0 && Width.of(row[x - 1].glyph) == 2
          #expect(cell.glyph.isEmpty == followsWide)
          #expect(width < 2 || (x + 1 < row.count && row[x + 1].glyph.isEmpty))
        }
      }
    }
  }
}

extension String {
  /// Without the blanks at its end, as frames print their rows.
  var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
