import Prose
import Testing

/// Texts that made Markdown parsers take quadratic time.
@Suite struct HostileTests {
  private static let patterns: [String] = [
    "[", "![", "![a](", "a](", "[a](<b", "<!--", "<?", "<!A ", "<![CDATA[", "*a_ ", "_a*_", "a**b",
    "`a``b", "~a", "|", "| a ", "\\[", "<a ", "http://a.b/", "www.", "a@b.", ":", "&amp", "[a]: <",
    ">\n", "- a\n", "\t", "1. \n\n", "```\n", "# ", "a\n- ", "[a]\n\n[a]: b\n\n", "x*x", "***a* ",
    "|\n|-\n", "|\r\n|-\r\n", "> |\n> |-\n", "a\n:-\n", "a|b\n|-\n", "a@",
  ]

  @Test("Many delimiter rows without a blank line stay as they were written")
  func rows() {
    let pair = "| a |\n| - |\n"
    let blocks = Markdown.parse(String(repeating: pair, count: 100) + "\n" + pair)
    let rows = (1..<200).map { [[Inline.text($0 % 2 == 0 ? "a" : "-")]] }
    func table(_ rows: [[[Inline]]]) -> Block {
      .table(MarkdownTable(alignments: [.none], header: [[.text("a")]], rows: rows))
    }
    #expect(blocks == [table(Array(rows.dropFirst())), table([])])
  }

  @Test("A repeated pattern of 64 kB is parsed", .timeLimit(.minutes(1)), arguments: patterns)
  func repeated(pattern: String) {
    let text = String(repeating: pattern, count: (64 << 10) / pattern.utf8.count)
    #expect(!Markdown.parse(text + "\n\nend").isEmpty)
  }
}
