import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("What a schedule will do")
struct ForecastTests {
  /// The lines of the box, opened some time before the clocks change in Berlin.
  private func lines(_ schedules: [Schedule], at now: Double) -> [String] {
    var bench = Bench(columns: 100, rows: 40, now: now, zone: .berlin)
    bench.tell(.schedulesLoaded(worker: FleetFixture.watched, schedules))
    let item = AgendaItem(
      worker: FleetFixture.watched, title: "t", schedule: schedules[0])
    let view = View(fleet: bench.fleet, screen: bench.screen, now: now)
    return ForecastOverlay.lines(item, view, 76).map(\.text)
  }

  @Test("a fire behind a change of the clocks says so, and only the first one does")
  func clocks() {
    // Friday, 26 March 2027, 12:00 UTC; the clocks change on the 28th.
    let now = 1_806_062_400.0
    let daily = Schedule(
      id: "s", budget: .low, input: "go", kind: .cron("0 7 * * *"), nextRunAt: nil)
    let fires = lines([daily], at: now).dropFirst(2).prefix(5)
    #expect(
      fires.map { $0.contains("clocks change before it") } == [
        false, true, false, false, false,
      ])
    #expect(
      fires.first?.contains("08:00 CET, 07:00 UTC") == true
        && fires.dropFirst().first?.contains("09:00 CEST, 07:00 UTC") == true)
  }

  @Test("a schedule that is gone meanwhile is said to be gone")
  func gone() {
    var bench = Bench()
    bench.press("5 i")
    #expect(bench.screen.context == .forecast)
    bench.tell(.schedulesLoaded(worker: FleetFixture.watched, []))
    #expect(bench.text.contains("It fired, or was cancelled; the server has it no more."))
    bench.press("i")
    #expect(
      bench.screen.overlays == []
        && bench.actions.filter { $0 != .watch(FleetFixture.watched) } == [])
  }

  @Test("without a schedule there is nothing to look at")
  func none() {
    var bench = Bench(FleetFixture.empty)
    bench.press("5 i")
    #expect(bench.screen.overlays == [] && bench.screen.remark == "no schedule is selected")
  }

  @Test("a fire that shares its minute, is none of its moments, or is behind a change is marked")
  func marks() throws {
    var bench = Bench(columns: 120, rows: 40)
    let now = bench.now
    func tell(_ schedules: [Schedule]) -> [Bool] {
      bench.tell(.schedulesLoaded(worker: "wrk_prices", schedules))
      bench.press("5 + +")
      defer { bench.press("_ _") }
      return ["same minute", "not its time", "clocks change"].map(bench.text.contains)
    }
    func schedule(_ id: String, _ kind: ScheduleKind, _ next: Double) -> Schedule {
      Schedule(id: id, budget: .low, input: "go", kind: kind, nextRunAt: next)
    }
    let day = ScheduleKind.interval(seconds: 86_400)
    #expect(tell([schedule("s1", day, now + 600)]) == [false, false, false])
    #expect(
      tell([schedule("s1", day, now + 600), schedule("s2", day, now + 610)])
        == [true, false, false])
    #expect(tell([schedule("s1", .cron("0 7 * * *"), now + 600)]) == [false, true, false])
    bench.screen.zone = Zone { $0 < now + 300 ? (7_200, "CEST") : (3_600, "CET") }
    #expect(tell([schedule("s1", day, now + 600)])[2])
  }
}
