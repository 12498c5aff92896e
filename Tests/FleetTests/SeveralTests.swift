import Testing
import WorkerAPI

@testable import Fleet

@Suite("What is done to several workers at once")
struct SeveralTests {
  @Test("is one transaction and one sentence")
  func transaction() {
    var desk = Desk(("a", .done), ("b", .done), ("c", .done))
    let marks = desk.send(.mark(["a", "b", "x"], true), at: 200)
    #expect(
      marks == [.keep([.revise(desk["a"].known, .mark), .revise(desk["b"].known, .mark)])])
    #expect(desk.state.workers.marked == ["a", "b"])
    #expect(desk.send(.mark(["a"], true), at: 200) == [])
    let effects = desk.send(
      .several([.archive("a", true), .archive("b", true)], said: "two"), at: 201)
    #expect(
      effects == [
        .keep(["a", "b"].map { .revise(desk[$0].known, [.archive, .unread]) }), .cancel(.poll("a")),
        .cancel(.poll("b")),
      ])
    #expect(desk.state.notice == State.Notice(level: .info, text: "two", at: 201, isAnswer: true))
    let gone = desk.send(.several([.forget("a"), .forget("b")], said: "gone"), at: 202)
    #expect(gone.first == .keep([.forget("a"), .forget("b")]))
    #expect(desk.state.order == ["c"])
  }

  @Test("what was said before does not colour the sentence")
  func level() {
    var desk = Desk(("a", .done))
    _ = desk.send(.memoryFailed("full"), at: 200)
    _ = desk.send(.several([.pin("a", true)], said: "pinned"), at: 201)
    #expect(
      desk.state.notice == State.Notice(level: .info, text: "pinned", at: 201, isAnswer: true))
  }
}

@Suite("What the message line says first")
struct RankTests {
  @Test("News of workers leave an answer to the operator's own key for three seconds")
  func answers() {
    var desk = Desk(("a", .running), ("b", .running), ("c", .running))
    _ = desk.send(.answer(.info, "copied"), at: 100)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 102), at: 102.9)
    #expect(desk.state.notice?.text == "copied" && desk["a"].known.isUnread)
    _ = desk.send(.answer(.info, "saved"), at: 102.9)
    #expect(desk.state.notice?.text == "saved")
    _ = desk.send(.polled(worker: "b", .sample("b", "completed"), askedAt: 105), at: 105.9)
    #expect(desk.state.notice?.text == "Tb: finished")
    _ = desk.send(.polled(worker: "c", .sample("c", "completed"), askedAt: 106), at: 106)
    #expect(desk.state.notice?.text == "Tc: finished")
  }

  @Test("That an order was not sent stands above that its draft was not kept")
  func unsent() {
    var desk = Desk()
    _ = desk.send(.create(intent: "i", input: "go", budget: .low), at: 100)
    let refusal = Service.Failure.transport(.unreachable("it could not be journaled: full"))
    _ = desk.send(.sendFailed(intent: "i", refusal), at: 101)
    let said = desk.state.notice
    _ = desk.send(.memoryFailed("full"), at: 101)
    #expect(desk.state.notice == said)
    #expect(said?.text.hasPrefix("not sent, the text is in the draft") == true)
    _ = desk.send(.memoryFailed("full"), at: 110)
    #expect(desk.state.notice?.text == "not kept: full")
  }
}
