import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("What was spent")
struct SpendingOverlayTests {
  private func lines(_ fleet: State) -> [String] {
    let screen = Screen(size: Size(columns: 80, rows: 24))
    let view = View(fleet: fleet, screen: screen, now: FleetFixture.now)
    return SpendingOverlay.lines(view, 76).map(\.text)
  }

  @Test("nothing spent and no ceiling is said in words")
  func empty() {
    #expect(
      lines(State()) == [
        "today       nothing", "this month  nothing", "in all      nothing, as last reported",
        "burn        nothing runs", "            days begin at midnight in UTC", "",
        "No ceilings: set them in the configuration.", "",
        "A ceiling holds back what is sent from here. What runs goes on:",
        "the service has no call that stops a worker.",
      ])
  }

  @Test("a ceiling has a bar, its share, and what it means when it is reached")
  func bars() {
    var state = State(ceilings: Ceilings(day: 10, month: 4))
    let quarter = Charge.quarter(of: FleetFixture.now)
    let charges = [(Budget.low, 1.5), (.high, 3)].map { budget, credits in
      Charge(
        worker: "", quarter: quarter, budget: budget, spent: Spent(credits: credits),
        from: FleetFixture.now, until: FleetFixture.now)
    }
    var recollection = Recollection()
    recollection.charges = charges
    _ = reduce(&state, .recalled(recollection), now: FleetFixture.now)
    let shown = lines(state)
    #expect(shown[0] == "today       4.5 cr  (low 1.5 cr, high 3 cr)")
    #expect(
      shown[6] == "today 4.5 of 10 cr" + String(repeating: " ", count: 31)
        + "█████████░░░░░░░░░░░   45 %")
    #expect(shown[7].hasPrefix("this month 4.5 of 4 cr") && shown[7].hasSuffix("  113 %"))
    #expect(shown[8] == "  reached: new orders ask for a typed yes")
  }

  @Test("a worker that is done is not said to have finished no run")
  func runs() throws {
    let bench = Bench()
    let view = View(fleet: bench.fleet, screen: bench.screen, now: bench.now)
    let workers = bench.fleet.order.compactMap { bench.fleet.workers[$0] }
    let done = try #require(
      workers.first { $0.phase.value == .done && bench.fleet.runs[$0.id] == nil })
    let running = try #require(bench.fleet.workers[FleetFixture.watched])
    #expect(Facts.text(done, view).contains(["runs", "none measured here"]))
    #expect(Facts.text(running, view).contains(["runs", "none finished yet"]))
  }

  @Test("Info says what the last run cost beside the middle one, and what all workers spent")
  func totals() throws {
    var recollection = Recollection(workers: [
      KnownWorker(id: "a", instruction: "Read.", budget: .low, addedAt: FleetFixture.now - 9000)
    ])
    let now = FleetFixture.now
    recollection.runs = [(4000.0, 2.0, 60.0), (1200, 2.9, 192)].map { ago, credits, seconds in
      RunCost(
        worker: "a", endedAt: now - ago, spent: Spent(credits: credits), seconds: seconds)
    }
    recollection.charges = [
      Charge(
        worker: "b", quarter: Charge.quarter(of: now), budget: .low, spent: Spent(credits: 12.4),
        from: now - 86_400, until: now)
    ]
    var state = State()
    _ = reduce(&state, .recalled(recollection), now: now)
    let screen = Screen(size: Size(columns: 80, rows: 24))
    let worker = try #require(state.workers["a"])
    let rows = Facts.text(worker, View(fleet: state, screen: screen, now: now))
    #expect(
      rows.filter { ["last run", "runs", "today", "month"].contains($0[0]) } == [
        ["last run", "2.9 cr  in 3m12, seen 19m ago"], ["runs", "2 cr  median of 2, 1m00"],
        ["today", "~12.4 cr  all workers"], ["month", "12.4 cr  all workers"],
      ])
  }

  @Test("who spends is counted as the header counts")
  func counts() {
    let burn = lines(FleetFixture.full).first { $0.hasPrefix("burn") }
    #expect(burn?.hasSuffix("a minute, 3 run 1 pend") == true, "\(burn ?? "")")
    #expect(Bench(columns: 200).rows[0].contains("3 run  1 pend"))
  }

  @Test("$ opens it and $ closes it")
  func keys() {
    var bench = Bench(FleetFixture.full)
    bench.press("$")
    #expect(bench.screen.overlays == [.spending])
    #expect(bench.text.contains("Spending"))
    bench.press("$")
    #expect(bench.screen.overlays == [])
  }
}
