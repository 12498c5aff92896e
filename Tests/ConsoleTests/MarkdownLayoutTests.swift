import Canvas
import Prose
import Support
import Testing

@testable import Console

@Suite("Markdown as lines")
struct MarkdownLayoutTests {
  private func lines(_ text: String, _ width: Int, unicode: Bool = true) -> [String] {
    MarkdownLayout(width: width, theme: .plain, unicode: unicode).lines(Markdown.parse(text))
      .map(\.text)
  }

  @Test("paragraphs wrap at words and keep the ends of lines that were written")
  func paragraphs() {
    #expect(lines("One two three\nfour\n\nfive", 9) == ["One two", "three", "four", "", "five"])
  }

  @Test("the words of a link lead where it goes, and its host and other schemes lead nowhere")
  func links() {
    let text = "a [b](https://c.example/d) [e](javascript:f)\n\n> - [g](http://h.example)"
    let linked = MarkdownLayout(width: 60, theme: .plain, unicode: true).lines(Markdown.parse(text))
      .flatMap(\.spans).compactMap { span in span.link.map { [span.text, $0] } }
    #expect(linked == [["b", "https://c.example/d"], ["g", "http://h.example"]])
  }

  @Test("levels of headings and withdrawn words are told apart without colours")
  func marks() {
    #expect(
      lines("# One\n\n## Two\n\n##### Five\n\na ~~b~~ c", 20)
        == ["One", "", "## Two", "", "##### Five", "", "a ~~b~~ c"])
  }

  @Test("lists nest, and what follows a marker stays behind it")
  func lists() {
    #expect(
      lines("9. nine ten\n10. eleven\n    - deep words here\n", 14) == [
        "9. nine ten", "10. eleven", "    • deep", "      words", "      here",
      ])
  }

  @Test("loose lists keep their distance, tasks their boxes")
  func tasks() {
    #expect(lines("- [x] a\n- [ ] b", 20) == ["[x] a", "[ ] b"])
    #expect(lines("- a\n\n- b", 20, unicode: false) == ["- a", "", "- b"])
  }

  @Test("quotes and code stand apart")
  func quotes() {
    #expect(lines("> a b\n> > c", 20) == ["▏ a b", "▏ ", "▏ ▏ c"])
    #expect(
      lines("```swift\nlet a = 1\n\n  b\n```", 20) == ["  swift", "  let a = 1", "  ", "    b"])
  }

  @Test("a table keeps its alignments")
  func table() {
    #expect(
      lines("| a | b | c |\n|:--|:-:|--:|\n| x | y | z |\n| long | wide | 10 |", 40) == [
        "a    │  b   │  c", "─────┼──────┼───", "x    │  y   │  z", "long │ wide │ 10",
      ])
  }

  @Test("a table that is too wide shrinks its widest column, and its cells wrap")
  func shrinks() {
    #expect(
      lines("| n | words |\n|--|--|\n| 1 | one two three four |", 16, unicode: false) == [
        "n | words", "--+-------------", "1 | one two", "  | three four",
      ])
  }

  @Test("a column is never narrower than its longest word; where those are too many, records")
  func wholeWords() {
    let table = "| Item | Net | Gross |\n|--|--:|--:|\n| Carbonless envelopes | 3324.37 | 3956.40 |"
    #expect(
      lines(table, 30)
        == [
          "Item       │     Net │   Gross", "───────────┼─────────┼────────",
          "Carbonless │ 3324.37 │ 3956.40", "envelopes  │         │",
        ].map { $0.hasSuffix("│") ? $0 + "        " : $0 })
    #expect(
      lines(table, 29) == ["Item: Carbonless envelopes", "Net: 3324.37", "Gross: 3956.40"])
    let address = "https://a.example/a/very/long/path"
    #expect(
      lines("| n | at |\n|--|--|\n| 1 | \(address) |", 28, unicode: false) == [
        "n | at", "--+-------------------------", "1 | https://a.example/a/very",
        "  | /long/path",
      ])
  }

  @Test("a table with too many columns becomes records")
  func records() {
    #expect(
      lines("| a | b | c |\n|--|--|--|\n| one two | x | |\n| y | z | 1 |", 14) == [
        "a: one two", "b: x", "c: ", "", "a: y", "b: z", "c: 1",
      ])
  }

  @Test("no line is wider than it may be, however deep and wide the text is")
  func fits() {
    var dice = Seeded(3)
    let pieces = [
      "> ", "- ", "  - ", "    1. ", "> > > > > > ", "# ", "```\n", "word ", "verylongword", "東京都",
      "\n", "\n\n", "| a | b |\n|--|--|\n| c | d |\n",
      "|1|2|3|4|5|6|7|8|9|\n|-|-|-|-|-|-|-|-|-|\n|a|b|c|d|e|f|g|h|i|\n",
      "**bold** ", "`code` ", "<b>", "[link](http://a.example) ", "🎉", "- [ ] ", "999999999. ",
    ]
    for round in 0..<600 {
      let text = (0..<Int.random(in: 1...25, using: &dice)).reduce(into: "") { text, _ in
        text += pieces.randomElement(using: &dice) ?? ""
      }
      let width = Int.random(in: 8...60, using: &dice)
      let layout = MarkdownLayout(width: width, theme: .plain, unicode: round % 2 == 0)
      for line in layout.lines(Markdown.parse(text)) {
        #expect(line.width <= width, "\(width): \(line.text)")
      }
    }
  }

  @Test("no word is lost between the text and its lines")
  func loses() {
    for width in [8, 12, 20, 33, 60, 96] {
      let shown = lines(FleetFixture.report, width).joined().filter { !" │┼─▏•".contains($0) }
      for word in ["Pricesin", "Supplier", "Envelopes", "coloured", "封筒", "return", "tomorrow"] {
        #expect(width < 12 || shown.contains(word) || word.count > width - 6, "\(width) \(word)")
      }
    }
  }
}
