import Testing
import WorkerAPI

@testable import Fleet

@Suite struct SpendingTests {
  /// 2026-11-24 00:00 UTC.
  private static let midnight = 1_795_478_400.0
  private static let noon = midnight + 43_200

  private func answer(
    _ status: String, credits: Double, runs: Int = 0, saying text: String = ""
  ) -> Worker {
    let turns = (0..<runs).map { number -> JSON in
      [
        "id": .string("m\(number)"), "role": "assistant",
        "parts": [["type": "text", "text": .string(text)]],
      ]
    }
    return Worker.sample(
      "a", status,
      JSONObject([
        ("usage", ["credits": .number(credits), "durationMs": 1_000]),
        ("messages", .array(turns)),
      ]))
  }

  /// A desk whose worker was created by this console at noon.
  private func desk(_ ceilings: Ceilings = Ceilings()) -> Desk {
    var desk = Desk(("a", .running))
    desk.state.ceilings = ceilings
    desk["a"].known.account = Account(
      at: Self.noon, settled: Account.Settled(runs: 0, total: Spent()))
    return desk
  }

  private func poll(_ desk: inout Desk, _ worker: Worker, at moment: Double) -> [Effect] {
    desk.send(.polled(worker: "a", worker, askedAt: moment - 1), at: moment)
  }

  private func today(_ desk: Desk, at moment: Double) -> Spending.Sum {
    desk.state.spending.tally(at: moment, in: .utc).today
  }

  @Test("What a worker's figures grow by is entered once, by day, month and budget")
  func growth() {
    var desk = desk()
    for (step, credits) in [1.0, 1, 2.5].enumerated() {
      _ = poll(&desk, answer("running", credits: credits), at: Self.noon + Double(step) * 4)
    }
    var sum = Spending.Sum()
    sum.spent = Spent(credits: 2.5)
    sum.budgets = [.low: Spent(credits: 2.5)]
    #expect(today(desk, at: Self.noon + 10) == sum)
    #expect(desk.state.spending.tally(at: Self.noon + 10, in: .utc).month == sum)
    // The next day begins with nothing; the month goes on.
    let tomorrow = desk.state.spending.tally(at: Self.noon + 86_400, in: .utc)
    #expect(tomorrow.today == Spending.Sum() && tomorrow.month == sum)
  }

  @Test("What grew while nobody looked over midnight makes today's sum inexact")
  func overnight() {
    var desk = desk()
    desk["a"].known.account?.at = Self.midnight - 3_600
    _ = poll(&desk, answer("running", credits: 4), at: Self.midnight + 60)
    let sum = today(desk, at: Self.midnight + 61)
    #expect(sum.spent == Spent(credits: 4) && !sum.isExact)
  }

  @Test("What an adopted worker spent before is entered where it began")
  func adopted() {
    var desk = Desk(("a", .running))
    var worker = answer("running", credits: 500)
    worker.createdAt = Self.midnight - 86_400
    _ = poll(&desk, worker, at: Self.noon)
    let tally = desk.state.spending.tally(at: Self.noon, in: .utc)
    #expect(tally.today.spent == Spent() && !tally.today.isExact)
    #expect(tally.month.spent == Spent(credits: 500) && tally.month.isExact)
  }

  @Test("Charges are kept with how far the books go, in one write, and none is kept twice")
  func kept() {
    var desk = desk()
    desk["a"].known.lastSeenAt = Self.noon
    #expect(poll(&desk, answer("running", credits: 1), at: Self.noon + 4).kept.isEmpty)
    let memos = poll(&desk, answer("completed", credits: 3, runs: 1), at: Self.noon + 8).kept
    let charge = Charge(
      worker: "a", quarter: Charge.quarter(of: Self.noon), budget: .low, spent: Spent(credits: 3),
      from: Self.noon, until: Self.noon + 8)
    let run = RunCost(
      worker: "a", endedAt: Self.noon + 8, spent: Spent(credits: 3), seconds: 1)
    #expect(memos.dropFirst() == [.charge(charge), .run(run)])
    guard case .revise(let known, [.figures, .unread]) = memos.first else {
      return #expect(Bool(false))
    }
    #expect(
      known.account
        == Account(
          booked: Spent(credits: 3), at: Self.noon + 8,
          settled: Account.Settled(runs: 1, total: Spent(credits: 3), seconds: 1)))
    #expect(desk.state.runs == ["a": [run]])
    #expect(desk.send(.closing, at: Self.noon + 9) == [])
  }

  @Test("What a run costs is noted however long the conversation is")
  func long() {
    var desk = desk()
    let text = String(repeating: "word ", count: 20_000)
    for runs in 1...2 {
      let answer = answer("completed", credits: 3 * Double(runs), runs: runs, saying: text)
      _ = poll(&desk, self.answer("running", credits: 1), at: Self.noon + Double(runs) * 100)
      _ = poll(&desk, answer, at: Self.noon + Double(runs) * 100 + 8)
    }
    #expect(desk.state.runs["a"]?.map(\.spent.credits) == [3, 3])
    #expect(desk["a"].known.account?.settled?.runs == 2)
  }

  @Test("What is in memory only is kept when the console ends")
  func closing() {
    var desk = desk()
    desk["a"].known.lastSeenAt = Self.noon
    _ = poll(&desk, answer("running", credits: 1), at: Self.noon + 4)
    #expect(desk.send(.closing, at: Self.noon + 5).kept.count == 2)
    #expect(desk.send(.closing, at: Self.noon + 6) == [])
  }

  @Test("A ceiling warns once at four fifths, and once when it is reached")
  func warnings() {
    var desk = desk(Ceilings(day: 10))
    var notices: [String] = []
    for (step, credits) in [1.0, 8, 9, 10.5, 11].enumerated() {
      desk.state.notice = nil
      _ = poll(&desk, answer("running", credits: credits), at: Self.noon + Double(step) * 4)
      notices.append(desk.state.notice?.text ?? "")
    }
    #expect(
      notices == [
        "", "near its ceiling: today 8 of 10 cr", "",
        "ceiling reached: today 10.5 of 10 cr; new orders ask for a typed yes, what runs goes on",
        "",
      ])
  }

  @Test("Past a ceiling an order is withheld and its text stays, unless a typed yes lets it pass")
  func withheld() {
    for ceilings in [Ceilings(day: 1), Ceilings(month: 1), Ceilings(fleet: 1)] {
      var desk = desk(ceilings)
      _ = poll(&desk, answer("running", credits: 2), at: Self.noon + 4)
      let create = Action.create(intent: "i1", input: "go", budget: .low)
      #expect(desk.send(create, at: Self.noon + 5).names == ["keep"])
      #expect(desk.state.drafts[.newWorker]?.text == "go" && desk.state.sending.isEmpty)
      #expect(desk.state.notice?.text.hasPrefix("not sent, a ceiling is reached: ") == true)
      #expect(desk.send(.allow(intent: "i1"), at: Self.noon + 6) == [])
      #expect(desk.send(create, at: Self.noon + 6).names == ["send i1", "keep"])
      // The yes was for that one.
      let other = Action.create(intent: "i2", input: "go on", budget: .low)
      #expect(desk.send(other, at: Self.noon + 7).names == ["keep"])
      // What saves money is never withheld.
      let cancel = Action.cancelSchedule(intent: "i3", worker: "a", schedule: "s")
      #expect(desk.send(cancel, at: Self.noon + 8).names == ["send i3"])
    }
  }

  @Test("A worker's own ceiling withholds its follow-ups and schedules, and no other order")
  func worker() {
    var desk = desk(Ceilings(worker: 2))
    _ = poll(&desk, answer("running", credits: 2), at: Self.noon + 4)
    let more = Action.continueWorker(intent: "i1", worker: "a", input: "more", budget: .low)
    #expect(desk.send(more, at: Self.noon + 5).names == ["keep"])
    let request = ScheduleRequest(input: "again", when: .interval(seconds: 60), budget: .low)
    #expect(
      desk.send(.schedule(intent: "i2", worker: "a", request), at: Self.noon + 5).names == ["keep"])
    let fresh = Action.create(intent: "i3", input: "go", budget: .low)
    #expect(desk.send(fresh, at: Self.noon + 5).names == ["send i3", "keep"])
  }

  @Test("The moment at which a ceiling is reached follows from the last minutes")
  func reached() {
    var desk = desk(Ceilings(day: 10))
    _ = poll(&desk, answer("running", credits: 1), at: Self.noon)
    _ = poll(&desk, answer("running", credits: 2), at: Self.noon + 60)
    let standings = Governor(desk.state, now: Self.noon + 60).standings
    #expect(
      standings == [
        Governor.Standing(
          scope: .day, limit: 10, spent: Spent(credits: 2), isExact: true,
          reachedAt: Self.noon + 60 + 8 * 60)
      ])
  }

  @Test("Days and months begin at midnight of the zone, also where clocks change")
  func zones() {
    // Two hours east until 2026-10-25 01:00 UTC, one hour after that, as in Berlin.
    let change = 1_792_890_000.0
    let berlin = Zone { $0 < change ? (7_200, "CEST") : (3_600, "CET") }
    #expect(berlin.midnight(before: Self.noon) == Self.midnight - 3_600)
    #expect(berlin.midnight(before: change + 7_200) == change - 3 * 3_600)
    // 2026-10-01 00:00 CEST.
    #expect(berlin.monthStart(before: change + 86_400) == 1_790_805_600)
  }
}

extension [Effect] {
  fileprivate var kept: [Memo] {
    flatMap { effect -> [Memo] in if case .keep(let memos) = effect { memos } else { [] } }
  }
}
