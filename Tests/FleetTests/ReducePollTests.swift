import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReducePollTests {
  @Test("An answer of a running worker brings its figures, and the next look is soon")
  func running() {
    var desk = Desk(("a", .running))
    desk["a"].stream = .live(since: 100)
    desk["a"].schedules = Reading([], at: 100, from: .poll)
    let worker = Worker.sample("a", "running", JSONObject([("usage", ["credits": 3])]))
    var expected = desk.state
    expected.presence.before["a"] = Absence.Glance(desk["a"])
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    #expect(
      desk.send(.polled(worker: "a", worker, askedAt: 101), at: 102)
        == [.poll(worker: "a", after: 4 * jitter)])
    expected.workers["a"]?.know(worker, at: 102, from: .poll)
    expected.workers["a"]?.phase = Reading(.running, at: 102, from: .poll)
    expected.workers["a"]?.meter.read(
      usage: Usage(credits: 3), costs: nil, askedAt: 101, at: 102)
    expected.workers["a"]?.known.account = Account(booked: Spent(credits: 3), at: 102)
    let charge = Charge(
      worker: "a", quarter: 0, budget: .low, spent: Spent(credits: 3), from: 102, until: 102)
    expected.workers["a"]?.unwritten = [charge]
    expected.spending.enter(charge)
    expected.link = .live(lastByteAt: 102)
    _ = expected.dice.roll()
    #expect(desk.state == expected)
  }

  @Test(
    "The watched worker is looked at more often, a finished one rarely, one with a schedule when it is due"
  )
  func delays() {
    var desk = Desk(("a", .running))
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    func delay(_ phase: Phase, watched: Bool, due: Double?) -> Double {
      var state = desk.state
      state.workers["a"]?.phase.value = phase
      state.watched = watched ? "a" : nil
      let schedule = Schedule(
        id: "s", budget: .low, input: "", kind: .interval(seconds: 9), nextRunAt: due)
      state.workers["a"]?.schedules = Reading([schedule], at: 100, from: .poll)
      return state.pollDelay("a", now: 100)
    }
    #expect(delay(.running, watched: false, due: 101) == 4 * jitter)
    #expect(delay(.pending, watched: true, due: nil) == 2 * jitter)
    #expect(delay(.done, watched: true, due: nil) == 60 * jitter)
    #expect(delay(.failed(reason: ""), watched: false, due: nil) == 300 * jitter)
    #expect(delay(.unknown, watched: false, due: 110) == 11 + jitter)
    #expect(delay(.done, watched: false, due: 1) == 1)
    #expect(desk.state.pollDelay("nobody", now: 100) == 300)
  }

  @Test("An answer that says the run is over marks it unread and keeps it")
  func done() {
    var desk = Desk(("a", .running))
    desk["a"].runningSince = 95
    let worker = Worker.sample("a", "completed")
    let effects = desk.send(.polled(worker: "a", worker, askedAt: 101), at: 102)
    #expect(effects.names == ["keep", "schedules a", "poll a"])
    #expect(desk["a"].phase == Reading(.done, at: 102, from: .poll))
    #expect(desk["a"].known.isUnread && effects.answersKept == [worker.raw.text])
    #expect(desk["a"].known.lastSeen == nil)
    #expect(desk["a"].known.lastSeenAt == 102 && desk["a"].finishedAt == 102)
    #expect(desk["a"].runningSince == nil && desk["a"].isSettled)
    #expect(desk.state.notice == State.Notice(level: .info, text: "Ta: finished", at: 102))
  }

  @Test("A message that was taken in while it was written is whole once its run is over")
  func halfWritten() {
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", .answered("a", "One"), askedAt: 101), at: 102)
    var worker = desk["a"]
    worker.stream = .ended
    worker.takeStored(.answered("a", "One", "Two acc"), isFinal: false)
    #expect(worker.transcript.text == "One\n\nTwo acc")
    worker.takeStored(.answered("a", "One", "Two accounts agree"), isFinal: true)
    #expect(worker.transcript.text == "One\n\nTwo accounts agree")
    #expect(worker.transcript.turns.map(\.status) == [.completed, .completed])
  }

  @Test("The words of a long answer are held once, in the transcript, and its fields stay")
  func longAnswer() throws {
    var desk = Desk(("a", .running))
    let text = String(repeating: "word ", count: 20_000)
    let worker = try #require(
      Worker(json: [
        "id": "a", "object": "worker", "status": "completed", "later_field": 7,
        "messages": [
          [
            "id": "m", "role": "assistant", "parts": [["type": "text", "text": .string(text)]],
          ]
        ],
      ]))
    let effects = desk.send(.polled(worker: "a", worker, askedAt: 101), at: 102)
    let held = try #require(desk["a"].worker)
    #expect(held.raw["later_field"] == 7 && held.raw["status"] == "completed")
    #expect(held.messages.map(\.json) == [.null] && held.raw.weight < 1_000)
    #expect(held.raw["messages"] == ["left out": "97 KiB, shown as output"])
    let texts = desk["a"].transcript.entries.compactMap { entry in
      if case .text(let words) = entry.content { words } else { nil }
    }
    #expect(texts.joined() == text)
    #expect(effects.answersKept == [worker.raw.text] && desk["a"].known.lastSeen == nil)
  }

  @Test("The end of the watched worker's run is not marked")
  func doneOnScreen() {
    var desk = Desk(("a", .running))
    desk.state.watched = "a"
    _ = desk.send(.present, at: 101)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 101), at: 102)
    #expect(desk["a"].phase.value == .done && !desk["a"].known.isUnread)
    #expect(desk.state.notice == nil)
  }

  @Test("An error value is a failure, whatever the status")
  func failure() {
    for (error, reason) in [
      (JSON.string("boom"), "boom"), (["message": "inner"], "inner"), ([1], "[1]"),
    ] {
      var desk = Desk(("a", .running))
      let worker = Worker.sample("a", "completed", JSONObject([("error", error)]))
      _ = desk.send(.polled(worker: "a", worker, askedAt: 101), at: 102)
      #expect(desk["a"].phase.value == .failed(reason: reason))
      #expect(desk.state.notice?.text == "Ta: failed: \(reason)")
    }
    #expect(Phase(.sample("a", "pending")) == .pending)
    #expect(Phase(.sample("a", "paused")) == .unknown)
    #expect(Phase(.sample("a", "paused", JSONObject([("running", true)]))) == .running)
  }

  @Test("An answer to a question older than what the stream said is not believed")
  func older() {
    var desk = Desk(("a", .done))
    desk["a"].phase = Reading(.running, at: 102, from: .stream)
    let effects = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 101), at: 103)
    #expect(desk["a"].phase == Reading(.running, at: 102, from: .stream))
    #expect(!desk["a"].isSettled && desk["a"].worker != nil)
    #expect(effects.names == ["schedules a", "follow a ", "poll a"])
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 102), at: 104)
    #expect(desk["a"].phase == Reading(.done, at: 104, from: .poll))
  }

  @Test(
    "An answer that still says running just after the stream's end is late; a second one is believed"
  )
  func late() {
    var desk = Desk(("a", .running))
    desk["a"].schedules = Reading([], at: 100, from: .poll)
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .ended), at: 102)
    let running = Worker.sample("a", "running")
    let first = desk.send(.polled(worker: "a", running, askedAt: 102), at: 102.5)
    #expect(first == [.poll(worker: "a", after: State.lagLimit)])
    #expect(desk["a"].phase == Reading(.done, at: 102, from: .stream))
    #expect(desk["a"].stream == .ended && !desk["a"].isSettled)
    let second = desk.send(.polled(worker: "a", running, askedAt: 105), at: 105.5)
    #expect(second.names == ["keep", "follow a ", "poll a"])
    #expect(desk["a"].phase == Reading(.running, at: 105.5, from: .poll))
  }

  @Test("A worker that runs again is followed from where its stream ended")
  func again() {
    var desk = Desk(("a", .done))
    desk["a"].stream = .ended
    desk["a"].lastEventID = "9"
    desk["a"].known.isUnread = true
    desk["a"].isSettled = true
    let effects = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 101), at: 102)
    #expect(effects.names == ["keep", "schedules a", "follow a 9", "poll a"])
    #expect(desk["a"].stream == .opening && !desk["a"].known.isUnread)
    #expect(desk["a"].runningSince == 102)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 110), at: 111)
    #expect(desk["a"].isSettled, "a second end is settled as the first one")
  }

  @Test("Stored messages fill the transcript unless a stream brings it")
  func stored() {
    var desk = Desk(("a", .done))
    _ = desk.send(.polled(worker: "a", .answered("a", "one"), askedAt: 101), at: 102)
    #expect(Shown(desk["a"].transcript) == Shown(["m0 completed"], [.text("one")]))
    let edition = desk["a"].transcript.edition
    _ = desk.send(.polled(worker: "a", .answered("a", "one"), askedAt: 103), at: 104)
    #expect(desk["a"].transcript.edition == edition)
    desk["a"].stream = .live(since: 104)
    _ = desk.send(.polled(worker: "a", .answered("a", "one", "two"), askedAt: 105), at: 106)
    #expect(desk["a"].transcript.turns.count == 1)
    desk["a"].stream = .ended
    desk["a"].lastEventID = "5"
    _ = desk.send(.polled(worker: "a", .answered("a", "one", "two"), askedAt: 107), at: 108)
    #expect(desk["a"].transcript.turns.count == 2)
    #expect(desk["a"].lastEventID == "")
  }

  @Test("A refused key stops nothing but is the link's state")
  func refusedKey() {
    var desk = Desk(("a", .running))
    var expected = desk.state
    let refusal = Service.Failure.refused(APIError(status: 401, message: "revoked"))
    #expect(
      desk.send(.pollFailed(worker: "a", refusal), at: 102) == [.poll(worker: "a", after: 30)])
    expected.workers["a"]?.failures = 1
    expected.link = .refused(reason: "revoked")
    _ = expected.dice.roll()
    #expect(desk.state == expected)
    _ = desk.send(.cancelSchedule(intent: "i", worker: "a", schedule: "s"), at: 102)
    for action: Action in [
      .schedulesFailed(worker: "a", refusal), .sendFailed(intent: "i", refusal),
    ] {
      desk.state.link = .live(lastByteAt: 102)
      _ = desk.send(action, at: 103)
      #expect(desk.state.link == .refused(reason: "revoked"))
    }
  }

  @Test("A worker that the key may not see is looked at rarely, and the link is up")
  func forbidden() {
    var desk = Desk(("a", .running), ("b", .running))
    let refusal = Service.Failure.refused(APIError(status: 403, message: "not yours"))
    #expect(
      desk.send(.pollFailed(worker: "a", refusal), at: 102) == [.poll(worker: "a", after: 300)])
    #expect(desk.state.link == .live(lastByteAt: 102))
    #expect(desk.state.notice?.text == "Ta: HTTP 403: not yours; use a key that may")
    desk.state.notice = nil
    _ = desk.send(.pollFailed(worker: "a", refusal), at: 402)
    #expect(desk.state.notice == nil, "it is said once")
    #expect(desk["b"].failures == 0)
    for failure in [refusal, .refused(APIError(status: 401, message: "no"))] {
      _ = desk.send(.schedulesFailed(worker: "b", failure), at: 403)
    }
    #expect(desk.state.link == .refused(reason: "no"))
  }

  @Test("What goes out again by itself is said where somebody waits for it, an outage always")
  func retrying() {
    var desk = Desk(("a", .running))
    func retry(_ method: HTTPMethod, _ reason: TransportRetry.Reason) -> Action {
      .retrying(
        TransportRetry(method: method, target: .path("/"), number: 1, reason: reason, pause: 44.5))
    }
    let limited = TransportRetry.Reason.refused(APIError(status: 429, message: "slow down"))
    #expect(desk.send(retry(.get, limited), at: 102) == [])
    #expect(desk.state == Desk(("a", .running)).state)
    _ = desk.send(retry(.post, limited), at: 103)
    #expect(
      desk.state.notice
        == State.Notice(
          level: .warning, text: "HTTP 429: slow down; sending again in 45 s", at: 103))
    #expect(desk.state.link == .idle)
    _ = desk.send(retry(.get, .failed(.unreachable("no route"))), at: 104)
    #expect(
      desk.state.link == .down(since: 104, retryAt: 148.5, reason: "not reachable: no route"))
    #expect(desk.state.notice?.at == 103)
  }

  @Test("A worker that the server does not know is missing until it answers again")
  func missing() {
    var desk = Desk(("a", .running))
    desk["a"].stream = .waiting(retryAt: 110, reason: "cut")
    let refusal = Service.Failure.refused(APIError(status: 404, message: "not found"))
    #expect(
      desk.send(.pollFailed(worker: "a", refusal), at: 102)
        == [.cancel(.follow("a")), .poll(worker: "a", after: 600)])
    #expect(desk["a"].isMissing && desk["a"].stream == .closed)
    #expect(desk.state.link == .live(lastByteAt: 102))
    let effects = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 103), at: 104)
    #expect(effects.names.contains("follow a "))
    #expect(!desk["a"].isMissing && desk["a"].failures == 0)
  }

  @Test("A server that asks for patience gets it, a backoff doubles up to a minute")
  func patience() {
    var desk = Desk(("a", .running))
    let limited = Service.Failure.refused(
      APIError(status: 429, message: "slow down", retryAfter: 45))
    let pause = 2 * (0.75 + 0.25 * desk.rolls(1)[0])
    #expect(
      desk.send(.pollFailed(worker: "a", limited), at: 102)
        == [.hold(until: 147), .poll(worker: "a", after: 45 + 2 * pause)])
    #expect(
      desk.state.notice
        == State.Notice(
          level: .warning,
          text: "the server asks for fewer requests: none for 45 s, then less often", at: 102))
    #expect(desk.state.link == .live(lastByteAt: 102))
    for base in [4.0, 8, 16, 32, 60, 60, 60, 60] {
      let factor = 0.75 + 0.25 * desk.rolls(1)[0]
      let broken = Service.Failure.refused(APIError(status: 500, message: "x"))
      #expect(
        desk.send(.pollFailed(worker: "a", broken), at: 103)
          == [.poll(worker: "a", after: base * factor)])
    }
    #expect(desk["a"].failures == 9)
    var once = Desk(("a", .running))
    let failed = Service.Failure.refused(APIError(status: 502, message: "x"))
    _ = once.send(.pollFailed(worker: "a", failed), at: 102)
    #expect(once.state.notice == nil, "one passes by itself")
    _ = once.send(.pollFailed(worker: "a", failed), at: 104)
    #expect(once.state.notice?.text == "Ta: HTTP 502: x; try again later")
    var other = Desk(("a", .running))
    #expect(
      other.send(.pollFailed(worker: "a", .unreadable("odd")), at: 1).names == ["poll a"])
    #expect(other.state.notice?.text == "Ta: odd" && other.state.link == .idle)
  }

  @Test("After an outage everything that waits is tried at once")
  func recovery() {
    var desk = Desk(("a", .running), ("b", .running), ("c", .done))
    desk["b"].stream = .waiting(retryAt: 130, reason: "cut")
    desk["b"].lastEventID = "7"
    let failure = Service.Failure.transport(.unreachable("no route"))
    let factor = 0.75 + 0.25 * desk.rolls(1)[0]
    #expect(
      desk.send(.pollFailed(worker: "c", failure), at: 102)
        == [.poll(worker: "c", after: 2 * factor)])
    #expect(
      desk.state.link
        == .down(since: 102, retryAt: 102 + 2 * factor, reason: "not reachable: no route"))
    _ = desk.send(.pollFailed(worker: "c", failure), at: 105)
    guard case .down(102, _, _) = desk.state.link else {
      Issue.record("the outage began at 102, not \(desk.state.link)")
      return
    }
    let roll = desk.rolls(1)[0]
    #expect(
      desk.send(.stream(worker: "a", .alive), at: 106) == [
        .follow(worker: "b", lastEventID: "7", isActive: true), .poll(worker: "c", after: roll),
      ])
    #expect(desk["b"].stream == .opening && desk["c"].failures == 0)
    #expect(desk.state.link == .live(lastByteAt: 106))
    #expect(desk.state.notice == State.Notice(level: .info, text: "connected again", at: 106))
  }

  @Test(
    "Addresses and schedules are taken in; schedules that fail are asked for with the next poll")
  func panes() {
    var desk = Desk(("a", .done))
    var expected = desk.state
    let kept = desk.send(.emailLoaded(worker: "a", "a@h"), at: 102)
    expected.workers["a"]?.email = "a@h"
    expected.workers["a"]?.known.email = "a@h"
    #expect(kept == [.keep([.revise(desk["a"].known, .email)])])
    #expect(desk.send(.emailLoaded(worker: "a", "a@h"), at: 102) == [], "known by now")
    #expect(desk.state == expected)
    let failure = Service.Failure.unreadable("x")
    #expect(desk.send(.schedulesFailed(worker: "a", failure), at: 102) == [])
    #expect(desk.state == expected)
    expected.presence.before["a"] = Absence.Glance(desk["a"])
    let schedule = Schedule(
      id: "s", budget: .low, input: "", kind: .cron("* * * * *"), nextRunAt: 9)
    let listed = desk.send(.schedulesLoaded(worker: "a", [schedule]), at: 103)
    expected.workers["a"]?.known.schedules = [schedule]
    expected.workers["a"]?.known.schedulesAt = 103
    #expect(listed == [.keep([.revise(desk["a"].known, .schedules)])])
    #expect(desk.send(.schedulesLoaded(worker: "a", [schedule]), at: 103) == [], "no news")
    expected.workers["a"]?.schedules = Reading([schedule], at: 103, from: .poll)
    expected.link = .live(lastByteAt: 103)
    #expect(desk.state == expected)
    #expect(desk["a"].nextRunAt == 9)
    let effects = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 104), at: 105)
    #expect(effects.names.contains("schedules a"), "one is due")
  }

  @Test("A refresh asks for one worker or all, and forgets refusals")
  func refresh() {
    var desk = Desk(("a", .running), ("b", .done))
    desk.state.link = .refused(reason: "no")
    desk["a"].stream = .refused(reason: "no")
    #expect(
      desk.send(.refresh("b"), at: 102)
        == [.poll(worker: "b", after: 0), .loadSchedules(worker: "b")])
    #expect(desk.state.link == .idle && desk["a"].stream == .refused(reason: "no"))
    #expect(
      desk.send(.refresh(nil), at: 103) == [
        .poll(worker: "a", after: 0), .loadSchedules(worker: "a"), .poll(worker: "b", after: 0),
        .loadSchedules(worker: "b"), .follow(worker: "a", lastEventID: "", isActive: true),
      ])
    #expect(desk.send(.refresh("nobody"), at: 104) == [])
  }

  @Test("Answers about workers that nobody knows change only the link")
  func stranger() {
    var desk = Desk()
    #expect(desk.send(.polled(worker: "x", .sample("x", "running"), askedAt: 1), at: 2) == [])
    #expect(desk.send(.pollFailed(worker: "x", .unreadable("")), at: 3) == [])
    var expected = State()
    expected.link = .live(lastByteAt: 2)
    #expect(desk.state == expected)
  }
}
