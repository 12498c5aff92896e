import Testing
import WorkerAPI

@testable import Fleet

@Suite struct ReduceMemoryTests {
  @Test("What is recalled stands as it was kept, and active workers are asked first")
  func recalled() throws {
    let seen = Worker.answered("b", "Hello")
    let known = [
      KnownWorker(id: "a", instruction: "do a", budget: .low, addedAt: 1),
      KnownWorker(
        id: "b", title: "B", instruction: "do b", budget: .high, addedAt: 2, isUnread: true,
        lastSeen: seen.raw.text, lastSeenAt: 50),
      KnownWorker(
        id: "c", instruction: "do c", budget: .low, addedAt: 3,
        lastSeen: Worker.sample("c", "running").raw.text, lastSeenAt: 60),
      KnownWorker(id: "d", instruction: "", budget: .low, addedAt: 4, lastSeen: "damaged"),
    ]
    let draft = Draft(subject: .newWorker, text: "x", cursor: 1, budget: .low)
    let intent = Intent(
      id: "i", kind: .continue, worker: "b", input: "go on", budget: .high, madeAt: 70)
    var desk = Desk()
    let roll = desk.rolls(1)[0]
    let effects = desk.send(
      .recalled(
        Recollection(
          workers: known, drafts: [draft], intents: [intent], preferences: ["theme": "nord"])),
      at: 100)
    #expect(
      effects == [
        .follow(worker: "c", lastEventID: "", isActive: true), .poll(worker: "a", after: 0),
        .poll(worker: "b", after: 1 + roll * 4), .poll(worker: "c", after: 0),
        .poll(worker: "d", after: 0),
      ])
    let state = desk.state
    #expect(state.isRecalled && state.order == ["a", "b", "c", "d"])
    #expect(
      state.order.map { desk[$0].phase } == [
        Reading(.unknown, at: 1, from: .memory), Reading(.done, at: 50, from: .memory),
        Reading(.running, at: 60, from: .memory), Reading(.unknown, at: 4, from: .memory),
      ])
    #expect(state.order.map { desk[$0].known } == known.map(\.withoutAnswer))
    #expect(Shown(desk["b"].transcript) == Shown(["m0 completed"], [.text("Hello")]))
    #expect(desk["b"].transcript.prompts == [["do b"]])
    #expect(desk["b"].worker == seen)
    #expect(state.preferences == ["theme": "nord"])
    #expect(state.uncertain == [intent])
    #expect(
      state.drafts == [
        .newWorker: draft,
        .followUp(worker: "b"): Draft(
          subject: .followUp(worker: "b"), text: "go on", cursor: 5, budget: .high),
      ])
    #expect(state.notice?.level == .warning)
  }

  @Test("An empty memory asks for nothing")
  func empty() {
    var desk = Desk()
    #expect(desk.send(.recalled(Recollection(notices: ["set aside"])), at: 5) == [])
    var expected = State()
    expected.isRecalled = true
    expected.notice = State.Notice(level: .warning, text: "set aside", at: 5)
    #expect(desk.state == expected)
  }

  @Test("A memory that fails is a notice")
  func failure() {
    var desk = Desk()
    #expect(desk.send(.memoryFailed("full"), at: 5) == [])
    var expected = State()
    expected.notice = State.Notice(level: .error, text: "not kept: full", at: 5)
    #expect(desk.state == expected)
  }

  @Test("Workers are adopted once")
  func adopt() {
    var desk = Desk(("a", .done))
    let before = desk.state
    #expect(desk.send(.adopt([.named("a")]), at: 5) == [])
    #expect(desk.state == before)
    let effects = desk.send(.adopt([.named("a"), .named("b")]), at: 5)
    #expect(effects == [.keep([.worker(.named("b"))]), .poll(worker: "b", after: 0)])
    #expect(desk.state.order == ["a", "b"])
    #expect(desk["b"].transcript.prompts == [["do b"]])
  }

  @Test(
    "What a run had said when it was last seen is completed by the answer that tells of its end",
    arguments: ["", "Hel"])
  func midRun(said: String) {
    let whole = Worker.answered("a", "Hello")
    let begun: JSON = said.isEmpty ? [] : [["type": "text", "text": .string(said)]]
    let message: JSON = ["id": "m0", "role": "assistant", "parts": begun]
    let seen = Worker.sample("a", "running", JSONObject([("messages", [message])]))
    let known = KnownWorker(
      id: "a", instruction: "do a", budget: .low, addedAt: 90, lastSeen: seen.raw.text,
      lastSeenAt: 95)
    var desk = Desk()
    _ = desk.send(.adopt([known]), at: 100)
    _ = desk.send(.polled(worker: "a", whole, askedAt: 101), at: 102)
    #expect(Shown(desk["a"].transcript) == Shown(["m0 completed"], [.text("Hello")]))
  }

  @Test("A draft and a preference are kept when they change")
  func write() {
    var desk = Desk()
    let draft = Draft(subject: .newWorker, text: "x", cursor: 1, budget: .low)
    let empty = Draft(subject: .newWorker, text: "", cursor: 0, budget: .low)
    #expect(desk.send(.write(draft), at: 1) == [.keep([.draft(draft)])])
    #expect(desk.send(.write(draft), at: 2) == [])
    #expect(desk.state.drafts == [.newWorker: draft])
    #expect(desk.send(.write(empty), at: 3) == [.keep([.draft(empty)])])
    #expect(desk.state.drafts == [:])
    #expect(
      desk.send(.prefer(name: "theme", value: "nord"), at: 4)
        == [.keep([.preference(name: "theme", value: "nord")])])
    #expect(desk.send(.prefer(name: "theme", value: "nord"), at: 5) == [])
    #expect(desk.state.preferences == ["theme": "nord"])
  }

  @Test("Saying and reading change the notice and the mark alone")
  func sayAndRead() {
    var desk = Desk(("a", .done))
    desk["a"].known.isUnread = true
    var expected = desk.state
    #expect(desk.send(.say(.info, "hello"), at: 1) == [])
    expected.notice = State.Notice(level: .info, text: "hello", at: 1)
    #expect(desk.state == expected)
    expected.workers["a"]?.known.isUnread = false
    let read = expected.workers["a"].map { Memo.revise($0.known, .unread) }
    #expect(desk.send(.read("a"), at: 2) == [.keep([read].compactMap(\.self))])
    #expect(desk.send(.read("a"), at: 3) == [])
    #expect(desk.send(.read("nobody"), at: 3) == [])
    #expect(desk.state == expected)
  }
}
