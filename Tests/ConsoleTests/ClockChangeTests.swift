import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

/// Every time says its zone as it is called at that moment.
@Suite("Times around the change to winter time")
struct ClockChangeTests {
  /// 25 October 2026, 01:00 UTC: the clocks of Berlin go back from 03:00 CEST to 02:00 CET.
  private static let change = 1_792_890_000.0

  /// One worker, so many seconds from the change, with schedules that fire at such moments.
  private func bench(
    _ seconds: Double, columns: Int = 80, rows: Int = 24, fires: [Double?] = []
  ) -> Bench {
    var bench = Bench(
      FleetFixture.single(), columns: columns, rows: rows, now: Self.change + seconds,
      zone: .berlin)
    let schedules = fires.enumerated().map { number, fire in
      let moment = fire.map { Self.change + $0 }
      return Schedule(
        id: "s\(number)", budget: .low, input: "Go.", kind: .once(moment ?? 0), nextRunAt: moment)
    }
    bench.tell(.schedulesLoaded(worker: "wrk_one", schedules))
    return bench
  }

  @Test(
    "the question before a schedule is cancelled names the zone of the fire",
    arguments: [
      (7_200.0, "Sun 25 Oct 04:00 CET"), (-600, "Sun 25 Oct 02:50 CEST"), (nil, "not known"),
    ] as [(Double?, String)])
  func cancel(_ fire: Double?, _ words: String) {
    var bench = bench(-3_600, fires: [fire])
    bench.press("5 D")
    #expect(bench.text.contains("next fire: \(words) "))
  }

  @Test("a request of before the change has its own zone beside it")
  func requests() {
    var bench = bench(60)
    for moment in [-30.0, 30] {
      bench.tell(
        .requested(
          TransportRecord(
            method: .get, target: .path("/"), askedAt: Self.change + moment, duration: 0.01,
            outcome: .status(200))))
    }
    bench.press("@")
    for words in ["times in CET ", " 02:59:30 CEST  GET", " 02:00:30  GET"] {
      #expect(bench.text.contains(words), "\(bench.text)")
    }
  }

  @Test("a diary names the zone of fires behind the change, and all of its rows line up")
  func diary() {
    let bench = bench(-3_600, columns: 200, rows: 60, fires: [-2_400, 7_200])
    for words in ["times in CEST", "Sun 02:20      Read", "Sun 04:00 CET  Read"] {
      #expect(bench.text.contains(words), "\(bench.text)")
    }
  }

  @Test("a narrow column has UTC for what came before the change")
  func narrow() {
    let change = FleetFixture.now + 150
    var bench = Bench(
      FleetFixture.single(), columns: 100, rows: 20,
      zone: Zone { $0 < change ? (7_200, "CEST") : (3_600, "CET") })
    func tell(_ events: [WorkerEvent]) {
      bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    }
    tell([.start(messageID: "m", metadata: nil)])
    bench.now += 120
    tell([
      .source(id: "a", title: "A", url: "https://a.example"), .textStart(id: "t"),
      .textDelta(id: "t", delta: "One."),
    ])
    bench.now += 60
    tell([.source(id: "b", title: "B", url: "https://b.example")])
    bench.press("3")
    #expect(bench.text.contains("14:07Z") && bench.text.contains(" 15:08 "))
    bench.press("2 t t")
    #expect(bench.text.contains("14:07Z"))
  }

  @Test("a day that began before the change began in the zone of that hour")
  func midnight() {
    let screen = Screen(size: Size(columns: 80, rows: 24))
    let view = View(fleet: State(zone: .berlin), screen: screen, now: Self.change + 3_600)
    let lines = SpendingOverlay.lines(view, 76).map(\.text)
    #expect(lines.contains { $0.hasSuffix("days begin at midnight in CEST") })
  }
}
