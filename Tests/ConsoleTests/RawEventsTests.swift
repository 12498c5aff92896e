import Canvas
import Fleet
import FoundationEssentials
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Raw events on the screen")
struct RawEventsTests {
  private func item(_ text: String, id: String = "") -> StreamItem {
    StreamItem(WorkerEvent(data: text), id: id, raw: RawEvent(Array(text.utf8).span))
  }

  private func raw(_ numbers: ClosedRange<Int>) -> [StreamItem] {
    numbers.map { item(#"{"type":"data-x","data":\#($0)}"#, id: "\($0)") }
  }

  private func opened(_ script: String = "2 f R R", columns: Int = 80, rows: Int = 24) -> Bench {
    var bench = Bench(columns: columns, rows: rows)
    bench.press(script)
    return bench
  }

  private func tell(_ bench: inout Bench, _ news: StreamNews...) throws {
    let worker = try #require(bench.screen.selected)
    for news in news { bench.tell(.tapped(worker: worker, news)) }
  }

  private func shown(_ bench: Bench) -> [Int] {
    bench.rows.compactMap { row in
      row.components(separatedBy: #""data":"#).dropFirst().first
        .flatMap { Int($0.prefix { $0.isNumber }) }
    }
  }

  @Test("the third form of the output asks for them, and another form ends that")
  func taps() throws {
    var bench = opened()
    let worker = try #require(bench.screen.selected)
    #expect(bench.actions.last == .tap(worker))
    #expect(bench.rows[1].contains("RAW EVENTS  FOLLOW"))
    #expect(bench.text.contains("The stream is asked for from its beginning."))
    try tell(&bench, .opened)
    #expect(bench.text.contains("The stream is open; no event has come yet."))
    try tell(&bench, .items(raw(1...3)))
    bench.tell(.tapped(worker: "wrk_weather", .items(raw(7...9))))
    #expect(shown(bench) == [1, 2, 3])
    #expect(bench.rows[4] == #"3     3  {"type":"data-x","data":3}"#)
    bench.press("R")
    #expect(bench.actions.last == .tap(nil) && bench.fleet.wire == nil)
  }

  @Test(":events and :set text=events lead to the same from any pane")
  func words() throws {
    for script in ["f : events enter", "f : set space text=events enter 2"] {
      let bench = opened(script)
      let selected = try #require(bench.screen.selected)
      #expect(bench.actions.contains(.tap(selected)))
      #expect(bench.rows[1].contains("RAW EVENTS") && bench.screen.focus == .output)
    }
  }

  @Test("a reader among them is left alone while more come; the oldest go at the bound")
  func follows() throws {
    var bench = opened()
    try tell(&bench, .opened, .items(raw(1...30)))
    let height = shown(bench).count
    #expect(shown(bench) == Array((31 - height)...30))
    bench.press("k k")
    let held = Array((29 - height)...28)
    #expect(shown(bench) == held)
    try tell(&bench, .items(raw(31...500)))
    #expect(shown(bench) == held && bench.rows[1].contains("+470 new"))
    try tell(&bench, .items(raw(501...600)))
    #expect(bench.fleet.wire?.first == 100 && bench.fleet.wire?.count == 600)
    bench.press("g")
    #expect(bench.rows[2] == "100 earlier events are not kept")
    #expect(shown(bench).first == 101)
    bench.press("G")
    #expect(shown(bench) == Array((601 - height)...600))
  }

  @Test("the place in the text is the same again after a look at them, and so is its search")
  func place() throws {
    var bench = opened("2 f k k k")
    let before = bench.rows
    bench.press("R R")
    try tell(&bench, .opened, .items(raw(1...40)))
    bench.press("k k / 3 8 enter")
    #expect(bench.rows[1].contains("RAW EVENTS  1/2"), "in its id and in its data")
    bench.press("R R")
    #expect(bench.rows[2..<22] == before[2..<22])
  }

  @Test("turns, tool calls and errors are gone through, and each event can be searched for")
  func jumps() throws {
    var bench = opened()
    let filler = raw(1...40)
    let call = #"{"type":"tool-input-available","toolCallId":"c","toolName":"web"}"#
    try tell(
      &bench, .opened, .items([item(#"{"type":"start","messageId":"m"}"#)]), .items(filler),
      .items([item(call)]), .items(filler), .items([item(#"{"type":"error","errorText":"no"}"#)]),
      .items(filler))
    bench.press("g }")
    #expect(bench.screen.remark == "last turn")
    bench.press(")")
    #expect(bench.text.contains(call))
    #expect(bench.screen.remark == "1/1: \(call)")
    bench.press("e")
    #expect(bench.screen.remark == #"1/1: {"type":"error","errorText":"no"}"#)
    bench.press("{")
    #expect(bench.rows[2] == #"1     {"type":"start","messageId":"m"}"#)
    bench.press("/")
    bench.type("toolName")
    bench.press("enter")
    #expect(bench.rows[1].contains("1/1"))
    bench.press("esc &")
    bench.type(#"/"type":"(start|error)/"#)
    bench.press("enter")
    #expect(
      bench.rows[2...4] == [
        #"1     {"type":"start","messageId":"m"}"#, #"83    {"type":"error","errorText":"no"}"#, "",
      ])
    try tell(&bench, .items([item(#"{"type":"start"}"#), item(#"{"type":"finish"}"#)]))
    #expect(bench.rows[4...5] == [#"124   {"type":"start"}"#, ""])
  }

  @Test("a new connection without an id begins anew, one that goes on goes on")
  func connections() throws {
    var bench = opened()
    try tell(
      &bench, .opened, .items([item("one"), item("two")]),
      .lost(reason: "reset", retryAfter: 2, .broken))
    #expect(bench.rows[1].contains("RETRY") && bench.text.contains("2     two"))
    try tell(&bench, .opening, .opened, .items([item("three")]))
    #expect(bench.rows[2] == "1     three" && bench.fleet.wire?.count == 1)
    try tell(
      &bench, .items([item("four", id: "4")]), .lost(reason: "reset", retryAfter: 2, .broken),
      .opened, .items([item("five", id: "5")]))
    #expect(bench.rows[2...4] == ["1     three", "2     4  four", "3     5  five"])
  }

  @Test("what cannot be had is said in their place")
  func refused() throws {
    var bench = opened()
    try tell(&bench, .refused(reason: "the server does not know the worker (404)", status: 404))
    #expect(bench.text.contains("the server does not know the worker (404)"))
    try tell(&bench, .lost(reason: "no route", retryAfter: 2, .unreachable))
    #expect(bench.text.contains("No stream: no route."))
    try tell(&bench, .ended)
    #expect(bench.text.contains("The stream ended without an event."))
    let count = bench.actions.count
    bench.press("ctrl-r")
    #expect(bench.fleet.wire?.stream == .opening, "it is asked for again")
    #expect(bench.actions[count...] == [.refresh(nil)])
  }

  @Test("another worker's are asked for when it is selected, and none where the pane is not shown")
  func selection() throws {
    var bench = opened()
    bench.press("f 1 j")
    let worker = try #require(bench.screen.selected)
    let taps = bench.actions.filter { if case .tap = $0 { true } else { false } }
    #expect(taps.last == .tap(worker))
    bench.press("3")
    #expect(bench.fleet.wire == nil)
    bench.press("2")
    #expect(bench.fleet.wire?.worker == worker)
  }

  @Test("they are copied, saved and opened as they came")
  func copies() throws {
    var bench = opened()
    try tell(&bench, .opened, .items(raw(1...2)), .items([item(#"{"type":"finish"}"#)]))
    bench.press("y y")
    #expect(
      bench.outcomes.last == .copy(Clip(what: "the event", text: #"{"type":"finish"}"#)))
    bench.press("y o")
    let whole = #"""
      {"type":"data-x","data":1}
      {"type":"data-x","data":2}
      {"type":"finish"}
      """#
    #expect(bench.outcomes.last == .copy(Clip(what: "the raw events", text: whole)))
    bench.press("s")
    guard case .export(let export)? = bench.actions.last else {
      Issue.record("nothing was saved")
      return
    }
    #expect(export.text == whole + "\n" && export.said == "the raw events,")
    #expect(export.name.hasSuffix(" events.txt"))
    bench.press("o")
    #expect(bench.outcomes.last == .handOver(Handover(.page, whole, name: "events.txt")))
  }

  @Test("hostile bytes stay text, and a long event is cut at its bound and says so")
  func hostile() throws {
    var bench = opened()
    let bytes = Array("\u{1B}]52;c;eA==\u{7}\u{9B}31m\n".utf8) + [0xFF]
    let long = [UInt8](repeating: 0x61, count: 20_000)
    try tell(
      &bench, .opened,
      .items([bytes, long].map { StreamItem(.done, id: "\u{1B}[2J", raw: RawEvent($0.span)) }))
    #expect(!bench.text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
    #expect(bench.rows.contains { $0.hasSuffix("3.6 kB more") })
    #expect(bench.fleet.wire?.entries.last?.raw.text.utf8.count == WireLog.eventLimit)
    #expect(bench.fleet.wire?.title == "the raw events (1 of them cut)")
    try tell(
      &bench, .items((0..<100).map { _ in StreamItem(.done, raw: RawEvent(long.span)) }))
    #expect(bench.fleet.wire?.entries.count == WireLog.bytesLimit / WireLog.eventLimit)
  }

  @Test("times say when each came over this connection")
  func times() throws {
    var bench = opened("2 f R R t t")
    #expect(bench.rows[23] == "> when each event came over this connection in UTC")
    try tell(&bench, .opened, .items(raw(1...1)))
    #expect(bench.rows[2] == #"1     14:05  1  {"type":"data-x","data":1}"#)
  }

  @Test("they are a picture", arguments: [(80, 24), (120, 40)])
  func picture(_ columns: Int, _ rows: Int) throws {
    var bench = opened("2 R R", columns: columns, rows: rows)
    let chunks = [
      #"{"type":"start","messageId":"msg_7f2a"}"#, #"{"type":"start-step"}"#,
      #"{"type":"reasoning-start","id":"r1"}"#,
      #"{"type":"reasoning-delta","id":"r1","delta":"Five suppliers; the third was slow."}"#,
      #"{"type":"reasoning-end","id":"r1"}"#,
      #"{"type":"tool-input-available","toolCallId":"call_1","toolName":"fetch","input":{"url":"#
        + #""https://supplier-1.example/catalogue?page=1&sort=price","headers":{"#
        + #""accept":"text/html","accept-language":"en"}}}"#,
      #"{"type":"text-delta","id":"t1","delta":"Supplier 3 raised "}"#, "[DONE]",
    ]
    try tell(&bench, .opened, .items(chunks.enumerated().map { item($1, id: "\($0 + 41)") }))
    bench.press("t t")
    Snapshot.check(bench.frame.golden, "raw-events-\(columns)x\(rows)")
  }
}
