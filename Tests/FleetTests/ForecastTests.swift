import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ForecastTests {
  /// Tuesday, 24 November 2026, 00:00 UTC.
  private static let now = 1_795_478_400.0
  private static let hour = 3_600.0
  private static let day = 86_400.0

  private func schedule(_ id: String, _ kind: ScheduleKind, next: Double?) -> Schedule {
    Schedule(id: id, budget: .low, input: "go", kind: kind, nextRunAt: next)
  }

  /// A state in which each worker has its schedules.
  private func state(_ schedules: [String: [Schedule]]) -> State {
    var desk = Desk()
    for id in schedules.keys.sorted() {
      desk.add(id, .done)
      desk[id].schedules = Reading(schedules[id] ?? [], at: Self.now, from: .poll)
    }
    return desk.state
  }

  private func forecast(_ state: State, _ id: String) throws -> Forecast {
    let item = try #require(Agenda.items(in: state).first { $0.schedule.id == id })
    return Forecast(item, in: state, now: Self.now)
  }

  @Test("A cron fires by its own fields, and the server's date is checked against them")
  func cron() throws {
    let seven = Self.now + 7 * Self.hour
    let state = state([
      "a": [
        schedule("right", .cron("0 7 * * *"), next: seven),
        schedule("late", .cron("0 7 * * *"), next: seven + Self.hour),
        schedule("odd", .cron("never"), next: seven),
        schedule("past", .cron("0 7 * * *"), next: Self.now - 5),
      ]
    ])
    let right = try forecast(state, "right")
    #expect(right.fires.map(\.at) == (0..<5).map { seven + Double($0) * Self.day })
    #expect(!right.disagrees && right.monthlyFires == 30 && right.typical == nil)
    #expect(try forecast(state, "late").disagrees)
    #expect(try !forecast(state, "past").disagrees)
    let odd = try forecast(state, "odd")
    #expect(odd.fires == [] && odd.disagrees && odd.monthlyFires == nil)
  }

  @Test("Other kinds go on from what the server says next")
  func others() throws {
    let next = Self.now + 100
    let state = state([
      "a": [
        schedule("each", .interval(seconds: 600), next: next),
        schedule("once", .once(next), next: next),
        schedule("wait", .delayed(seconds: 9), next: nil),
        schedule("new", .other("moon"), next: next),
        schedule("zero", .interval(seconds: 0), next: next),
      ]
    ])
    let each = try forecast(state, "each")
    #expect(each.fires.map(\.at) == (0..<5).map { next + Double($0) * 600 })
    #expect(each.monthlyFires == 4320)
    #expect(try forecast(state, "once").fires.map(\.at) == [next])
    #expect(try forecast(state, "once").monthlyFires == 1)
    #expect(try forecast(state, "wait").fires == [])
    #expect(try forecast(state, "new").fires.map(\.at) == [next])
    #expect(try forecast(state, "new").monthlyFires == nil)
    #expect(try forecast(state, "zero").fires == [])
  }

  @Test("Fires of several workers in the same minute are named, a schedule's own are not")
  func together() throws {
    let state = state([
      "a": [schedule("a1", .cron("0 7 * * *"), next: nil)],
      "b": [
        schedule("b1", .once(Self.now + 7 * Self.hour + 30), next: Self.now + 7 * Self.hour + 30)
      ],
      "c": [
        schedule("c1", .cron("0 7 25 * *"), next: nil),
        schedule("c2", .cron("1 7 * * *"), next: nil),
      ],
    ])
    #expect(
      try forecast(state, "a1").fires.map(\.others) == [["Tb"], ["Tc"], [], [], []])
    #expect(try forecast(state, "c2").fires.allSatisfy { $0.others == [] })
    #expect(try forecast(state, "b1").fires.map(\.others) == [["Ta"]])
  }

  @Test("A month of a cron that fires every minute is worked out from its rate")
  func busy() throws {
    let state = state(["a": [schedule("a1", .cron("* * * * *"), next: nil)]])
    #expect(try forecast(state, "a1").monthlyFires == 43_200)
  }

  @Test("A run costs the median of those that were watched to their end")
  func median() throws {
    var state = state(["a": [schedule("a1", .cron("0 7 * * *"), next: nil)]])
    #expect(try forecast(state, "a1").typical == nil)
    let costs = [3.0, 90, 1, 4].map { cost in
      RunCost(worker: "a", endedAt: 1, spent: Spent(credits: cost), seconds: cost * 10)
    }
    for cost in costs { state.add(cost) }
    #expect(try forecast(state, "a1").typical == costs[0])
    #expect(try forecast(state, "a1").runs == 4)
  }
}
