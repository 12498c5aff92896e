import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReduceKeepingTests {
  @Test("A name is kept; an empty one shows the instruction again")
  func rename() {
    var desk = Desk(("a", .done))
    #expect(desk.send(.rename("a", "Rex"), at: 101) == [.keep([.revise(desk["a"].known, .title)])])
    #expect(desk["a"].title == "Rex")
    _ = desk.send(.rename("a", ""), at: 102)
    #expect(desk["a"].known.title == nil && desk["a"].title == "do a")
    #expect(desk.send(.rename("x", "Rex"), at: 103) == [])
  }

  @Test("A pinned worker's stream is followed before those of newer ones")
  func pin() {
    var desk = Desk()
    for number in 0...State.followLimit { desk.add("w\(number)", .running) }
    _ = desk.state.follows()
    #expect(desk["w0"].stream == .closed)
    let effects = desk.send(.pin("w0", true), at: 101)
    #expect(effects.names == ["keep", "unfollow w1", "follow w0 "])
    #expect(desk["w0"].known.isPinned && desk.state.workers.pinned == ["w0"])
    _ = desk.send(.pin("w0", false), at: 102)
    #expect(desk.state.workers.pinned.isEmpty)
  }

  @Test("An archived worker is not asked for by itself, and comes back when it is taken back")
  func archive() {
    var desk = Desk(("a", .running), ("b", .running))
    desk["a"].stream = .live(since: 100)
    desk["a"].known.isUnread = true
    #expect(
      desk.send(.archive("a", true), at: 101).names.filter { $0 != "follow b " }
        == ["keep", "cancel", "unfollow a"])
    #expect(desk["a"].known.isArchived && !desk["a"].known.isUnread)
    #expect(desk["a"].standing == .archived && !desk.state.workers.active.contains("a"))
    #expect(
      desk.state.notice?.text == "archived; it goes on and may spend, and is not looked at here")
    // An answer that was under way is taken, and is the last one.
    let late = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 101), at: 102)
    #expect(!late.names.contains("poll a") && desk["a"].worker != nil)
    #expect(desk.send(.archive("a", true), at: 103) == [])
    #expect(
      desk.send(.archive("a", false), at: 104).names
        == ["keep", "follow a ", "poll a", "schedules a"])
  }

  @Test("At a start no archived worker is asked for")
  func recall() {
    var desk = Desk()
    let known = ["a", "b"].map { id in
      KnownWorker(id: id, instruction: "", budget: .low, addedAt: 1, isArchived: id == "a")
    }
    #expect(
      desk.send(.recalled(Recollection(workers: known)), at: 100).names == ["poll b"])
  }

  @Test("A forgotten worker leaves the list with its drafts; what it spent is kept first")
  func forget() {
    var desk = Desk(("a", .running), ("b", .done))
    desk["a"].known.account = Account(at: 100)
    desk["a"].known.lastSeenAt = 100
    desk["a"].stream = .live(since: 100)
    let answer = Worker.sample("a", "running", JSONObject([("usage", ["credits": 2])]))
    _ = desk.send(.polled(worker: "a", answer, askedAt: 100), at: 101)
    let draft = Draft(subject: .followUp(worker: "a"), text: "t", cursor: 1, budget: .low)
    _ = desk.send(.write(draft), at: 101)
    let charges = desk["a"].unwritten
    #expect(charges.count == 1)
    let effects = desk.send(.forget("a"), at: 102)
    #expect(
      effects.prefix(3) == [
        .keep([.charge(charges[0]), .forget("a")]), .cancel(.poll("a")), .cancel(.follow("a")),
      ])
    #expect(desk.state.order == ["b"] && desk.state.workers["a"] == nil && desk.state.drafts == [:])
    #expect(desk.state.spending.tally(at: 102, in: .utc).today.spent == Spent(credits: 2))
    #expect(
      desk.state.notice?.text == "forgotten here; on the server it goes on and may spend: a")
    // What still comes in for it changes nothing.
    let before = desk.state.workers
    _ = desk.send(.stream(worker: "a", .items([])), at: 103)
    #expect(desk.send(.polled(worker: "a", answer, askedAt: 102), at: 103) == [])
    #expect(desk.state.workers == before)
    #expect(desk.send(.forget("a"), at: 104) == [])
  }
}
