import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Following the output")
struct FollowTests {
  /// A worker that writes numbered lines into one text, a list item each.
  private struct Writer {
    var bench: Bench
    var written = 0

    init(columns: Int = 80, rows: Int = 24) {
      bench = Bench(FleetFixture.single(), columns: columns, rows: rows)
      bench.tell(streamed([.start(messageID: "m", metadata: nil), .textStart(id: "t")]))
      bench.press("2 f")
    }

    func streamed(_ events: [WorkerEvent]) -> Action {
      .stream(worker: "wrk_one", .items(events.map { StreamItem($0) }))
    }

    mutating func write(_ count: Int) {
      let text = (1...count).map { "line \(written + $0)\n\n" }.joined()
      written += count
      bench.tell(streamed([.textDelta(id: "t", delta: DeltaText(text))]))
    }

    /// The first row of the output.
    var top: String { bench.rows[2] }
    var title: String { bench.rows[1] }
  }

  @Test("the end stays in sight while text arrives")
  func follows() {
    var writer = Writer()
    for _ in 0..<5 {
      writer.write(100)
      #expect(writer.bench.rows[21] == "      line \(writer.written)")
      #expect(writer.title.contains("FOLLOW"))
    }
  }

  @Test(
    "requirement 6: a move up lets go: the top line stays while thousands come, and they are counted"
  )
  func letsGo() {
    var writer = Writer()
    writer.write(300)
    writer.bench.press("k")
    let top = writer.top
    #expect(writer.title.contains("PAUSED"))
    for step in 1...10 {
      writer.write(1000)
      #expect(writer.top == top)
      #expect(writer.title.contains("+\(step * 2000) new"))
    }
    writer.bench.press("pgdn")
    #expect(writer.title.contains("+20000 new"))
  }

  @Test("F, End and the way down to the last line follow again", arguments: ["F", "end", "G"])
  func followsAgain(_ key: String) {
    var writer = Writer()
    writer.write(300)
    writer.bench.press("ctrl-u")
    writer.write(50)
    writer.bench.press(key)
    #expect(writer.title.contains("FOLLOW"))
    writer.write(5)
    #expect(writer.bench.rows[21] == "      line 355")
  }

  @Test("F lets go in place as well")
  func pauses() {
    var writer = Writer()
    writer.write(100)
    let top = writer.top
    writer.bench.press("F")
    writer.write(100)
    #expect(writer.top == top)
    #expect(writer.title.contains("+200 new"))
  }

  @Test("a short text has nothing to let go of")
  func short() {
    var writer = Writer()
    writer.write(3)
    writer.bench.press("k g pgup")
    #expect(writer.title.contains("FOLLOW"))
  }

  @Test("a page moves by one row less than it shows, and back to the same place")
  func pages() {
    var writer = Writer()
    writer.write(300)
    writer.bench.press("g space")
    #expect(writer.bench.rows[3] == "      line 10")
    writer.bench.press("ctrl-d")
    #expect(writer.bench.rows[3] == "      line 15")
    writer.bench.press("ctrl-u b")
    #expect(writer.top == "you   Read the news.")
  }

  @Test("new tool calls below a paused text move nothing")
  func tools() {
    var writer = Writer()
    writer.write(100)
    writer.bench.press("k k k")
    let top = writer.top
    for number in 1...50 {
      writer.bench.tell(
        writer.streamed([
          .tool(callID: "c\(number)", .inputStart(name: "fetch", title: nil)),
          .tool(callID: "c\(number)", .output("ok", isPreliminary: false)),
        ]))
    }
    #expect(writer.top == top)
    #expect(writer.title.contains("+50 new"))
  }

  @Test("unfolding is not counted as news and keeps the place")
  func unfolding() {
    var bench = Bench()
    bench.press("2 f g j j x")
    #expect(bench.rows[1].contains("PAUSED"))
    #expect(bench.rows[2].hasPrefix("tool  read_file"))
    bench.press("x")
    #expect(bench.rows[2].hasPrefix("tool  read_file"))
  }

  @Test("another width keeps the paused place near, and the end when it follows")
  func width() {
    var writer = Writer(columns: 120, rows: 24)
    writer.write(1000)
    writer.bench.press("g pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn")
    let top = writer.top
    writer.bench.resize(60, 24)
    #expect(writer.top == top)
    writer.bench.press("G")
    writer.bench.resize(100, 24)
    #expect(writer.bench.rows[21] == "      line 1000")
  }

  @Test("requirement 6: old text that is given up above leaves the paused line where it is")
  func eviction() {
    var bench = Bench(FleetFixture.single())
    func think(_ numbers: Range<Int>) {
      for number in numbers {
        let id = "r\(number)"
        tell([
          .reasoningStart(id: id), .reasoningDelta(id: id, delta: DeltaText(long)),
          .reasoningEnd(id: id),
        ])
      }
    }
    func tell(_ events: [WorkerEvent]) {
      bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    }
    let long = String(repeating: "x", count: 1 << 16)
    tell([.start(messageID: "m", metadata: nil)])
    think(0..<8)
    let text = (1...60).map { "Line \($0) to keep.\n\n" }.joined()
    tell([.textStart(id: "t"), .textDelta(id: "t", delta: DeltaText(text)), .textEnd(id: "t")])
    bench.press("2 f g")
    while bench.rows[2] != "      Line 20 to keep." { bench.press("j") }
    // Beyond the transcript's bound the oldest entries are emptied.
    let before = bench.fleet.workers["wrk_one"]?.transcript.droppedBytes
    think(8..<18)
    #expect(bench.fleet.workers["wrk_one"]?.transcript.droppedBytes != before)
    #expect(bench.rows[2] == "      Line 20 to keep.")
    #expect(bench.rows[1].contains("+10 new"))
  }

  @Test("{ and } jump from turn to turn and say at the ends that there is no other")
  func turns() {
    var bench = Bench()
    bench.press("2 g }")
    #expect(bench.rows[12] == "")
    #expect(bench.rows[13].hasPrefix("you   Now the same"))
    #expect(bench.rows[11].contains("turn 2/2"))
    bench.press("}")
    #expect(bench.rows[23] == "> last turn")
    bench.press("{")
    #expect(bench.rows[12].hasPrefix("you   Compare list prices"))
    #expect(bench.rows[11].contains("turn 1/2"))
    bench.press("{")
    #expect(bench.rows[23] == "> first turn")
  }
}
