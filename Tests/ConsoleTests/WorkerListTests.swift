import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The list of workers")
struct WorkerListTests {
  @Test("groups come in order of urgency, in each the newest first")
  func groups() {
    let list = WorkerList(FleetFixture.full, showsGroups: true)
    #expect(
      list.rows == [
        .group(.needsYou, count: 3), .worker("wrk_tokyo"), .worker("wrk_leads"),
        .worker("wrk_digest"), .group(.running, count: 3), .worker("wrk_prices"),
        .worker("wrk_review"), .worker("wrk_weather"), .group(.pending, count: 1),
        .worker("wrk_index"), .group(.unknown, count: 2), .worker("wrk_later"),
        .worker("wrk_gone"), .group(.done, count: 3), .worker("wrk_old"), .worker("wrk_party"),
        .worker("wrk_grants"),
      ])
    #expect(list.counts == [.needsYou: 3, .running: 3, .pending: 1, .unknown: 2, .done: 3])
  }

  @Test("without headings the order is the same")
  func plain() {
    let (with, without) = (
      WorkerList(FleetFixture.full, showsGroups: true),
      WorkerList(FleetFixture.full, showsGroups: false)
    )
    #expect(without.ids == with.ids)
    #expect(without.rows == with.ids.map(WorkerList.Row.worker))
  }

  @Test("an empty fleet has no rows")
  func empty() {
    #expect(WorkerList(State(), showsGroups: true).rows == [])
  }

  @Test(
    "a figure that is old for a worker that runs is marked, one of a worker that is done is not")
  func stale() {
    let bench = Bench()
    #expect(bench.rows.contains { $0.contains("barcelona-weather") && $0.hasSuffix(" ~0.1") })
    #expect(bench.rows.contains { $0.contains("weekly-digest") && $0.hasSuffix(" 0.4") })
  }

  @Test("no figure is made up: seconds are only said while something runs")
  func idleAges() {
    var bench = Bench(FleetFixture.single())
    bench.now = FleetFixture.now
    if let done = FleetFixture.worker("wrk_one", "completed", createdAt: bench.now - 60) {
      bench.tell(.polled(worker: "wrk_one", done, askedAt: bench.now))
    }
    bench.now += 42
    #expect(bench.rows[2].contains(" <1m"))
    #expect(bench.rows[0].hasPrefix("signalbox  prod  LIVE "))
    bench.now += 90
    #expect(bench.rows[2].contains(" 1m"))
    #expect(bench.rows[0].hasPrefix("signalbox  prod  LIVE, heard 1m ago"))
    // Nothing moves before the minute of the clock does.
    let text = bench.text
    let minute = (bench.now / 60).rounded(.up) * 60
    bench.now = minute - 0.1
    #expect(bench.text == text)
    bench.now = minute
    #expect(bench.rows[2].contains(" 2m"))
  }

  @Test("the header counts what it says")
  func header() {
    let counts = "  3 run  1 pend  2 new  1 fail  1 ?"
    let spent = "  today ~15.3 of 40 cr  1.2 cr/min"
    #expect(
      Bench(columns: 120, rows: 40).rows[0].hasSuffix(
        "  link 28 ms\(counts)\(spent)  14:05:31 UTC"))
    #expect(
      Bench(columns: 200, rows: 60).rows[0].hasSuffix(
        "\(counts)  3 done\(spent), ceiling at 14:26  14:05:31 UTC"))
  }

  @Test("while the registry is read, nothing is said to be missing")
  func reading() {
    #expect(Bench(State()).rows[2] == " Reading the registry…")
  }
}

@Suite("The message line")
struct MessageTests {
  private func lost(_ reason: String) -> Action {
    .streamLost(worker: FleetFixture.watched, reason: reason, retryAfter: 5)
  }

  @Test("why the link is down is said until something else happens")
  func down() {
    var bench = Bench()
    bench.tell(lost("connection refused"))
    #expect(bench.rows[0].contains("DOWN 0s, retry in 5s"))
    #expect(bench.rows[23] == "> connection refused; it is tried again by itself")
    bench.now += 5
    bench.tell(lost("no route to host"))
    #expect(bench.rows[0].contains("DOWN 5s, retry in 5s"))
    #expect(bench.rows[23] == "> no route to host; it is tried again by itself")
    bench.now += 6
    #expect(bench.rows[0].contains("DOWN 11s, trying"))
    bench.tell(.streamAlive(worker: FleetFixture.watched))
    #expect(bench.rows[0].contains("LIVE"))
    #expect(bench.rows[23] == "> connected again")
  }

  @Test("an old notice says how old it is")
  func old() {
    var bench = Bench()
    bench.tell(.say(.info, "saved"))
    bench.now += 59
    #expect(bench.rows[23] == "> saved")
    bench.now += 61
    #expect(bench.rows[23] == "> saved  (2m ago)")
  }

  @Test("a long message is cut with a sign")
  func long() {
    var bench = Bench(columns: 40, rows: 12)
    bench.tell(.say(.error, String(repeating: "word ", count: 20)))
    #expect(bench.rows[11].hasSuffix("…"))
  }
}
