import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The header")
struct HeaderTests {
  /// The first row for one worker, so many seconds after the last byte.
  private func row(
    _ columns: Int, _ silence: Double, _ zone: Zone = .utc, isDone: Bool = false
  ) -> String {
    let now = FleetFixture.now
    var bench = Bench(FleetFixture.single(), columns: columns, rows: 40, zone: zone)
    if isDone, let done = FleetFixture.worker("wrk_one", "completed", createdAt: now - 60) {
      bench.tell(.polled(worker: "wrk_one", done, askedAt: now))
      bench.tell(.read("wrk_one"))
    }
    bench.tell(
      .requested(
        TransportRecord(
          method: .get, target: .path(Route.retrieve(worker: "wrk_one").path), askedAt: now - 1,
          duration: 0.0384, outcome: .status(200))))
    bench.fleet.link = .live(lastByteAt: now - silence)
    return bench.rows[0]
  }

  private func spread(_ left: String, _ right: String, _ columns: Int) -> String {
    left + String(repeating: " ", count: columns - left.count - right.count) + right
  }

  @Test(
    "says more where there is more room",
    arguments: [
      (80, 4.0, "LIVE", "1 run  14:05 UTC"),
      (80, 7, "LIVE, heard 7s ago", "1 run  14:05 UTC"),
      (100, 1.9, "LIVE", "1 run  14:05 UTC"),
      (100, 7, "LIVE 7s", "1 run  14:05 UTC"),
      (120, 1.9, "LIVE      link 38 ms", "1 run  14:05:31 UTC"),
      (120, 2, "LIVE 2s   link 38 ms", "1 run  14:05:31 UTC"),
      (120, 61, "LIVE, heard 1m ago  link 38 ms", "1 run  14:05:31 UTC"),
      (160, 12, "LIVE 12s  link 38 ms  poll 1/1", "1 run  14:05:31 UTC"),
    ] as [(Int, Double, String, String)])
  func room(_ columns: Int, _ silence: Double, _ link: String, _ right: String) {
    #expect(row(columns, silence) == spread("signalbox  prod  \(link)", right, columns))
  }

  @Test("says the time in UTC beside that of another zone")
  func utc() {
    #expect(row(160, 0, .berlin).hasSuffix("1 run  15:05:31 CET (14:05Z)"))
    #expect(row(120, 0, .berlin).hasSuffix("1 run  15:05:31 CET"))
  }

  @Test("requirement 7: says no seconds while nothing runs")
  func idle() {
    #expect(
      row(160, 42, .berlin, isDone: true)
        == spread("signalbox  prod  LIVE  link 38 ms", "1 done  15:05 CET (14:05Z)", 160))
  }

  @Test("an answer time is said of a link that is up")
  func down() {
    var bench = Bench(columns: 200, rows: 60)
    #expect(bench.rows[0].contains("link 28 ms"))
    bench.tell(
      .stream(worker: FleetFixture.watched, .lost(reason: "connection refused", retryAfter: 5)))
    #expect(!bench.rows[0].contains("link") && !bench.rows[0].contains("poll"))
  }

  @Test("how many of the known workers are asked for again and again is said where there is room")
  func polls() {
    var bench = Bench(columns: 200, rows: 60)
    #expect(bench.rows[0].contains("link 28 ms  poll 4/12  "))
    bench.tell(.archive("wrk_index", true))
    #expect(bench.rows[0].contains("link 28 ms  poll 3/12  "))
    bench.screen.standing = "REPLAY x4"
    #expect(!bench.rows[0].contains("poll"))
    #expect(!Bench(columns: 120, rows: 40).rows[0].contains("poll"))
  }

  @Test("requirement 18: a ceiling that is reached after the clocks changed says in which zone")
  func ceiling() {
    let change = FleetFixture.now + 600
    let zone = Zone { $0 < change ? (7_200, "CEST") : (3_600, "CET") }
    let bench = Bench(columns: 200, rows: 60, zone: zone)
    #expect(bench.rows[0].contains("ceiling at 15:26 CET  16:05:31 CEST"))
  }
}
