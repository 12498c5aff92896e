import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Moving about")
struct MovingTests {
  @Test("the selection moves by rows and stops at both ends")
  func moves() {
    var bench = Bench()
    let ids = WorkerList(bench.fleet, showsGroups: false).ids
    #expect(bench.screen.selected == FleetFixture.watched)
    bench.press("g k")
    #expect(bench.screen.selected == ids[0])
    bench.press("j j down up")
    #expect(bench.screen.selected == ids[2])
    bench.press("G j end")
    #expect(bench.screen.selected == ids[11])
    bench.press("pgup")
    #expect(bench.screen.selected == ids[3])
  }

  @Test("moving tells the fleet what to follow")
  func follows() {
    var bench = Bench()
    bench.press("j")
    #expect(bench.actions == [.watch("wrk_review")])
    #expect(bench.fleet.watched == "wrk_review")
  }

  @Test("the selection stays with its worker while updates move it from group to group")
  func staysWithWorker() {
    var bench = Bench(columns: 120, rows: 40)
    bench.select("wrk_review")
    bench.tell(.present)
    for (status, group) in [("completed", "DONE"), ("running", "RUNNING"), ("pending", "PENDING")] {
      bench.now += 5
      bench.tell(poll("wrk_review", status, bench.now))
      #expect(bench.screen.selected == "wrk_review")
      let list = bench.rows.dropFirst(2)
      let heading = list.prefix { !$0.contains("contract-review") }.last {
        $0.first?.isUppercase == true
      }
      #expect(heading?.hasPrefix(group) == true)
    }
    bench.press("c")
    #expect(bench.text.contains("Continue: contract-review"))
  }

  @Test(
    "requirement 15: keys act on the worker that was shown, however the rows are shuffled between them"
  )
  func shuffled() {
    var bench = Bench(FleetFixture.full, columns: 120, rows: 40)
    var dice = Seeded(7)
    for _ in 0..<60 {
      let id = bench.fleet.order.randomElement(using: &dice) ?? ""
      let status = ["running", "completed", "pending"].randomElement(using: &dice) ?? ""
      let before = bench.screen.selected
      bench.now += 1
      bench.tell(poll(id, status, bench.now))
      #expect(bench.screen.selected == before)
      let ids = bench.screen.list(bench.fleet).ids
      let place = before.flatMap { ids.firstIndex(of: $0) } ?? 0
      bench.press("j")
      #expect(bench.screen.selected == ids[min(place + 1, ids.count - 1)])
      if bench.screen.selected == ids.last { bench.press("g") }
    }
  }

  @Test("requirement 15: what is done is done to the worker of the row that was on the screen")
  func actsOnShown() throws {
    var bench = Bench(FleetFixture.full, columns: 120, rows: 40)
    var dice = Seeded(11)
    func shuffle(_ bench: inout Bench) {
      let id = bench.fleet.order.randomElement(using: &dice) ?? ""
      let status = ["running", "completed", "pending"].randomElement(using: &dice) ?? ""
      bench.now += 1
      bench.tell(poll(id, status, bench.now))
    }
    for round in 0..<30 {
      bench.press("j")
      if round % 4 == 3 { bench.press("g") }
      let shown = try #require(bench.screen.selected)
      shuffle(&bench)
      bench.press("p")
      #expect(bench.actions.contains { if case .pin(shown, _) = $0 { true } else { false } })
      shuffle(&bench)
      bench.press("c")
      let title = Sanitise.line(bench.fleet.workers[shown]?.title ?? "")
      #expect(bench.text.contains("Continue: \(title.prefix(4))"))
      shuffle(&bench)
      bench.press("esc D")
      shuffle(&bench)
      guard case .confirm(let confirm) = bench.screen.overlays.last else {
        Issue.record("no question in round \(round)")
        return
      }
      #expect(confirm.action == .forget(shown))
      bench.press("n")
      bench.outcomes = []
    }
  }

  @Test("the selected row is always on the screen")
  func visible() {
    for rows in [12, 24, 40] {
      var bench = Bench(columns: rows < 20 ? 40 : 120, rows: rows)
      bench.press("g")
      for _ in bench.fleet.order {
        let title = bench.screen.selected.flatMap { bench.fleet.workers[$0]?.title } ?? ""
        #expect(bench.rows.dropFirst(2).contains { $0.contains(title.prefix(4)) }, "\(title)")
        bench.press("j")
      }
    }
  }

  @Test("numbers, Tab and brackets give the focus")
  func focus() {
    var bench = Bench()
    var seen: [Pane] = []
    for key in ["2", "3", "4", "5", "6", "1", "0"] {
      bench.press(key)
      seen.append(bench.screen.focus)
    }
    #expect(seen == [.output, .sources, .files, .schedules, .info, .workers, .output])
    bench.press("1 tab tab")
    #expect(bench.screen.focus == .sources)
    bench.press("shift-tab shift-tab shift-tab")
    #expect(bench.screen.focus == .info)
    bench.press("]")
    #expect(bench.screen.focus == .output)
    bench.press("1 ] ]")
    #expect((bench.screen.focus, bench.screen.detail) == (.workers, .files))
  }

  @Test("zoom goes normal, half, full and back; Esc and q leave it first")
  func zoom() {
    var bench = Bench()
    var seen: [Zoom] = []
    for key in ["+", "+", "+", "_", "_", "_", "f", "f"] {
      bench.press(key)
      seen.append(bench.screen.zoom)
    }
    #expect(seen == [.half, .full, .normal, .full, .half, .normal, .full, .normal])
    bench.press("2 f esc")
    #expect((bench.screen.zoom, bench.screen.focus) == (.normal, .output))
    bench.press("esc")
    #expect(bench.screen.focus == .workers)
    bench.press("esc")
    #expect(!bench.outcomes.contains(.quit))
  }

  @Test("u goes from unread to unread and says when there is none")
  func unread() {
    var bench = Bench()
    bench.press("u")
    #expect(bench.screen.selected == "wrk_tokyo")
    bench.press("u u u")
    #expect(bench.screen.selected == "wrk_tokyo")
    bench.press("U")
    #expect(bench.screen.selected == "wrk_digest")
    var calm = Bench(FleetFixture.single())
    calm.press("u")
    #expect(calm.rows[23] == "> no other unread worker")
  }

  /// The workers that were read, one after the other.
  private func read(_ bench: Bench) -> [String] {
    bench.actions.compactMap { if case .read(let id) = $0 { id } else { nil } }
  }

  @Test("from the list u goes on to the next unread one, and reads none")
  func unreadInList() {
    var bench = Bench()
    var seen: [String?] = []
    for _ in 0..<4 {
      bench.press("u")
      seen.append(bench.screen.selected)
    }
    #expect(seen == ["wrk_tokyo", "wrk_leads", "wrk_digest", "wrk_tokyo"])
    #expect(read(bench) == [])
  }

  @Test("what is selected while its output is in use is read, whatever selected it")
  func unreadInDetail() {
    var bench = Bench()
    bench.press("2 u u u")
    #expect(read(bench) == ["wrk_tokyo", "wrk_leads", "wrk_digest"])
    bench.press("u")
    #expect(bench.screen.remark == "no other unread worker")
    var back = Bench()
    back.press("u u 2 -")
    #expect(read(back) == ["wrk_leads", "wrk_tokyo"])
    var away = Bench(FleetFixture.away)
    let first = away.fleet.absence?.items(away.fleet, now: away.now).first?.worker ?? ""
    away.press("2 W enter")
    #expect(read(away) == [first] && away.screen.selected == first)
    var agenda = Bench(columns: 120, rows: 40)
    agenda.press("5 j enter")
    #expect(read(agenda) == ["wrk_digest"])
    var wheel = Bench()
    wheel.press("2")
    wheel.send(.mouse(Mouse(.wheel(-3), at: Point(x: 10, y: 5))))
    #expect(read(wheel) == ["wrk_tokyo"] && wheel.screen.focus == .output)
  }

  @Test("the text of Info moves from its end at once, however far past it a key went")
  func info() {
    var bench = Bench(columns: 40, rows: 12)
    func body() -> [String] { Array(bench.rows[2..<10]) }
    bench.press("6")
    let start = body()
    bench.press("G")
    let end = body()
    #expect(start != end)
    bench.press("k")
    let above = body()
    #expect(Array(above.dropFirst()) == Array(end.dropLast()))
    bench.send(.mouse(Mouse(.wheel(7), at: Point(x: 5, y: 5))))
    #expect(body() == end)
    bench.send(.mouse(Mouse(.wheel(-1), at: Point(x: 5, y: 5))))
    #expect(body() == above)
    // A taller pane has its end further up.
    bench.press("G")
    bench.resize(40, 15)
    let taller = Array(bench.rows[2..<13])
    bench.press("k")
    #expect(Array(bench.rows[3..<13]) == Array(taller.dropLast()))
    bench.press("g k k j")
    #expect(bench.screen.scrolls[.info] == Scroll(offset: 1))
  }

  @Test("opening an unread worker marks it as read")
  func reads() {
    var bench = Bench()
    bench.select("wrk_digest")
    #expect(bench.fleet.workers["wrk_digest"]?.known.isUnread == true)
    bench.press("enter")
    #expect(bench.fleet.workers["wrk_digest"]?.known.isUnread == false)
    #expect(bench.screen.focus == .output)
  }

  @Test("- goes back to the worker before")
  func previous() {
    var bench = Bench()
    bench.press("j - -")
    #expect(bench.screen.selected == "wrk_review")
    var calm = Bench(FleetFixture.single())
    calm.press("-")
    #expect(calm.rows[23] == "> no worker was selected before")
  }

  @Test("a worker that was just created is selected")
  func newest() {
    var bench = Bench()
    guard let fresh = FleetFixture.worker("wrk_fresh", "pending", createdAt: bench.now) else {
      return
    }
    bench.tell(.created(intent: "i2", fresh))
    #expect(bench.screen.selected == "wrk_fresh")
    bench.press("G")
    bench.tell(poll("wrk_fresh", "running", bench.now))
    #expect(bench.screen.selected == "wrk_grants")
  }

  @Test("from the agenda Enter goes to the schedule's worker")
  func agenda() {
    var bench = Bench(columns: 120, rows: 40)
    bench.press("5 j enter")
    #expect((bench.screen.selected, bench.screen.focus) == ("wrk_digest", .output))
  }

  private func poll(_ id: String, _ status: String, _ now: Double) -> Action {
    guard let worker = FleetFixture.worker(id, status, createdAt: now - 60) else {
      return .refresh(nil)
    }
    return .polled(worker: id, worker, askedAt: now)
  }
}
