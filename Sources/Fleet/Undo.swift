/// What takes the operator's last local actions back; the server was told of none of them.
public struct Undo: Hashable, Sendable {
  /// Steps that are remembered; the oldest goes first.
  public static let limit = 50

  struct Step: Hashable, Sendable {
    var actions: [Action]
    /// What was done: `pinned Rex`.
    var words: String
  }

  private var steps: [Step] = []

  mutating func add(_ step: Step) {
    steps.append(step)
    if steps.count > Self.limit { steps.removeFirst() }
  }

  mutating func take() -> Step? { steps.popLast() }
}

extension State {
  /// Takes the last local action back and says which it was.
  mutating func takeBack(now: Double) -> [Effect] {
    guard let step = undo.value.take() else {
      answer(.info, "nothing to take back: z undoes rename, pin, archive, mark and forget", now)
      return []
    }
    let effects = step.actions.flatMap { perform($0, now: now) }
    answer(.info, "taken back: \(step.words)", now)
    return State.joined(effects)
  }

  private mutating func perform(_ action: Action, now: Double) -> [Effect] {
    switch action {
    case .adopt, .write: reduceMemory(&self, action, now: now)
    default: reduceKeeping(&self, action, now: now)
    }
  }

  /// What brings back how things stand before an action; nil when it changes nothing.
  func step(back action: Action) -> Undo.Step? {
    switch action {
    case .rename(let id, let title):
      guard let worker = workers[id], worker.known.title ?? "" != title else { return nil }
      return Undo.Step(
        actions: [.rename(id, worker.known.title ?? "")], words: "the name of \(worker.title)")
    case .pin(let id, let isPinned):
      guard let worker = workers[id], worker.known.isPinned != isPinned else { return nil }
      return Undo.Step(
        actions: [.pin(id, !isPinned)],
        words: "\(isPinned ? "pinned" : "unpinned") \(worker.title)")
    case .archive(let id, let isArchived):
      guard let worker = workers[id], worker.known.isArchived != isArchived else { return nil }
      return Undo.Step(
        actions: [.archive(id, !isArchived)],
        words: "\(isArchived ? "archived" : "took back") \(worker.title)")
    case .mark(let ids, let isMarked):
      let changed = ids.filter { workers[$0].map { $0.known.isMarked != isMarked } ?? false }
      guard !changed.isEmpty else { return nil }
      let word = isMarked ? "marked" : "unmarked"
      return Undo.Step(
        actions: [.mark(changed, !isMarked)],
        words: changed.count == 1
          ? "\(word) \(workers[changed[0]]?.title ?? "")" : "\(word) \(changed.count) workers")
    case .forget(let id): return remembering(id)
    case .several(let actions, let said):
      let steps = actions.compactMap(step(back:))
      return steps.isEmpty ? nil : Undo.Step(actions: steps.flatMap(\.actions), words: said)
    default: return nil
    }
  }

  /// Brings a forgotten worker back with its drafts; it stands at the end of the list then.
  private func remembering(_ id: String) -> Undo.Step? {
    guard let worker = workers[id] else { return nil }
    var known = worker.known
    known.lastSeen = worker.worker?.remembered
    let written = [drafts[.followUp(worker: id)], drafts[.schedule(worker: id)]]
    return Undo.Step(
      actions: [.adopt([known])] + written.compactMap { $0.map(Action.write) },
      words: "forgot \(worker.title)")
  }
}
