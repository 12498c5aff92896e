import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReduceOrderTests {
  private static let intent = {
    var intent = Intent(id: "i1", kind: .create, input: "go", budget: .high, madeAt: 100)
    intent.cursor = 1
    return intent
  }()
  private static let draft = Draft(subject: .newWorker, text: "go", cursor: 1, budget: .high)
  private static let empty = Draft(subject: .newWorker, text: "", cursor: 0, budget: .high)

  /// A desk on which a create is on its way.
  private func sending() -> Desk {
    var desk = Desk()
    desk.state.drafts = [.newWorker: Self.draft]
    _ = desk.send(.create(intent: "i1", input: "go", budget: .high), at: 100)
    return desk
  }

  @Test("A create is on its way and its draft is emptied")
  func create() {
    var desk = Desk()
    desk.state.drafts = [.newWorker: Self.draft]
    let effects = desk.send(.create(intent: "i1", input: "go", budget: .high), at: 100)
    #expect(
      effects == [
        .send(Self.intent, .create(RunRequest(input: "go", budget: .high))),
        .keep([.draft(Self.empty), .input(PastInput(text: "go", at: 100))]),
      ])
    var expected = State()
    expected.sending = ["i1": Self.intent]
    expected.inputs = [PastInput(text: "go", at: 100)]
    #expect(desk.state == expected)
  }

  @Test("A created worker is known, followed, polled and the newest")
  func created() {
    var desk = sending()
    let worker = Worker.sample("w1", "running")
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    let effects = desk.send(.created(intent: "i1", worker), at: 101)
    let known = KnownWorker(
      id: "w1", instruction: "go", budget: .high, addedAt: 101,
      account: Account(at: 101, settled: Account.Settled(runs: 0, total: Spent())),
      lastSeen: worker.raw.text, lastSeenAt: 101)
    #expect(
      effects == [
        .keep([.worker(known), .settled("i1")]),
        .follow(worker: "w1", lastEventID: "", isActive: true),
        .poll(worker: "w1", after: 4 * jitter), .loadEmail(worker: "w1"),
      ])
    var expected = State()
    _ = expected.dice.roll()
    expected.order = ["w1"]
    expected.newest = "w1"
    expected.inputs = [PastInput(text: "go", at: 100)]
    expected.link = .live(lastByteAt: 101)
    expected.notice = State.Notice(level: .info, text: "started: go", at: 101)
    var fresh = WorkerState(known: known, phase: Reading(.running, at: 101, from: .poll))
    fresh.know(worker, at: 101, from: .poll)
    fresh.runningSince = 101
    fresh.stream = .opening
    fresh.transcript.addPrompt("go")
    expected.workers = ["w1": fresh]
    #expect(desk.state == expected)
  }

  @Test("A refused create gives its text back and is settled")
  func refused() {
    for failure: Service.Failure in [
      .refused(APIError(status: 422, message: "too long")),
      .refused(APIError(status: 429, message: "slow")), .transport(.unreachable("no route")),
      .transport(.badAddress("x")),
    ] {
      var desk = sending()
      let effects = desk.send(.sendFailed(intent: "i1", failure), at: 101)
      #expect(effects == [.keep([.settled("i1"), .draft(Self.draft)])])
      var expected = State()
      expected.drafts = [.newWorker: Self.draft]
      expected.inputs = [PastInput(text: "go", at: 100)]
      expected.notice = State.Notice(
        level: .error, text: "not sent, the text is in the draft: \(failure)", at: 101,
        isRefusal: true)
      if case .refused = failure { expected.link = .live(lastByteAt: 101) }
      #expect(desk.state == expected)
    }
  }

  @Test("A create whose fate is unknown stays journaled, and is sent again under its old key")
  func doubtful() {
    for failure: Service.Failure in [
      .transport(.broken("reset")), .transport(.timedOut(seconds: 60)),
      .transport(.stalled(seconds: 60)), .transport(.cancelled), .transport(.tooLarge(limit: 1)),
      .unreadable("no worker"), .refused(APIError(status: 502, message: "gateway")),
    ] {
      var desk = sending()
      #expect(
        desk.send(.sendFailed(intent: "i1", failure), at: 101) == [.keep([.draft(Self.draft)])])
      #expect(desk.state.uncertain == [Self.intent] && desk.state.sending == [:])
      #expect(desk.state.drafts == [.newWorker: Self.draft])
      #expect(desk.state.notice?.level == .warning)
      _ = desk.send(.create(intent: "i2", input: "other", budget: .high), at: 102)
      #expect(desk.state.sending.keys.sorted() == ["i2"])
      let effects = desk.send(.create(intent: "i3", input: "go", budget: .high), at: 103)
      #expect(effects.names.first == "send i1")
      #expect(desk.state.uncertain == [] && desk.state.sending.keys.sorted() == ["i1", "i2"])
    }
  }

  @Test("A failed text does not replace a newer draft, and the notice says so")
  func newerDraft() {
    var desk = sending()
    let newer = Draft(subject: .newWorker, text: "new", cursor: 3, budget: .low)
    _ = desk.send(.write(newer), at: 101)
    let refusal = Service.Failure.refused(APIError(status: 422, message: "no"))
    #expect(desk.send(.sendFailed(intent: "i1", refusal), at: 102) == [.keep([.settled("i1")])])
    #expect(desk.state.drafts == [.newWorker: newer])
    #expect(
      desk.state.notice?.text == "not sent, newer text is in the draft, this was: go: HTTP 422: no")
    var doubtful = sending()
    _ = doubtful.send(.write(newer), at: 101)
    #expect(doubtful.send(.sendFailed(intent: "i1", .unreadable("x")), at: 102) == [])
  }

  @Test("A refusal is an answer, and where an order lost the link a poll tries it")
  func linkOfOrders() {
    var desk = Desk(("a", .done), ("b", .running), ("c", .done))
    func fail(_ failure: Service.Failure, at now: Double) -> [Effect] {
      _ = desk.send(.create(intent: "i", input: "go", budget: .low), at: now)
      return desk.send(.sendFailed(intent: "i", failure), at: now)
    }
    desk.state.link = .down(since: 90, retryAt: 99, reason: "no route")
    let lost = fail(.transport(.unreachable("no route")), at: 100)
    #expect(lost.contains(.poll(worker: "b", after: 2)))
    #expect(desk.state.link == .down(since: 90, retryAt: 102, reason: "no route"))
    // Somebody tries it already.
    let again = fail(.transport(.unreachable("no route")), at: 101)
    #expect(again.names == ["keep"])
    _ = fail(.refused(APIError(status: 402, message: "no money")), at: 102)
    #expect(desk.state.link == .live(lastByteAt: 102))
    #expect(desk.state.notice?.level == .error && desk.state.notice?.isRefusal == true)
    // It may be of a gateway before a server that is down.
    desk.state.link = .down(since: 103, retryAt: 110, reason: "no route")
    _ = fail(.refused(APIError(status: 502, message: "bad gateway")), at: 104)
    #expect(!desk.state.link.isUp)
  }

  @Test("A failure of nothing that is on its way changes nothing")
  func strangerFailure() {
    var desk = Desk()
    #expect(desk.send(.sendFailed(intent: "x", .unreadable("")), at: 1) == [])
    #expect(desk.state == State())
  }

  @Test("A continued worker runs, shows what was said and is followed")
  func continued() {
    var desk = Desk(("a", .done))
    desk["a"].stream = .ended
    desk["a"].lastEventID = "4"
    desk["a"].known.isUnread = true
    let subject = Draft.Subject.followUp(worker: "a")
    let intent = Intent(
      id: "i1", kind: .continue, worker: "a", input: "more", budget: .low, madeAt: 100)
    #expect(
      desk.send(.continueWorker(intent: "i1", worker: "a", input: "more", budget: .low), at: 100)
        == [
          .send(intent, .continueWorker("a", RunRequest(input: "more", budget: .low))),
          .keep([
            .draft(Draft(subject: subject, text: "", cursor: 0, budget: .low)),
            .input(PastInput(text: "more", at: 100)),
          ]),
        ])
    var expected = desk.state
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    let answer = Worker.sample("a", "running")
    #expect(
      desk.send(.continued(intent: "i1", answer), at: 101) == [
        .keep([.settled("i1")]), .follow(worker: "a", lastEventID: "4", isActive: true),
        .poll(worker: "a", after: 4 * jitter),
      ])
    _ = expected.dice.roll()
    expected.sending = [:]
    expected.workers["a"]?.know(answer, at: 101, from: .poll)
    expected.workers["a"]?.transcript.addPrompt("more")
    expected.workers["a"]?.phase = Reading(.running, at: 101, from: .poll)
    expected.workers["a"]?.runningSince = 101
    expected.workers["a"]?.known.isUnread = false
    expected.workers["a"]?.stream = .opening
    expected.link = .live(lastByteAt: 101)
    expected.notice = State.Notice(level: .info, text: "continued: Ta", at: 101)
    #expect(desk.state == expected)
  }

  @Test("A schedule is added at once and read again from the server")
  func schedule() {
    var desk = Desk(("a", .done))
    let request = ScheduleRequest(input: "go", when: .interval(seconds: 60), budget: .low)
    let intent = Intent(
      id: "i1", kind: .schedule, worker: "a", input: "go", budget: .low, madeAt: 100,
      when: .interval(seconds: 60))
    let effects = desk.send(.schedule(intent: "i1", worker: "a", request), at: 100)
    #expect(effects.first == .send(intent, .schedule("a", request)))
    let schedule = Schedule(
      id: "s", budget: .low, input: "go", kind: .interval(seconds: 60), nextRunAt: 160)
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    #expect(
      desk.send(.scheduled(intent: "i1", worker: "a", schedule), at: 101) == [
        .keep([.settled("i1")]), .loadSchedules(worker: "a"),
        .poll(worker: "a", after: 60 + jitter),
      ])
    #expect(desk["a"].schedules == Reading([schedule], at: 101, from: .poll))
    #expect(desk.state.sending == [:])
    let refusal = Service.Failure.refused(APIError(status: 400, message: "no"))
    _ = desk.send(.schedule(intent: "i2", worker: "a", request), at: 102)
    _ = desk.send(.sendFailed(intent: "i2", refusal), at: 103)
    #expect(desk.state.drafts[.schedule(worker: "a")]?.text == "go")
  }

  @Test("A cancelled schedule is gone, and the list is read again however it went")
  func cancelSchedule() {
    let schedule = Schedule(
      id: "s", budget: .low, input: "go", kind: .interval(seconds: 60), nextRunAt: 160)
    for (wasThere, text) in [
      (true, "schedule cancelled"), (false, "the server had no such schedule"),
    ] {
      var desk = Desk(("a", .done))
      desk["a"].schedules = Reading([schedule], at: 100, from: .poll)
      var expected = desk.state
      let intent = Intent(
        id: "i1", kind: .cancel, worker: "a", input: "s", budget: .standard, madeAt: 101)
      #expect(
        desk.send(.cancelSchedule(intent: "i1", worker: "a", schedule: "s"), at: 101)
          == [.send(intent, .cancelSchedule("a", schedule: "s"))])
      expected.sending = ["i1": intent]
      #expect(desk.state == expected)
      #expect(
        desk.send(
          .scheduleCancelled(intent: "i1", worker: "a", schedule: "s", wasThere: wasThere), at: 102)
          == [.keep([.settled("i1")]), .loadSchedules(worker: "a")])
      expected.sending = [:]
      expected.workers["a"]?.schedules = Reading([], at: 100, from: .poll)
      expected.notice = State.Notice(level: .info, text: text, at: 102)
      expected.link = .live(lastByteAt: 102)
      #expect(desk.state == expected)
    }
    var desk = Desk(("a", .done))
    _ = desk.send(.cancelSchedule(intent: "i1", worker: "a", schedule: "s"), at: 101)
    let failure = Service.Failure.transport(.unreachable("no route"))
    #expect(
      desk.send(.sendFailed(intent: "i1", failure), at: 101)
        == [.keep([.settled("i1")]), .loadSchedules(worker: "a")])
    #expect(desk.state.notice?.text == "schedule not cancelled: \(failure)")
    #expect(desk.state.drafts == [:] && desk.state.uncertain == [])
  }

  @Test("A download runs once, counts its bytes and ends saved or failed")
  func download() {
    var desk = Desk(("a", .done))
    let file = WorkerFile(filename: "x.md", mediaType: "", url: "u", size: 9)
    var expected = desk.state
    #expect(
      desk.send(.download(worker: "a", file), at: 101) == [.download(worker: "a", file)])
    #expect(desk["a"].downloads == ["x.md": .running(Progress(bytes: 0, of: 9, at: 101))])
    #expect(desk.send(.download(worker: "a", file), at: 102) == [])
    _ = desk.send(
      .downloading(worker: "a", file: "x.md", Arrival(bytes: 4, of: 9)), at: 103)
    var progress = Progress(bytes: 0, of: 9, at: 101)
    (progress.bytes, progress.seenAt) = (4, 103)
    #expect(desk["a"].downloads == ["x.md": .running(progress)])
    #expect((progress.rate, progress.share) == (2, 4.0 / 9))
    let saved = SavedFile(path: "/d/x.md", bytes: 9, digest: "0123456789abcdef99")
    #expect(
      desk.send(.downloaded(worker: "a", file: "x.md", saved), at: 104)
        == [
          .keep([
            .download(
              KeptFile(
                worker: "a", file: "x.md", path: "/d/x.md", bytes: 9,
                digest: "0123456789abcdef99", at: 104))
          ])
        ])
    expected.workers["a"]?.downloads = ["x.md": .done(saved)]
    expected.link = .live(lastByteAt: 104)
    expected.notice = State.Notice(
      level: .info, text: "saved 9 B, sha256 0123456789abcdef, to /d/x.md", at: 104)
    #expect(desk.state == expected)
    #expect(desk.send(.download(worker: "a", file), at: 105).names == ["download a x.md"])
    _ = desk.send(.downloadFailed(worker: "a", file: "x.md", reason: "full"), at: 106)
    #expect(desk["a"].downloads == ["x.md": .failed(reason: "full")])
    #expect(
      desk.state.notice == State.Notice(level: .error, text: "x.md not saved: full", at: 106))
  }

  @Test("A read-only console sends no order, and what was typed stays")
  func readOnly() {
    var desk = Desk(("a", .done))
    desk.state = State(isReadOnly: true)
    desk.state.add(KnownWorker(id: "a", instruction: "i", budget: .low, addedAt: 1))
    let orders: [Action] = [
      .create(intent: "i1", input: "go", budget: .low),
      .continueWorker(intent: "i2", worker: "a", input: "on", budget: .low),
      .cancelSchedule(intent: "i4", worker: "a", schedule: "s"),
    ]
    for order in orders {
      let effects = desk.send(order, at: 10)
      #expect(effects.allSatisfy { if case .send = $0 { false } else { true } })
      #expect(desk.state.notice?.text == State.readOnlyReason)
    }
    #expect(desk.state.sending == [:])
    #expect(desk.state.drafts[.newWorker]?.text == "go")
    #expect(desk.state.drafts[.followUp(worker: "a")]?.text == "on")
  }
}
