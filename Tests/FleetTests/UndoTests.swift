import Testing
import WorkerAPI

@testable import Fleet

@Suite struct UndoTests {
  @Test("Each local action is taken back by one step, the last one first")
  func steps() {
    var desk = Desk(("a", .done), ("b", .done))
    let before = desk.state.workers
    let actions: [Action] = [
      .rename("a", "Rex"), .pin("a", true), .mark(["a", "b"], true), .archive("b", true),
      .several([.pin("a", false), .pin("b", true)], said: "swapped the pins"),
    ]
    var states = [desk.state.workers.values.map(\.known)]
    for action in actions {
      _ = desk.send(action, at: 101)
      states.append(desk.state.workers.values.map(\.known))
    }
    var said: [String] = []
    for wanted in states.dropLast().reversed() {
      _ = desk.send(.takeBack, at: 102)
      said.append(desk.state.notice?.text ?? "")
      #expect(desk.state.workers.values.map(\.known) == wanted)
    }
    #expect(
      said
        == [
          "taken back: swapped the pins", "taken back: archived Tb", "taken back: marked 2 workers",
          "taken back: pinned Rex", "taken back: the name of Ta",
        ].map { $0 })
    #expect(desk.state.workers["a"]?.known == before["a"]?.known)
    _ = desk.send(.takeBack, at: 103)
    #expect(
      desk.state.notice?.text
        == "nothing to take back: z undoes rename, pin, archive, mark and forget")
  }

  @Test("A forgotten worker comes back with its drafts and is asked for")
  func forgotten() {
    var desk = Desk(("a", .done), ("b", .done))
    let draft = Draft(subject: .followUp(worker: "a"), text: "and then", cursor: 3, budget: .high)
    _ = desk.send(.write(draft), at: 100)
    let known = desk["a"].known
    _ = desk.send(.forget("a"), at: 101)
    let effects = desk.send(.takeBack, at: 102)
    #expect(effects == [.keep([.worker(known), .draft(draft)]), .poll(worker: "a", after: 0)])
    #expect(desk["a"].known == known && desk.state.drafts == [draft.subject: draft])
    #expect(desk.state.order == ["a", "b"])
    #expect(desk.state.notice?.text == "taken back: forgot Ta")
  }

  @Test("Workers that are forgotten together come back where they stood, with runs and downloads")
  func legacy() {
    var desk = Desk(("a", .done), ("b", .done), ("c", .done))
    let run = RunCost(worker: "b", endedAt: 95, spent: Spent(credits: 2), seconds: 9)
    let file = KeptFile(worker: "b", file: "f", path: "/f", bytes: 3, digest: "d", at: 101)
    desk.state.runs["b"] = [run]
    desk["b"].downloads["f"] = .done(file.saved)
    _ = desk.send(.several([.forget("b"), .forget("a")], said: "forgotten here"), at: 101)
    #expect(desk.state.order == ["c"] && desk.state.runs == [:])
    let effects = desk.send(.takeBack, at: 102)
    guard case .keep(let memos)? = effects.first else { return #expect(Bool(false)) }
    #expect(memos.suffix(2) == [.run(run), .download(file)])
    #expect(desk.state.order == ["a", "b", "c"] && desk.state.runs == ["b": [run]])
    #expect(desk["b"].downloads == ["f": .done(file.saved)])
    #expect(desk.state.notice?.text == "taken back: forgot 2 workers")
  }

  @Test("An archived worker that nobody had read is unread again, unless it runs by now")
  func unread() {
    var desk = Desk(("a", .done), ("b", .done), ("c", .done))
    desk["a"].known.isUnread = true
    desk["b"].known.isUnread = true
    _ = desk.send(
      .several(["a", "b", "c"].map { .archive($0, true) }, said: "archived: 3 workers"), at: 101)
    #expect(["a", "b"].allSatisfy { !desk[$0].known.isUnread })
    desk["b"].phase.value = .running
    let effects = desk.send(.takeBack, at: 102)
    #expect(["a", "b", "c"].map { desk[$0].known.isUnread } == [true, false, false])
    guard case .keep(let memos)? = effects.first else { return #expect(Bool(false)) }
    #expect(memos.last == .revise(desk["a"].known, .unread))
    #expect(desk.state.notice?.text == "taken back: archived 3 workers")
  }

  @Test("What changed nothing is no step, and the oldest step goes beyond fifty")
  func bound() {
    var desk = Desk(("a", .done))
    _ = desk.send(.pin("a", false), at: 100)
    _ = desk.send(.rename("x", "y"), at: 100)
    #expect(desk.state.undo.value == Undo())
    for number in 0...Undo.limit { _ = desk.send(.rename("a", "n\(number)"), at: 101) }
    for _ in 0...Undo.limit { _ = desk.send(.takeBack, at: 102) }
    #expect(desk["a"].known.title == "n0")
  }
}
