import Prose
import Testing

@Suite struct TurnTests {
  @Test("Parsing at once from many tasks gives what parsing alone gives")
  func concurrent() async {
    let text = "~~a~~ www.example.com\n\n| a |\n|---|\n| ~~b~~ |\n\n- [x] c\n"
    let alone = Markdown.parse(text)
    let results = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<200).allSatisfy { _ in Markdown.parse(text) == alone } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results == Array(repeating: true, count: 8))
  }
}
