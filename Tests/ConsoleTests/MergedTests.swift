import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Several workers in one view")
struct MergedTests {
  private func say(_ bench: inout Bench, _ worker: String, _ text: String) {
    bench.tell(
      .stream(worker: worker, .items([StreamItem(.textDelta(id: "z", delta: DeltaText(text)))])))
  }

  private var bench: Bench {
    var bench = Bench(FleetFixture.full)
    bench.press("1")
    for id in ["wrk_weather", "wrk_review"] {
      bench.tell(.stream(worker: id, .items([StreamItem(.textStart(id: "z"))])))
      bench.select(id)
      bench.press("space")
    }
    return bench
  }

  @Test("one marked worker is not enough, and the reason is said")
  func needsTwo() {
    var bench = Bench(FleetFixture.full)
    bench.press("1 B")
    #expect(
      bench.rows[23] == "> mark two workers or more with space, and B shows their output in one")
  }

  @Test("lines stand in the order in which they came, behind the names of their workers")
  func order() {
    var bench = bench
    bench.press("B")
    #expect(bench.rows[1].contains("2 workers in one"))
    say(&bench, "wrk_weather", "sun\n")
    say(&bench, "wrk_review", "clause one\nclause")
    say(&bench, "wrk_weather", "rain\n")
    say(&bench, "wrk_review", " two\n")
    let shown = bench.rows[2..<22].filter { !$0.isEmpty }.suffix(4)
    #expect(
      Array(shown) == [
        "barcelona-weath… sun", "contract-review  clause one", "barcelona-weath… rain",
        "contract-review  clause two",
      ])
    bench.press("esc")
    #expect(!bench.text.contains("workers in one"))
    #expect(bench.screen.merged == nil)
  }

  @Test("a move up lets go, the lines stay, and what comes is counted")
  func pauses() {
    var bench = bench
    bench.press("B")
    for number in 1...100 { say(&bench, "wrk_weather", "line \(number)\n") }
    #expect(bench.rows[1].contains("FOLLOW"))
    #expect(bench.rows[21] == "barcelona-weath… line 100")
    bench.press("k k")
    let rows = bench.rows[2..<22]
    for number in 101...140 { say(&bench, "wrk_weather", "line \(number)\n") }
    #expect(bench.rows[2..<22] == rows)
    #expect(bench.rows[1].contains("+40 new"))
    bench.press("G")
    #expect(bench.rows[21] == "barcelona-weath… line 140")
  }

  @Test("what is kept is bounded")
  func bounded() {
    var bench = bench
    bench.press("B")
    say(&bench, "wrk_weather", (1...5_000).map { "line \($0)\n" }.joined())
    #expect(bench.screen.merged?.entries.count == MergedView.limit)
    #expect(bench.rows[21] == "barcelona-weath… line 5000")
    bench.press("g")
    #expect(bench.rows[2] == "barcelona-weath… line 3001")
  }

  @Test("while the reader holds a place its lines stay, until more came than is kept")
  func holds() {
    var bench = bench
    bench.press("B")
    func write(_ numbers: ClosedRange<Int>) {
      say(&bench, "wrk_weather", numbers.map { "line \($0)\n" }.joined())
    }
    write(1...3_000)
    bench.press("k k")
    let rows = bench.rows[2..<22]
    for step in 0..<17 {
      write(3_001 + step * 1_000...4_000 + step * 1_000)
      #expect(bench.rows[2..<22] == rows)
    }
    #expect(bench.rows[1].contains("+17000 new"))
    write(20_001...30_000)
    #expect(bench.rows[1].contains("earlier lines are gone  +27000 new"))
    #expect(bench.rows[2] == "barcelona-weath… line 10001")
    bench.press("G")
    #expect(!bench.rows[1].contains("gone"))
    write(30_001...30_001)
    #expect(bench.screen.merged?.entries.count == MergedView.limit)
  }

  @Test("in every theme the names differ in their words or in their colours")
  func names() {
    for theme in ThemeShelf.builtIn.names {
      var bench = bench
      bench.screen.theme = ThemeShelf.builtIn.theme(named: theme) ?? .plain
      bench.press("B")
      for id in ["wrk_weather", "wrk_review"] { say(&bench, id, "word\n") }
      let frame = bench.frame
      let rows = (2..<22).filter { bench.rows[$0].hasSuffix(" word") }
      let colours = rows.map { frame.row($0).first?.style.foreground }
      #expect(rows.count == 2, "\(theme)")
      #expect(
        Set(colours).count == 2 || bench.rows[rows[0]].hasPrefix("1 "), "\(theme)")
    }
  }

  @Test("equal titles are told apart by numbers")
  func numbers() {
    var bench = bench
    bench.tell(.rename("wrk_review", "barcelona-weather"))
    bench.press("B")
    for id in ["wrk_weather", "wrk_review"] { say(&bench, id, "word\n") }
    let names = bench.rows[2..<22].filter { $0.hasSuffix(" word") }.map { $0.prefix(9) }
    #expect(Set(names) == ["1 barcelo", "2 barcelo"])
  }

  @Test("nothing in it can drive the terminal", arguments: Hostile.texts.indices)
  func hostile(_ number: Int) {
    let text = Hostile.texts[number]
    var bench = Bench(Hostile.fleet(text))
    let id = "wrk_\(text)"
    bench.screen.merged = MergedView([id, id], bench.fleet)
    bench.press("1")
    bench.screen.openMergedForTests()
    say(&bench, id, text + "\n")
    let scalars = bench.text.unicodeScalars.filter { $0 != "\n" }
    #expect(scalars.filter(Hostile.isForbidden).isEmpty)
  }
}

extension Screen {
  fileprivate mutating func openMergedForTests() { overlays.append(.merged) }
}
