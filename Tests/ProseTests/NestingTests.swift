import Prose
import Testing

@Suite struct NestingTests {
  /// Levels of blocks and inlines in a block.
  private func depth(_ blocks: [Block]) -> Int {
    blocks.map { block in
      switch block {
      case .quote(let inner): 1 + depth(inner)
      case .list(let list): 1 + (list.items.map { depth($0.blocks) }.max() ?? 0)
      case .paragraph(let inlines), .heading(_, let inlines): 1 + depth(of: inlines)
      default: 1
      }
    }.max() ?? 0
  }

  private func depth(of inlines: [Inline]) -> Int {
    inlines.map { inline in
      switch inline {
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, _, let inner):
        1 + depth(of: inner)
      default: 1
      }
    }.max() ?? 0
  }

  @Test(
    "Deep nesting is flattened at the limit and loses no words",
    arguments: [
      String(repeating: ">", count: 10_000) + " word",
      String(repeating: "> ", count: 10_000) + "word",
      String(repeating: "- ", count: 10_000) + "word",
      String(repeating: "1. ", count: 10_000) + "word",
      String(repeating: "* > ", count: 5_000) + "word",
      (0..<300).map { String(repeating: "  ", count: $0) + "- word" }.joined(separator: "\n"),
      String(repeating: "*a ", count: 5_000) + "word" + String(repeating: "*", count: 5_000),
      String(repeating: "*", count: 10_000) + "word" + String(repeating: "*", count: 10_000),
      String(repeating: "[", count: 10_000) + "word" + String(repeating: "](u)", count: 10_000),
      String(repeating: "![", count: 10_000) + "word" + String(repeating: "](u)", count: 10_000),
      String(repeating: "[", count: 10_000) + "word",
      String(repeating: "~~a ", count: 5_000) + "word" + String(repeating: "~~", count: 5_000),
    ])
  func deep(text: String) {
    let blocks = Markdown.parse(text)
    #expect(depth(blocks) <= Markdown.depthLimit + 1)
    #expect("\(blocks)".contains("word"))
  }

  @Test("Nesting within the limit is kept")
  func shallow() {
    let blocks = Markdown.parse(String(repeating: "> ", count: 60) + "word")
    var expected = [Block.paragraph([.text("word")])]
    for _ in 0..<60 { expected = [.quote(expected)] }
    #expect(blocks == expected)
  }

  @Test("A long rule is a rule and a banner in code keeps every character")
  func banners() {
    let banner = String(repeating: ">", count: 500)
    let stars = String(repeating: "* ", count: 500)
    #expect(
      Markdown.parse("```\n\(banner)\n\(stars)x\n```\n\n\(stars)\n\n> \(stars)\n")
        == [.code(language: nil, text: "\(banner)\n\(stars)x"), .rule, .quote([.rule])])
  }
}
