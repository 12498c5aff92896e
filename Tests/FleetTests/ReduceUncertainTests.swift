import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReduceUncertainTests {
  private static let timeout = Service.Failure.transport(.timedOut(seconds: 60))
  private static let refusal = Service.Failure.refused(APIError(status: 429, message: "slow"))
  private static let request = ScheduleRequest(
    input: "tick", when: .cron("0 7 * * *"), budget: .low)

  /// A desk whose four orders, one of each kind, were sent and not answered.
  private func doubting() -> Desk {
    var desk = Desk(("a", .done))
    let orders: [(String, Action)] = [
      ("c", .create(intent: "c", input: "go", budget: .high)),
      ("f", .continueWorker(intent: "f", worker: "a", input: "more", budget: .low)),
      ("s", .schedule(intent: "s", worker: "a", Self.request)),
      ("x", .cancelSchedule(intent: "x", worker: "a", schedule: "s1")),
    ]
    for (id, order) in orders {
      _ = desk.send(order, at: 100)
      _ = desk.send(.sendFailed(intent: id, Self.timeout), at: 160)
    }
    return desk
  }

  @Test("Orders of every kind are in doubt after a timeout, and their texts in the drafts")
  func doubt() {
    let desk = doubting()
    #expect(desk.state.uncertain.map(\.id) == ["c", "f", "s", "x"])
    #expect(desk.state.sending == [:])
    #expect(
      desk.state.drafts.mapValues(\.text) == [
        .newWorker: "go", .followUp(worker: "a"): "more", .schedule(worker: "a"): "tick",
      ])
    #expect(desk.state.notice?.text.hasPrefix("? not known whether it arrived (O shows)") == true)
  }

  @Test("An order that is sent again is the same order under the same key")
  func resend() {
    let orders: [(String, Order, Draft.Subject?)] = [
      ("c", .create(RunRequest(input: "go", budget: .high)), .newWorker),
      (
        "f", .continueWorker("a", RunRequest(input: "more", budget: .low)),
        .followUp(worker: "a")
      ),
      ("s", .schedule("a", Self.request), .schedule(worker: "a")),
      ("x", .cancelSchedule("a", schedule: "s1"), nil),
    ]
    for (id, order, subject) in orders {
      var desk = doubting()
      let intent = desk.state.uncertain.first { $0.id == id }
      let effects = desk.send(.resend(id), at: 200)
      #expect(effects.first == intent.map { .send($0, order) })
      #expect(desk.state.sending == intent.map { [id: $0] })
      #expect(!desk.state.uncertain.contains { $0.id == id })
      if let subject { #expect(desk.state.drafts[subject] == nil) }
      #expect(effects.count == (subject == nil ? 1 : 2))
      #expect(desk.send(.resend(id), at: 201) == [])
    }
  }

  @Test("A refusal of the second attempt does not tell what became of the first")
  func refusedAgain() {
    var desk = doubting()
    _ = desk.send(.resend("c"), at: 200)
    #expect(
      !desk.send(.sendFailed(intent: "c", Self.refusal), at: 201).contains(.keep([.settled("c")])))
    #expect(desk.state.uncertain.map(\.id) == ["f", "s", "x", "c"])
    #expect(
      desk.state.notice?.text.hasPrefix("? not known whether it arrived before (O shows)") == true)
    // The same text typed again takes the old key, and is no less in doubt.
    _ = desk.send(.create(intent: "new", input: "go", budget: .high), at: 202)
    _ = desk.send(.sendFailed(intent: "c", Self.refusal), at: 203)
    #expect(desk.state.uncertain.map(\.id) == ["f", "s", "x", "c"])
    // An answer ends the doubt.
    _ = desk.send(.resend("c"), at: 204)
    let effects = desk.send(.created(intent: "c", .sample("w", "running")), at: 205)
    guard case .keep(let memos) = effects.first else {
      Issue.record("nothing is kept")
      return
    }
    #expect(memos.last == .settled("c"))
    #expect(desk.state.uncertain.map(\.id) == ["f", "s", "x"] && desk.state.doubted == [])
  }

  @Test("A schedule with another time is another order")
  func otherTime() {
    var desk = doubting()
    var other = Self.request
    other.when = .interval(seconds: 60)
    let effects = desk.send(.schedule(intent: "s2", worker: "a", other), at: 200)
    #expect(effects.names.first == "send s2")
    _ = desk.send(.sendFailed(intent: "s2", Self.refusal), at: 201)
    #expect(
      desk.send(.schedule(intent: "s3", worker: "a", Self.request), at: 202).names.first
        == "send s")
  }

  @Test("A schedule whose time was not kept cannot be sent again, and the notice says so")
  func timeless() {
    var desk = doubting()
    desk.state.uncertain[2].when = nil
    #expect(desk.send(.resend("s"), at: 200) == [])
    #expect(desk.state.uncertain.count == 4 && desk.state.sending == [:])
    #expect(
      desk.state.notice?.text == "its time was not kept: discard it and make the schedule anew")
  }

  @Test("An order that became a worker is that worker from now on")
  func adopt() {
    var desk = doubting()
    let known = KnownWorker(id: "w", instruction: "go", budget: .high, addedAt: 200)
    #expect(
      desk.send(.settle("c", as: "w"), at: 200) == [
        .keep([.worker(known), .settled("c")]),
        .keep([.draft(Draft(subject: .newWorker, text: "", cursor: 0, budget: .high))]),
        .poll(worker: "w", after: 0), .loadEmail(worker: "w"),
      ])
    #expect(desk["w"].known == known && desk["w"].phase.value == .unknown)
    #expect(desk.state.order == ["a", "w"] && desk.state.newest == "w")
    #expect(desk.state.uncertain.map(\.id) == ["f", "s", "x"])
  }

  @Test("An order that became a worker that is known adds none")
  func adoptKnown() {
    var desk = doubting()
    let before = desk["a"]
    let effects = desk.send(.settle("c", as: "a"), at: 200)
    #expect(effects.first == .keep([.settled("c")]) && effects.count == 2)
    #expect(desk["a"] == before && desk.state.order == ["a"])
  }

  @Test("A discarded order is gone from the journal, and its text stays in the draft")
  func discard() {
    var desk = doubting()
    let drafts = desk.state.drafts
    #expect(desk.send(.settle("f", as: nil), at: 200) == [.keep([.settled("f")])])
    #expect(desk.state.uncertain.map(\.id) == ["c", "s", "x"])
    #expect(desk.state.drafts == drafts)
    #expect(desk.send(.settle("f", as: nil), at: 201) == [])
  }

  @Test("What was being sent when the console ended is in doubt at the next start")
  func recalled() {
    let intents = doubting().state.uncertain
    var desk = Desk()
    _ = desk.send(.recalled(Recollection(intents: intents)), at: 300)
    #expect(desk.state.uncertain == intents)
    #expect(
      desk.state.notice?.text
        == "? 4 orders were sent before the last exit, answer unknown (O shows): s1")
  }
}
