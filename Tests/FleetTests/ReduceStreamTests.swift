import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReduceStreamTests {
  private static func part(_ text: String, id: String = "") -> StreamItem {
    StreamItem(.plainText(text), id: id)
  }

  private func texts(_ desk: Desk) -> [String] {
    desk["a"].transcript.entries.map { if case .plain(let text) = $0.content { text } else { "?" } }
  }

  /// A worker whose stream has brought two parts with the ids 1 and 2 and was then lost.
  private func broken(ids: Bool = true) -> Desk {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items([Self.part("one", id: ids ? "1" : "")])), at: 102)
    _ = desk.send(.stream(worker: "a", .items([Self.part("two", id: ids ? "2" : "")])), at: 103)
    _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 4)), at: 104)
    return desk
  }

  @Test("A stream goes from opening to live, and its first second is a replay")
  func opening() {
    var desk = Desk(("a", .running))
    var expected = desk.state
    #expect(desk.send(.stream(worker: "a", .opening), at: 101) == [])
    expected.workers["a"]?.stream = .opening
    #expect(desk.state == expected)
    #expect(desk.send(.stream(worker: "a", .opened), at: 102) == [])
    expected.workers["a"]?.stream = .live(since: 102)
    expected.workers["a"]?.replayUntil = 103
    expected.link = .live(lastByteAt: 102)
    #expect(desk.state == expected)
    #expect(desk.send(.stream(worker: "a", .alive), at: 103) == [])
    expected.link = .live(lastByteAt: 103)
    #expect(desk.state == expected)
    #expect(desk.send(.stream(worker: "a", .items([Self.part("x", id: "7")])), at: 103.5) == [])
    #expect(desk["a"].lastEventID == "7")
    _ = desk.send(.stream(worker: "a", .items([Self.part("y")])), at: 105)
    #expect(desk["a"].transcript.entries.map(\.startedAt) == [nil, 105])
    #expect(desk["a"].lastEventID == "7")
  }

  @Test("A lost stream waits, and the link is down until a byte comes")
  func lost() {
    let desk = broken()
    #expect(desk["a"].stream == .waiting(retryAt: 108, reason: "cut"))
    #expect(desk.state.link == .down(since: 104, retryAt: 108, reason: "cut"))
    #expect(texts(desk) == ["one", "two"])
  }

  @Test(
    "A stream that resumes after the last id adds to what is there, and a poll looks for the rest")
  func resumes() {
    var desk = broken()
    #expect(
      desk.send(.stream(worker: "a", .opened), at: 108)
        == [.poll(worker: "a", after: 0)])
    #expect(desk.state.notice?.text == "connected again")
    _ = desk.send(.stream(worker: "a", .items([Self.part("three", id: "3")])), at: 109)
    _ = desk.send(.stream(worker: "a", .items([Self.part("four", id: "4")])), at: 110)
    #expect(texts(desk) == ["one", "two", "three", "four"])
    #expect(desk["a"].transcript.edition == 0)
  }

  @Test("A stream that replays from its first id starts the transcript anew, once")
  func replays() {
    var desk = broken()
    _ = desk.send(.stream(worker: "a", .opened), at: 108)
    _ = desk.send(.stream(worker: "a", .items([Self.part("one", id: "1")])), at: 108.1)
    _ = desk.send(
      .stream(worker: "a", .items([Self.part("two", id: "2"), Self.part("three", id: "3")])),
      at: 108.2)
    #expect(texts(desk) == ["one", "two", "three"])
    #expect(desk["a"].transcript.edition == 1)
    #expect(desk["a"].transcript.entries.map(\.startedAt) == [nil, nil, nil])
  }

  @Test("A stream without ids replays, so the transcript starts anew")
  func withoutIDs() {
    var desk = broken(ids: false)
    #expect(desk.send(.stream(worker: "a", .opened), at: 108) == [.poll(worker: "a", after: 0)])
    _ = desk.send(.stream(worker: "a", .items([Self.part("one"), Self.part("two")])), at: 108.1)
    _ = desk.send(.stream(worker: "a", .items([Self.part("three")])), at: 112)
    #expect(texts(desk) == ["one", "two", "three"])
  }

  @Test("The end of a stream finishes the run, marks it unread and asks for the figures")
  func ended() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    var expected = desk.state
    expected.presence.before["a"] = Absence.Glance(desk["a"])
    let effects = desk.send(.stream(worker: "a", .ended), at: 102)
    expected.workers["a"]?.stream = .ended
    expected.workers["a"]?.phase = Reading(.done, at: 102, from: .stream)
    expected.workers["a"]?.turned = Reading(.running, at: 102, from: .stream)
    expected.workers["a"]?.finishedAt = 102
    expected.workers["a"]?.known.isUnread = true
    expected.notice = State.Notice(level: .info, text: "Ta: finished", at: 102)
    #expect(desk.state == expected)
    #expect(
      effects == [
        .keep([.revise(desk["a"].known, [.figures, .unread])]), .poll(worker: "a", after: 0),
      ])
  }

  @Test("The end of the watched worker's run is neither marked nor said")
  func endedOnScreen() {
    var desk = Desk(("a", .running))
    desk.state.watched = "a"
    _ = desk.send(.present, at: 101)
    _ = desk.send(.stream(worker: "a", .ended), at: 102)
    #expect(desk["a"].phase == Reading(.done, at: 102, from: .stream))
    #expect(!desk["a"].known.isUnread)
    #expect(desk.state.notice == nil)
  }

  @Test("Where no key was pressed for a minute nobody watches, whatever is on the screen")
  func endedUnseen() {
    var desk = Desk(("a", .running))
    desk.state.watched = "a"
    _ = desk.send(.present, at: 101)
    _ = desk.send(.stream(worker: "a", .ended), at: 101 + State.glanceLimit)
    #expect(desk["a"].known.isUnread && desk.state.notice?.text == "Ta: finished")
    #expect(desk.state.workers.standing(of: "a") == .needsYou)
  }

  @Test("A run whose stream reports an error has failed, and no later answer hides it")
  func failed() {
    var desk = Desk(("a", .running))
    let failure = Phase.failed(reason: "boom")
    _ = desk.send(
      .stream(
        worker: "a",
        .items([
          StreamItem(.start(messageID: "m", metadata: nil)),
          StreamItem(.error("boom")), StreamItem(.finish(reason: "error", metadata: nil)),
        ])), at: 102)
    _ = desk.send(.stream(worker: "a", .ended), at: 103)
    #expect(desk["a"].phase == Reading(failure, at: 103, from: .stream))
    #expect(desk.state.notice == State.Notice(level: .error, text: "Ta: failed: boom", at: 103))
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 103), at: 104)
    #expect(desk["a"].phase == Reading(failure, at: 104, from: .poll))
    _ = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 110), at: 111)
    #expect(desk["a"].phase.value == .running)
    _ = desk.send(.polled(worker: "a", .answered("a", "one", "two"), askedAt: 120), at: 121)
    #expect(desk["a"].phase.value == .done)
  }

  @Test("An error that is read after a poll has said done makes it a failure")
  func failedLate() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 101), at: 102)
    #expect(desk["a"].phase.value == .done && desk["a"].stream == .live(since: 101))
    _ = desk.send(.stream(worker: "a", .items([StreamItem(.error("boom"))])), at: 103)
    _ = desk.send(.stream(worker: "a", .ended), at: 104)
    #expect(desk["a"].phase == Reading(.failed(reason: "boom"), at: 104, from: .stream))
  }

  @Test("A refused stream says why; a missing worker and a refused key are known by it")
  func refused() {
    for (status, isMissing, link) in [
      (404, true, Link.idle), (401, false, .refused(reason: "no")),
      (403, false, .idle), (410, false, .idle),
    ] {
      var desk = Desk(("a", .running))
      var expected = desk.state
      // A server may lack the stream alone, which a GET tells.
      #expect(
        desk.send(.stream(worker: "a", .refused(reason: "no", status: status)), at: 102)
          == (status == 404 ? [.poll(worker: "a", after: 0)] : []))
      expected.workers["a"]?.stream = .refused(reason: "no")
      expected.workers["a"]?.isMissing = isMissing
      expected.link = link
      #expect(desk.state == expected)
    }
  }

  @Test("A pending worker whose stream begins to speak is running")
  func pending() {
    var desk = Desk(("a", .pending))
    _ = desk.send(
      .stream(worker: "a", .items([StreamItem(.start(messageID: "m", metadata: nil))])), at: 102)
    #expect(desk["a"].phase == Reading(.running, at: 102, from: .stream))
    #expect(desk["a"].runningSince == 102)
  }

  @Test("A snapshot brings the worker and its figures")
  func snapshot() {
    var desk = Desk(("a", .running))
    let worker = Worker.sample("a", "running", JSONObject([("usage", ["credits": 7])]))
    _ = desk.send(.stream(worker: "a", .items([StreamItem(.snapshot(worker))])), at: 102)
    #expect(desk["a"].worker == worker)
    #expect(desk["a"].meter.amount == 7)
  }

  @Test("Streams of workers that nobody knows change nothing but the link")
  func stranger() {
    var desk = Desk()
    var expected = State()
    for action: Action in [
      .stream(worker: "x", .opening), .stream(worker: "x", .opened), .stream(worker: "x", .alive),
      .stream(worker: "x", .lost(reason: "", retryAfter: 1)), .stream(worker: "x", .ended),
      .stream(worker: "x", .refused(reason: "", status: 401)),
    ] {
      #expect(desk.send(action, at: 1) == [])
      #expect(desk.state == expected)
    }
    #expect(desk.send(.stream(worker: "x", .items([Self.part("y")])), at: 1) == [])
    expected.link = .live(lastByteAt: 1)
    #expect(desk.state == expected)
  }
}
