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
    #expect(desk.state.order == ["b", "a"])
    #expect(desk.state.notice?.text == "taken back: forgot Ta")
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
