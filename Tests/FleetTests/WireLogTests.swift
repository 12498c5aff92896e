import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite("The log of raw events") struct WireLogTests {
  private func item(_ text: String, id: String = "") -> StreamItem {
    StreamItem(.plainText(text), id: id, raw: RawEvent(Array(text.utf8).span))
  }

  @Test("it is asked for once, over a connection of its own that is cancelled with it")
  func taps() {
    var desk = Desk(("a", .running))
    #expect(
      desk.send(.tap("a"), at: 101) == [.tap(worker: "a", lastEventID: "", isActive: true)])
    #expect(desk.state.wire?.stream == .opening)
    #expect(desk.send(.stream(worker: "a", .alive), at: 102) == [])
    #expect(desk.send(.tap(nil), at: 103) == [.cancel(.tap)])
    #expect(desk.state.wire == nil)
    #expect(desk.send(.tapped(worker: "a", .items([item("late")])), at: 104) == [])
    #expect(desk.state.wire == nil && desk["a"].transcript.isEmpty)
    #expect(desk.send(.tap("nobody"), at: 105) == [.cancel(.tap)])
  }

  @Test("what it is asked for again keeps what came, and goes on after the last id")
  func again() {
    var desk = Desk(("a", .done))
    _ = desk.send(.tap("a"), at: 101)
    _ = desk.send(.tapped(worker: "a", .opened), at: 102)
    _ = desk.send(.tapped(worker: "a", .items([item("x", id: "1")])), at: 103)
    _ = desk.send(.tapped(worker: "a", .ended), at: 104)
    let round = desk.state.wire?.round
    let again = desk.send(.refresh(nil), at: 105)
    #expect(again.contains(.tap(worker: "a", lastEventID: "1", isActive: false)))
    _ = desk.send(.tapped(worker: "a", .opened), at: 106)
    #expect(desk.state.wire?.round == round && desk.state.wire?.count == 1)
    #expect(!desk.send(.refresh(nil), at: 107).names.contains { $0.hasPrefix("tap") })
    _ = desk.send(.tapped(worker: "a", .ended), at: 108)
    let run = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 109), at: 110)
    #expect(run.contains(.tap(worker: "a", lastEventID: "1", isActive: true)), "a new run")
  }

  @Test("a new look and a connection without an id are numbered anew")
  func rounds() {
    var desk = Desk(("a", .running))
    var rounds: Set<Int?> = []
    for _ in 0..<2 {
      _ = desk.send(.tap("a"), at: 101)
      rounds.insert(desk.state.wire?.round)
      for _ in 0..<2 {
        _ = desk.send(.tapped(worker: "a", .opened), at: 102)
        rounds.insert(desk.state.wire?.round)
        _ = desk.send(.tapped(worker: "a", .items([item("x")])), at: 103)
        #expect(desk.state.wire?.count == 1)
      }
    }
    #expect(rounds.count == 6)
  }

  @Test("a console that follows another one asks for them itself")
  func follower() {
    var desk = Desk(("a", .running))
    _ = desk.send(.accompany, at: 101)
    #expect(
      desk.send(.tap("a"), at: 102) == [.tap(worker: "a", lastEventID: "", isActive: true)])
  }

  @Test("the oldest go at either bound, and what is left is numbered as before")
  func bounds() {
    var log = WireLog(worker: "a", round: 1)
    log.add((0..<700).map { item("\($0)") }, at: 1)
    #expect(log.entries.count == 500 && log.first == 200 && log.entries.first?.raw.text == "200")
    let long = item(String(repeating: "x", count: 1 << 15))
    log.add([long], at: 2)
    #expect(log.entries.last?.raw.rest == (1 << 15) - WireLog.eventLimit)
    log.add((0..<70).map { _ in long }, at: 3)
    #expect(log.entries.count == 64 && log.count == 771 && log.first == 707)
  }
}

@MainActor @Suite("The connection of raw events") struct WireStreamTests {
  private let start = Bench.block(1, #"{"type":"start","messageId":"m"}"#)
  private let finish = Bench.block(3, #"{"type":"finish","finishReason":"stop"}"#)

  @Test("it is read beside the other one, broken off and gone on with, the text has nothing of it")
  func reads() async {
    let text = ScriptedStream(chunks: [start])
    let first = ScriptedStream(chunks: [start, Bench.text(2, "one")])
    let second = ScriptedStream(chunks: [finish])
    let bench = Bench(
      [
        Bench.worker: [Bench.running], Bench.schedules: [Bench.none],
        Bench.stream: [text, first, second].map(ScriptedTransport.Reply.stream),
      ], remembering: [Bench.known])
    await bench.start()
    await text.drained()
    await bench.clock.sleeping(1)
    bench.store.send(.tap("a"))
    await bench.clock.sleeping(2)
    #expect(bench.lines.count { $0 == Bench.stream } == 1, "what is passed by costs no request")
    bench.clock.advance(by: Runner.tapPause)
    await first.drained()
    first.fail(.broken("reset"))
    await bench.clock.sleeping(2)
    #expect(bench.store.state.wire?.entries.map(\.id) == ["1", "2"])
    #expect(bench["a"]?.stream.isOpen == true && bench["a"]?.transcript.text == "")
    bench.clock.advance(by: 2)
    await second.drained()
    #expect(bench.store.state.wire?.entries.map(\.id) == ["1", "2", "3"])
    let asked = bench.transport.requests.last { $0.scriptKey == Bench.stream }
    #expect(asked?.headers.first { $0.name == "Last-Event-ID" }?.value == "2")
    bench.store.send(.tap(nil))
    await bench.store.stop()
    #expect(second.isCancelled && bench.store.state.wire == nil)
  }
}
