import Prose
import Testing

/// Up to a megabyte in 20,000 deltas; quadratic work would be gigabytes of parsing.
@Suite struct LongStreamTests {
  static let documents: [(unit: String, size: Int)] = [
    ("Some *words* of a paragraph with `code`.\n\n- one\n- two\n\n", 1 << 20),
    ("Some *words* of a paragraph, no end.\n", 1 << 18),
    ("- an item with [a link](http://x.example)\n", 1 << 18),
    ("- an item\n\n  with more\n\n", 1 << 18),
    ("| a | b |\n|---|---|\n", 1 << 18),
    ("> quoted words\n>\n", 1 << 18),
    ("```\n" + String(repeating: "code\n\n", count: 40) + "```\n\n", 1 << 18),
  ]

  @Test(
    "A long text of any shape in small deltas ends with the blocks of the whole",
    .timeLimit(.minutes(1)), arguments: documents)
  func long(document: (unit: String, size: Int)) {
    let text = String(repeating: document.unit, count: document.size / document.unit.utf8.count)
    var stream = MarkdownStream()
    var rest = Substring(text)
    while !rest.isEmpty {
      stream.append(String(rest.prefix(52)))
      rest = rest.dropFirst(52)
    }
    #expect(stream.blocks == Markdown.parse(text))
  }

  @Test("An open fence of a megabyte is one code block")
  func fence() {
    var stream = MarkdownStream()
    stream.append("```log\n")
    for _ in 0..<20_000 { stream.append("a line of a log that goes on and on and on, 52 bytes\n") }
    let body = Array(
      repeating: "a line of a log that goes on and on and on, 52 bytes", count: 20_000)
    #expect(stream.blocks == [.code(language: "log", text: body.joined(separator: "\n"))])
  }
}
