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

  @Test("while nobody hears, what ran has another sign and word, and its clock stands still")
  func unheard() throws {
    var bench = Bench()
    func row(_ title: String) -> String { bench.rows.first { $0.contains(title) } ?? "" }
    #expect(row("contract-review").hasPrefix(" > contract-review"))
    bench.tell(.stream(worker: FleetFixture.watched, .lost(reason: "refused", retryAfter: 5)))
    for later in [0.0, 60] {
      bench.now = FleetFixture.now + later
      #expect(row("contract-review").hasPrefix(" ~ contract-review"))
      #expect(row("contract-review").contains(" ~run ") && row("contract-review").contains(" ~6m "))
      #expect(row("nightly-index").hasPrefix(" ~ ") && row("nightly-index").contains(" ~pen "))
      #expect(bench.rows[0].contains("~3 run"))
    }
    bench.resize(120, 40)
    #expect(bench.text.contains("RUNNING ~3") && bench.text.contains("PENDING ~1"))
    let watched = try #require(bench.fleet.workers[FleetFixture.watched])
    let ran = Facts.text(
      watched, View(fleet: bench.fleet, screen: bench.screen, now: bench.now))
    #expect(ran.contains { $0[0] == "this run" && $0[1].hasSuffix("so far, in ~3m") })
    bench.tell(.stream(worker: FleetFixture.watched, .alive))
    bench.resize(80, 24)
    #expect(row("contract-review").hasPrefix(" > contract-review"))
  }

  @Test("the list and Info say the same of when the last run ended, and whether that is known")
  func lastRun() throws {
    for (isTold, words) in [(true, "4m ago"), (false, "seen 4m ago")] {
      var state = FleetFixture.single()
      let now = FleetFixture.now
      let usage = Usage(credits: 3, durationMilliseconds: 90_000).json
      let message: JSON = [
        "id": "m0", "role": "assistant", "parts": [],
        "metadata": isTold ? ["createdAt": .number(now - 390), "usage": usage] : [:],
      ]
      let answer = try #require(
        FleetFixture.worker(
          "wrk_one", "completed", createdAt: now - 4_000,
          [("messages", [message]), ("usage", usage)]))
      state.workers["wrk_one"]?.phase.source = .memory
      state.workers["wrk_one"]?.stream = .closed
      _ = reduce(
        &state, .polled(worker: "wrk_one", answer, askedAt: now - 301), now: now - 300)
      let bench = Bench(state, now: now)
      let view = View(fleet: bench.fleet, screen: bench.screen, now: now)
      let worker = try #require(view.worker)
      #expect(
        Facts.text(worker, view).contains(["last run", "3 cr  in 1m30, \(words)"]))
      #expect(view.time(of: worker) == (isTold ? "4m" : "~4m"))
    }
  }

  @Test("newest first is by the time of creation, also of those that were adopted later")
  func newest() {
    var state = State()
    let known = ["a", "b", "c", "d"].map {
      KnownWorker(id: $0, instruction: $0, budget: .low, addedAt: 500)
    }
    _ = reduce(&state, .recalled(Recollection(workers: known)), now: 1_000)
    for (id, created) in [("a", 400.0), ("b", 900), ("c", 100), ("d", 400)] {
      guard let worker = FleetFixture.worker(id, "completed", createdAt: created) else { continue }
      _ = reduce(&state, .polled(worker: id, worker, askedAt: 1_000), now: 1_000)
    }
    #expect(WorkerList(state, showsGroups: false).ids == ["b", "d", "a", "c"])
  }

  @Test("where rows are out of sight, the title says at which row the cursor stands")
  func place() {
    var bench = Bench()
    bench.press("1 g j j")
    #expect(bench.rows[1].contains(" 3 of 12 "))
    bench.press("G")
    #expect(bench.rows[1].contains(" 12 of 12 "))
    bench.press("+ +")
    #expect(!bench.rows[1].contains(" of 12"))
  }

  @Test("a bar stands for the same rate wherever it stands")
  func bars() {
    func bars(_ values: [Double], unicode: Bool = true) -> String {
      Sparkline.pulse(values, width: 12, unicode: unicode)
    }
    #expect(bars([0, 1, 2, 3, 25, 100, 250, 10_000]) == "▁▂▂▃▄▆▇█")
    #expect(bars([25, 25]) == "▄▄" && bars([100, 100]) == "▆▆")
    #expect(bars([0, 1, 25, 100, 10_000], unicode: false) == "_.=*#")
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
    .stream(worker: FleetFixture.watched, .lost(reason: reason, retryAfter: 5))
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
    bench.tell(.stream(worker: FleetFixture.watched, .alive))
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
