import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Citations of sources")
struct CitationsTests {
  private static let urls = ["https://a.example/1", "https://b.example/two/", "https://c.example"]

  @Test(
    "numbers, links and bare addresses cite; code, definitions and other numbers do not",
    arguments: [
      ("Prices rose [1], and fell[3].", [0, 2]), ("Both [1, 2] and [2][3].", [0, 1, 1, 2]),
      ("[Museum news](https://a.example/1) says", [0]), ("[2](https://b.example/two) once", [1]),
      ("see https://c.example/, or (https://b.example/two).", [2, 1]),
      ("<https://a.example/1>", [0]), ("[https://c.example](https://c.example)", [2]),
      ("`[1]` and ``a ` [2]`` but [3]", [2]), ("a ` alone, [1]", [0]),
      ("```\n[1]\nhttps://c.example\n```\n[2]", [1]), ("> ~~~\n> [1]\n> ~~~\n\n[3]", [2]),
      ("[1]: https://a.example/1\ntext", []), ("[4] [0] [99999999999999999999] [x] [] [1", []),
      ("[x [2] y](https://elsewhere.example)", [1]), ("https://a.example/12", []), ("", []),
    ])
  func reads(_ text: String, _ cited: [Int]) {
    #expect(Citations.sources(in: text, Self.urls) == cited)
  }

  @Test("what has no sources is cited nowhere")
  func none() {
    #expect(Citations.sources(in: "[1] https://a.example/1", []) == [])
  }

  @Test("read entry by entry it is the same as read at once, and says where")
  func incremental() {
    var transcript = Transcript()
    var grown = Citations()
    let sources = Self.urls.map { WorkerSource(id: $0, title: nil, url: $0) }
    let deltas = ["One [1", "] and `", "[2]", "` then ", "[2].\n\n", "https://c.exa", "mple [1]"]
    for id in ["t", "u"] {
      transcript.apply(.textStart(id: id), now: nil)
      for delta in deltas {
        transcript.apply(.textDelta(id: id, delta: DeltaText(delta)), now: nil)
        grown.update(transcript, sources)
      }
      transcript.apply(.textEnd(id: id), now: nil)
    }
    var whole = Citations()
    whole.update(transcript, sources)
    #expect(grown.places == whole.places)
    #expect((0..<3).map { grown.count(of: $0) } == [4, 2, 2])
    #expect(
      grown.places[0] == [
        Citations.Place(entry: 0, ordinal: 0), Citations.Place(entry: 0, ordinal: 1),
        Citations.Place(entry: 1, ordinal: 0), Citations.Place(entry: 1, ordinal: 1),
      ])
    #expect(grown.count(of: 7) == 0)
  }

  @Test("the place of a citation is shown")
  func jumps() {
    var bench = Bench(FleetFixture.single())
    let filler = (1...60).map { "Line \($0).\n\n" }.joined()
    let text = "First [1].\n\n\(filler)Second [1].\n\n\(filler)"
    bench.tell(
      .stream(
        worker: "wrk_one",
        .items(
          [
            .start(messageID: "m", metadata: nil),
            .source(id: "s", title: nil, url: "https://a.example"),
            .textStart(id: "t"), .textDelta(id: "t", delta: DeltaText(text)),
          ].map { StreamItem($0) })))
    bench.press("3")
    _ = bench.screen.showCitation(1, of: 0, bench.fleet)
    bench.resize(80, 24)
    #expect(bench.text.contains("Second [1]."))
    #expect(bench.screen.focus == .output)
    _ = bench.screen.showCitation(5, of: 0, bench.fleet)
    #expect(bench.screen.remark == "source 1 is not cited in what is loaded")
  }
}
