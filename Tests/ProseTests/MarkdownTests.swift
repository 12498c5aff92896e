import Prose
import Testing

@Suite struct MarkdownTests {
  @Test("Headings, marks and breaks become values")
  func inlines() {
    let blocks = Markdown.parse(
      "## A *b* **c** ~~d~~ `e`\n\nsoft\nbreak  \nhard ![alt *x*](i.png) <br>\n\n***\n")
    #expect(
      blocks == [
        .heading(
          level: 2,
          [
            .text("A "), .emphasis([.text("b")]), .text(" "), .strong([.text("c")]), .text(" "),
            .strikethrough([.text("d")]), .text(" "), .code("e"),
          ]),
        .paragraph([
          .text("soft"), .softBreak, .text("break"), .lineBreak, .text("hard "),
          .image(alternative: "alt x", destination: "i.png"), .text(" "), .html("<br>"),
        ]),
        .rule,
      ])
  }

  @Test("Written links and bare addresses are links")
  func links() {
    let blocks = Markdown.parse(
      "[a](http://x.example \"t\") and www.example.com, https://b.example")
    #expect(
      blocks == [
        .paragraph([
          .link(destination: "http://x.example", title: "t", [.text("a")]), .text(" and "),
          .link(destination: "http://www.example.com", title: "", [.text("www.example.com")]),
          .text(", "),
          .link(destination: "https://b.example", title: "", [.text("https://b.example")]),
        ])
      ])
  }

  @Test("Lists keep their numbers, boxes, tightness and inner lists")
  func lists() {
    let blocks = Markdown.parse("3. a\n4. b\n\n- [x] done\n- [ ] open\n  - inner\n\n* p\n\n* q\n")
    func item(_ text: String, task: Bool? = nil, _ more: [Block] = []) -> MarkdownList.Item {
      MarkdownList.Item(task: task, blocks: [.paragraph([.text(text)])] + more)
    }
    let inner = Block.list(MarkdownList(items: [item("inner")]))
    #expect(
      blocks == [
        .list(MarkdownList(start: 3, items: [item("a"), item("b")])),
        .list(
          MarkdownList(items: [item("done", task: true), item("open", task: false, [inner])])),
        .list(MarkdownList(isTight: false, items: [item("p"), item("q")])),
      ])
  }

  @Test("Tables keep alignments; short rows are filled and long ones cut")
  func tables() {
    let blocks = Markdown.parse("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | *2* |\n|1|2|3|4|5|\n")
    #expect(
      blocks == [
        .table(
          MarkdownTable(
            alignments: [.left, .center, .right, .none],
            header: [[.text("a")], [.text("b")], [.text("c")], [.text("d")]],
            rows: [
              [[.text("1")], [.emphasis([.text("2")])], [], []],
              [[.text("1")], [.text("2")], [.text("3")], [.text("4")]],
            ]))
      ])
  }

  @Test("Code keeps its text, with every line end as a line feed")
  func code() {
    let blocks = Markdown.parse(
      "```swift linenos\r\nlet a\r\n\r\n  b\r\n```\r\n\r\n    indented\r\n")
    #expect(
      blocks == [
        .code(language: "swift", text: "let a\n\n  b"), .code(language: nil, text: "indented"),
      ])
  }

  @Test("A fence that is not closed is a code block already")
  func openFence() {
    #expect(
      Markdown.parse("text\n\n~~~\nhalf a li")
        == [.paragraph([.text("text")]), .code(language: nil, text: "half a li")])
  }

  @Test("Quotes and raw HTML are kept and not interpreted")
  func quotesAndHTML() {
    #expect(
      Markdown.parse("> a\n> > b\n\n<script>x</script>\n")
        == [
          .quote([.paragraph([.text("a")]), .quote([.paragraph([.text("b")])])]),
          .html("<script>x</script>"),
        ])
  }

  @Test(
    "Control bytes, odd line ends and nothing at all are valid",
    arguments: [
      ("", []),
      ("\n\r\n \t\n", []),
      ("a\0b", [Block.paragraph([.text("a\u{FFFD}b")])]),
      ("a\rb", [Block.paragraph([.text("a"), .softBreak, .text("b")])]),
      ("\u{1B}[31m", [Block.paragraph([.text("\u{1B}[31m")])]),
    ] as [(String, [Block])])
  func oddities(text: String, blocks: [Block]) {
    #expect(Markdown.parse(text) == blocks)
  }

  @Test("Plain text is the words without marks")
  func plainText() {
    guard case .paragraph(let inlines) = Markdown.parse("a **b *c*** [d](e)\n`f`").first else {
      Issue.record("no paragraph")
      return
    }
    #expect(inlines.plainText == "a b c d f")
  }

  @Test("A text past the limit is one code block")
  func tooLarge() {
    let text = "# a" + String(repeating: " ", count: Markdown.sizeLimit)
    #expect(Markdown.parse(text) == [.code(language: nil, text: text)])
  }
}
