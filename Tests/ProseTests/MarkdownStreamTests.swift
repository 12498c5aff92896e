import Prose
import Support
import Testing

@Suite struct MarkdownStreamTests {
  static let corpus: [String] = [
    "# Title\n\nOne *two*\nthree.\n\n- a\n  - b\n\n    c\n- d\n\n1. x\n2. y\n\nEnd.",
    "```swift\nlet a = 1\n\nlet b = 2\n```\nafter\n\n~~~\nopen\n\n\nstill",
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n\ntext\n| h |\n|---|\n| c |\nnot\n\nz",
    "> quote\nlazy\n\n> second\n> - in\n>\n>   more\n\nplain\n\n    code\n\n    code two\n\nx",
    "Heading\n===\n\nOther\n---\n\npara\n---\n***\n\n- a\n\n- b\n\n\n- c\n\n* other\n",
    "# T\r\n\r\nline one\r\nline two\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n\r\nx\r\n```\r\n\r\nend\r\n",
    "a\rb\r\rc\r\n\rd\n\r\ne\r",
    "<div>\n\n*a*\n\n</div>\n\n<!-- one\n\ntwo -->\n\nafter\n\n<script>\n\nx\n\n</script>\n\ny",
    "See [one] and [two][t].\n\nMore [one].\n\n[one]: http://one.example\n\nLast [t].\n\n[t]: /two\n'x'\n",
    "- [ ] open\n- [x] done\n\n  text\n\n10. ten\n\n    in ten\n\n    ```\n    f\n\n    g\n    ```\n11. e\n",
    "for x in items[1:]:\n\n    pass\n\n> [q]: /in-quote\n\n[q] and [r\ns]\n\n[r\ns]: /t\n\nz",
    "é ü 漢字 👩‍👩‍👧‍👦\n\n**strong 漢**\n\n\u{FEFF}mark\n\n\u{FEFF}# no heading\n\nend",
    "- a\n\n\n  b\n\n\n\n- c\n-\n\n  d\n\n-\n  e\n\nf\n\n#\n\n##\n\n#not\n\n1) x\n\n1. y\n",
    "a\n\n***\n\n* * *\n\n+ x\n\n- y\n\n_ _ _\n\n\ttabbed\n\n \t mixed\n\n- z\n\n\tin z\n\n",
  ]

  private func check(_ pieces: [String], seams: inout Int) {
    var stream = MarkdownStream()
    var whole = ""
    for piece in pieces {
      let before = (stream.settledCount, Array(stream.blocks.prefix(stream.settledCount)))
      stream.append(piece)
      whole += piece
      #expect(stream.text == whole)
      #expect(stream.blocks == Markdown.parse(whole), "\(pieces)")
      if stream.settledCount >= before.0 {
        #expect(Array(stream.blocks.prefix(before.0)) == before.1)
      }
    }
    seams += stream.settledCount
  }

  private func cut(_ text: String, _ random: inout Seeded, longest: Int) -> [String] {
    var rest = Substring(text).unicodeScalars
    var pieces: [String] = []
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...longest, using: &random))
      pieces.append(String(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  @Test("Cut anywhere, the pieces give the blocks of the whole", arguments: corpus)
  func pieces(document: String) {
    var random = Seeded(7)
    var seams = 0
    check(document.unicodeScalars.map { String($0) }, seams: &seams)
    for longest in [2, 5, 20, 200] {
      for _ in 0..<10 { check(cut(document, &random, longest: longest), seams: &seams) }
    }
  }

  @Test("Random lines, cut anywhere, give the blocks of the whole")
  func randomDocuments() {
    let lines = [
      "", "", "", " ", "text", "  text", "    text", "\ttext", "- a", "  - b", "    - c", "* d",
      "-",
      "1. e", "2) f", "> g", "> > h", ">", "```", "~~~", "    ```", "| a | b |", "|---|---|",
      "| c |",
      "# h", "#", "===", "---", "***", "<div>", "</div>", "<!--", "-->", "<b>", "[x]", "- [ ] t",
      "*open", "close*", "`", "\\", "&amp;", "www.a.example",
    ]
    var random = Seeded(11)
    var seams = 0
    for _ in 0..<600 {
      let count = Int.random(in: 1...24, using: &random)
      let end = ["\n", "\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      let document = (0..<count).map { _ in lines.randomElement(using: &random) ?? "" }
        .joined(separator: end)
      check(cut(document, &random, longest: 40), seams: &seams)
    }
    #expect(seams > 500)
  }

  @Test("Random documents with definitions give the blocks of the whole")
  func randomDefinitions() {
    let lines = [
      "", "", "[x]", "[x]: /u", "[y]: <v>", "> [y]: /w", "- [z]: /z", "text [x] [y] [z]", "'title'",
      "[long", "label]", "label]: /l", "[long label]", "  [x]: /other", "\\[x]: /no",
      "- [ ] [x]: /t",
    ]
    var random = Seeded(13)
    var seams = 0
    for _ in 0..<400 {
      let count = Int.random(in: 1...12, using: &random)
      let document = (0..<count).map { _ in lines.randomElement(using: &random) ?? "" }
        .joined(separator: "\n")
      check(cut(document, &random, longest: 30), seams: &seams)
    }
  }

  @Test("What lies before a seam is settled, and a definition unsettles it")
  func settling() {
    var stream = MarkdownStream()
    stream.append("one [x]\n\ntwo\n\nthr")
    #expect(stream.settledCount == 1)
    stream.append("ee\n\n```\nfour\n\nfive\n")
    #expect(stream.settledCount == 3)
    stream.append("```\n\nsix\n\n[x]: /u\n")
    #expect(stream.settledCount == 0)
    #expect(
      stream.blocks.first
        == .paragraph([.text("one "), .link(destination: "/u", title: "", [.text("x")])]))
  }

  @Test("Streams are equal when their texts are, however they were cut")
  func equality() {
    var one = MarkdownStream()
    var other = MarkdownStream()
    one.append("a\n\nb\n\nc")
    for piece in ["a\n", "\nb\n", "\n", "c"] { other.append(piece) }
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
  }
}
