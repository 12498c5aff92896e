import Testing
import WorkerAPI

@testable import Fleet

/// What a console does while another one on the same registry asks the server.
@Suite struct CompanyTests {
  private static func follower(_ workers: KnownWorker...) -> Desk {
    var desk = Desk()
    _ = desk.send(.accompany, at: 99)
    let effects = desk.send(.recalled(Recollection(workers: workers)), at: 100)
    #expect(effects == [.keep([.preference(name: "company.watched", value: "-")])])
    return desk
  }

  private static func known(_ id: String, _ status: String, at: Double) -> KnownWorker {
    var known = KnownWorker.named(id)
    known.lastSeen = Worker.sample(id, status).raw.text
    known.lastSeenAt = at
    return known
  }

  private static func changes(_ memos: Memo...) async -> Action {
    .others(await Changes.read(memos))
  }

  private static func ask(_ text: String) -> Effect {
    .keep([.preference(name: "company.ask", value: text)])
  }

  @Test("A follower asks nothing of the server but has the leader look, and sends its orders")
  func follows() {
    var desk = Self.follower(Self.known("a", "running", at: 95))
    let watched = desk.send(.watch("a"), at: 101)
    #expect(
      watched == [
        .keep([.preference(name: "company.watched", value: "a")]), .loadEmail(worker: "a"),
      ])
    #expect(desk["a"].stream == .closed)
    #expect(desk.send(.refresh("a"), at: 102) == [Self.ask("102.0\na")])
    #expect(desk.send(.refresh(nil), at: 103) == [Self.ask("103.0\na")])
    let sent = desk.send(
      .continueWorker(intent: "i", worker: "a", input: "on", budget: .low), at: 104)
    #expect(sent.names == ["send i", "keep"])
    let answered = desk.send(.continued(intent: "i", .sample("a", "running")), at: 105)
    #expect(answered == [.keep([.settled("i")]), Self.ask("105.0\na")])
    #expect(
      desk.send(.closing, at: 106) == [.keep([.preference(name: "company.watched", value: "")])])
  }

  @Test("What the leader learned is taken in, unless what is here is newer")
  func takes() async {
    var desk = Self.follower(Self.known("a", "running", at: 95))
    let later = Self.known("a", "completed", at: 110)
    var unread = later
    unread.isUnread = true
    let news = await Self.changes(.revise(unread, [.figures, .unread]), .worker(.named("b")))
    #expect(desk.send(news, at: 111) == [])
    #expect(desk["a"].phase == Reading(.done, at: 110, from: .memory))
    #expect(desk["a"].known.isUnread && desk.state.sharedAt == 110)
    #expect(
      desk.state.notice == State.Notice(level: .info, text: "do a: finished", at: 111))
    #expect(desk.state.order == ["a", "b"])
    _ = desk.send(.continued(intent: "i", .sample("a", "running")), at: 120)
    _ = desk.send(
      await Self.changes(.revise(Self.known("a", "completed", at: 119), .figures)), at: 121)
    #expect(desk["a"].phase.value == .running, "it was asked before the order")
    _ = desk.send(await Self.changes(.forget("a")), at: 122)
    #expect(desk.state.order == ["b"])
  }

  @Test("A worker that was ordered elsewhere before one of here stands before it, as in the memory")
  func order() async {
    var desk = Self.follower(.named("a"))
    _ = desk.send(.created(intent: "i", .sample("c", "running")), at: 120)
    var known = KnownWorker.named("b")
    known.addedAt = 119
    var late = KnownWorker.named("d")
    late.addedAt = 121
    _ = desk.send(await Self.changes(.worker(known), .worker(late)), at: 121)
    #expect(desk.state.order == ["a", "b", "c", "d"])
  }

  @Test("A run that begins and ends at once is over in the follower too")
  func short() async {
    var desk = Self.follower(Self.known("a", "completed", at: 95))
    for (status, at) in [("running", 110.0), ("completed", 111.0)] {
      let known = Self.known("a", status, at: at)
      _ = desk.send(await Self.changes(.revise(known, .figures)), at: at)
    }
    #expect(desk["a"].phase == Reading(.done, at: 111, from: .memory))
    #expect(!desk["a"].known.isUnread, "the leader's operator watched it")
  }

  @Test("A refresh of a large fleet is one wish, and names nobody")
  func many() {
    var desk = Desk()
    _ = desk.send(.accompany, at: 99)
    let workers = (0..<10_000).map { KnownWorker.named("w\($0)") }
    _ = desk.send(.recalled(Recollection(workers: workers)), at: 100)
    #expect(desk.send(.refresh(nil), at: 101) == [Self.ask("101.0")])
  }

  @Test("A ceiling that the leader's figures reach is said in the follower too")
  func ceiling() async {
    var desk = Desk()
    desk.state.ceilings.day = 10
    _ = desk.send(.accompany, at: 99)
    _ = desk.send(.recalled(Recollection(workers: [Self.known("a", "running", at: 95)])), at: 100)
    let charge = Charge(
      worker: "", quarter: 0, budget: .low, spent: Spent(credits: 12), from: 100, until: 110)
    let news = await Self.changes(
      .revise(Self.known("a", "running", at: 110), .figures), .charge(charge))
    _ = desk.send(news, at: 111)
    #expect(desk.state.notice?.level == .error)
    #expect(desk.state.notice?.text.hasPrefix("ceiling reached: today 12 of 10 cr") == true)
  }

  @Test("When the leader is gone the follower opens streams and polls, and sends nothing twice")
  func leads() async {
    var desk = Self.follower(Self.known("a", "running", at: 95), .named("b"))
    let order = Intent(id: "i", kind: .create, input: "in", budget: .low, madeAt: 97)
    #expect(desk.send(await Self.changes(.intent(order)), at: 100) == [])
    #expect(desk.state.uncertain == [order], "its console is gone, and nobody knows")
    let effects = desk.send(.lead, at: 101)
    #expect(effects.names == ["keep", "follow a ", "poll a", "poll b"])
    #expect(desk.state.role == .leader && desk["a"].stream == .opening)
    #expect(desk.send(.lead, at: 102) == [])
    #expect(desk.send(await Self.changes(.settled("i")), at: 103) == [])
    #expect(desk.state.uncertain == [])
  }

  @Test("A leader takes marks and orders of others, and looks where it is asked to")
  func isAsked() async {
    var desk = Desk(("a", .done), ("b", .running))
    _ = desk.send(.polled(worker: "b", .sample("b", "running"), askedAt: 100), at: 100)
    let before = desk["a"]
    var theirs = before.known
    theirs.isMarked = true
    theirs.lastSeen = "{}"
    theirs.lastSeenAt = 300
    _ = desk.send(await Self.changes(.revise(theirs, [.mark, .figures])), at: 101)
    var expected = before
    expected.known.isMarked = true
    #expect(desk["a"] == expected, "figures are its own business")
    let ask = await Self.changes(.preference(name: "company.ask", value: "101.0\na"))
    #expect(desk.send(ask, at: 102).names == ["poll a", "schedules a"])
    let watch = await Self.changes(.preference(name: "company.watched", value: "b"))
    #expect(desk.send(watch, at: 103) == [.poll(worker: "b", after: 0)])
    // Its figures are kept as they come now, for the one who looks.
    let kept = desk.send(.polled(worker: "b", .sample("b", "running"), askedAt: 104), at: 104)
    #expect(kept.names.contains("keep"))
    #expect(desk.state.preferences == [:])
  }
}
