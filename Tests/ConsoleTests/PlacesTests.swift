import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Marked places and reruns")
struct PlacesTests {
  @Test("a letter brings worker, pane and place back, and '' goes back again")
  func marks() {
    var bench = Bench()
    bench.press("2 g m a")
    let top = bench.screen.output.top
    #expect(
      bench.screen.remark == "mark a is here; 'a comes back" && !bench.screen.output.isFollowing)
    bench.press("1")
    bench.select("wrk_review")
    bench.press("' a")
    #expect(bench.screen.selected == FleetFixture.watched && bench.screen.focus == .output)
    #expect(bench.screen.output.top == top && !bench.screen.output.isFollowing)
    bench.press("' '")
    #expect(bench.screen.selected == "wrk_review" && bench.screen.focus == .workers)
  }

  @Test("a mark leads to its text in another layout, too, and Esc of a search to where it began")
  func layouts() {
    var bench = Bench(columns: 120, rows: 24)
    bench.press("2 f g ctrl-d m a")
    let row = bench.rows[2]
    bench.press("/")
    bench.type("zzz")
    bench.resize(70, 20)
    bench.resize(120, 24)
    bench.press("esc")
    #expect(bench.rows[2] == row)
    bench.press("g")
    bench.resize(64, 20)
    bench.press("' a")
    #expect(row.contains("~~412~~") && bench.rows[2...3].contains { $0.contains("~~412~~") })
    bench.resize(120, 24)
    #expect(bench.rows[2] == row)
  }

  @Test("what is no mark, or is gone, is said, and nothing moves")
  func misses() {
    var bench = Bench()
    bench.press("'")
    #expect(bench.screen.remark == "m and a letter marks one first")
    bench.press("m b ' c")
    #expect(bench.screen.remark == "no mark c; marked: b")
    bench.press("m !")
    #expect(
      bench.screen.remark == "a mark is a letter or a digit" && bench.screen.places.count == 1)
    bench.press("m esc")
    #expect(bench.screen.overlays == [] && bench.screen.places.count == 1)
    bench.tell(.forget(FleetFixture.watched))
    bench.press("' b")
    #expect(bench.screen.remark == "the worker of mark b is not in the list any more")
  }

  @Test("N opens a new worker with this one's input and budget, and sends nothing")
  func rerun() {
    var bench = Bench(FleetFixture.single())
    bench.tell(.write(Draft(subject: .newWorker, text: "", cursor: 0, budget: .standard)))
    bench.press("N")
    guard case .composer(let composer)? = bench.screen.overlays.last else {
      return #expect(Bool(false), "the composer is open")
    }
    #expect(composer.purpose == .newWorker && composer.area.text == "Read the news.")
    #expect(!bench.actions.contains { if case .create = $0 { true } else { false } })
  }

  @Test("a draft that waits is not written over")
  func draft() {
    var bench = Bench()
    bench.press("N")
    #expect(bench.screen.overlays == [])
    #expect(bench.screen.remark?.hasPrefix("a draft of another new worker is kept") == true)
    #expect(bench.fleet.drafts[.newWorker]?.text == "Compare hotels\nnear the fair")
  }

  @Test("Enter on a source goes to the text that cites it, and then to the next")
  func citations() {
    var bench = Bench()
    bench.press("3 j j enter")
    #expect(bench.screen.focus == .output)
    #expect(bench.screen.remark == "source 3, citation 1/1; . goes to the next")
    #expect(bench.rows.contains { $0.contains("(+6.1 %) [3].") })
    bench.press("3 g enter")
    #expect(bench.screen.focus == .sources)
    #expect(bench.screen.remark == "source 1 is not cited in what is loaded")
  }

  /// One text that cites its sources here and there.
  private func cited(_ columns: Int, _ rows: Int) -> Bench {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: rows)
    let filler = (1...60).map { "Line \($0).\n\n" }.joined()
    let text = "Both [2, 3] and [2], `[1]`.\n\n\(filler)Later [3] and [1].\n\n\(filler)"
    let events: [WorkerEvent] = [
      .start(messageID: "m", metadata: nil),
      .source(id: "a", title: nil, url: "https://a.example"),
      .source(id: "b", title: "B", url: "https://b.example"),
      .source(id: "c", title: "C", url: "https://c.example"), .textStart(id: "t"),
      .textDelta(id: "t", delta: DeltaText(text)),
    ]
    bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    return bench
  }

  @Test("# goes from a citation to its source, again to the next one on the screen")
  func sources() {
    var bench = cited(80, 24)
    bench.press("2 g #")
    #expect(bench.screen.focus == .sources && bench.screen.cursors[.sources] == 1)
    #expect(
      bench.screen.remark
        == "source 2, 1/2 of those cited there; # goes to the next, 2 back to the text")
    bench.press("#")
    #expect(bench.screen.cursors[.sources] == 2)
    bench.press("2 #")
    #expect(bench.screen.cursors[.sources] == 1)
    bench.press("2 pgdn pgdn #")
    #expect(bench.screen.remark == "the text on the screen cites no source")
    #expect(bench.screen.focus == .output)
  }

  @Test("beside the text Enter stays with the sources and goes to the next; . does from the text")
  func nextCitation() {
    var bench = cited(120, 40)
    bench.press("3 j j enter")
    #expect(bench.screen.focus == .sources)
    #expect(bench.screen.remark == "source 3, citation 1/2; enter goes to the next")
    bench.press("enter")
    #expect(bench.screen.remark == "source 3, citation 2/2; enter goes to the next")
    #expect(bench.rows.contains { $0.contains("Later [3] and [1].") })
    bench.press("2 .")
    #expect(bench.screen.remark == "source 3, citation 1/2; . goes to the next")
    var other = cited(80, 24)
    other.press("2 .")
    #expect(other.screen.remark?.hasPrefix("no citation was gone to yet") == true)
  }
}
