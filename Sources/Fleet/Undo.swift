/// What takes the operator's last local actions back; the server was told of none of them.
public struct Undo: Hashable, Sendable {
  /// Steps that are remembered; the oldest goes first.
  public static let limit = 50

  struct Step: Hashable, Sendable {
    var actions: [Action]
    /// What was done, and to what: `pinned`, `Rex`.
    var verb: String
    var object: String
    /// Those that an archiving takes the unread mark from.
    var unread: [String] = []
    /// What forgotten workers leave behind.
    var legacies: [Legacy] = []

    var words: String { object.isEmpty ? verb : "\(verb) \(object)" }
  }

  /// What a forgotten worker had that no answer of the server brings back.
  struct Legacy: Hashable, Sendable {
    var worker: String
    /// Where it stood among all.
    var place: Int
    var runs: [RunCost]
    var downloads: [KeptFile]
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
    var effects = step.actions.flatMap { perform($0, now: now) }
    for id in step.unread where workers[id]?.phase.value.isActive == false {
      workers[id]?.known.isUnread = true
      effects += keep(id, .unread)
    }
    for legacy in step.legacies.sorted(by: { $0.place < $1.place }) { effects += give(legacy) }
    answer(.info, "taken back: \(step.words)", now)
    return State.joined(effects)
  }

  /// Gives a worker that came back what it had.
  private mutating func give(_ legacy: Undo.Legacy) -> [Effect] {
    let id = legacy.worker
    guard workers[id] != nil else { return [] }
    order.removeAll { $0 == id }
    order.insert(id, at: min(legacy.place, order.count))
    runs[id] = legacy.runs.isEmpty ? nil : legacy.runs
    for file in legacy.downloads { workers[id]?.downloads[file.file] = .done(file.saved) }
    let memos = legacy.runs.map(Memo.run) + legacy.downloads.map(Memo.download)
    return memos.isEmpty ? [] : [.keep(memos)]
  }

  private mutating func perform(_ action: Action, now: Double) -> [Effect] {
    switch action {
    case .adopt, .write: reduceMemory(&self, action, now: now)
    default: reduceKeeping(&self, action, now: now)
    }
  }

  /// What brings back how things stand before an action; nil when it changes nothing.
  func step(back action: Action, now: Double) -> Undo.Step? {
    switch action {
    case .rename(let id, let title):
      guard let worker = workers[id], worker.known.title ?? "" != title else { return nil }
      return Undo.Step(
        actions: [.rename(id, worker.known.title ?? "")], verb: "the name of",
        object: worker.title)
    case .pin(let id, let isPinned):
      guard let worker = workers[id], worker.known.isPinned != isPinned else { return nil }
      return Undo.Step(
        actions: [.pin(id, !isPinned)], verb: isPinned ? "pinned" : "unpinned",
        object: worker.title)
    case .archive(let id, let isArchived):
      guard let worker = workers[id], worker.known.isArchived != isArchived else { return nil }
      return Undo.Step(
        actions: [.archive(id, !isArchived)], verb: isArchived ? "archived" : "unarchived",
        object: worker.title, unread: isArchived && worker.known.isUnread ? [id] : [])
    case .mark(let ids, let isMarked):
      let changed = ids.filter { workers[$0].map { $0.known.isMarked != isMarked } ?? false }
      guard !changed.isEmpty else { return nil }
      return Undo.Step(
        actions: [.mark(changed, !isMarked)], verb: isMarked ? "marked" : "unmarked",
        object: changed.count == 1
          ? workers[changed[0]]?.title ?? "" : "\(changed.count) workers")
    case .forget(let id): return remembering(id, now: now)
    case .several(let actions, let said):
      return Self.joined(actions.compactMap { step(back: $0, now: now) }, said)
    default: return nil
    }
  }

  /// Several steps as one; of different kinds, `said` tells what they were.
  private static func joined(_ steps: [Undo.Step], _ said: String) -> Undo.Step? {
    guard steps.count > 1, let first = steps.first else { return steps.first }
    let isOneKind = steps.allSatisfy { $0.verb == first.verb }
    return Undo.Step(
      actions: steps.flatMap(\.actions), verb: isOneKind ? first.verb : said,
      object: isOneKind ? "\(steps.count) workers" : "", unread: steps.flatMap(\.unread),
      legacies: steps.flatMap(\.legacies))
  }

  /// Brings a forgotten worker back with its drafts and with what it left behind.
  private func remembering(_ id: String, now: Double) -> Undo.Step? {
    guard let worker = workers[id] else { return nil }
    var known = worker.known
    known.lastSeen = worker.known.lastSeen ?? worker.worker?.remembered
    let written = [drafts[.followUp(worker: id)], drafts[.schedule(worker: id)]]
    let downloads = worker.downloads.sorted { $0.key < $1.key }.compactMap { file, download in
      if case .done(let saved) = download {
        KeptFile(
          worker: id, file: file, path: saved.path, bytes: saved.bytes, digest: saved.digest,
          at: now)
      } else {
        nil
      }
    }
    return Undo.Step(
      actions: [.adopt([known])] + written.compactMap { $0.map(Action.write) },
      verb: "forgot", object: worker.title,
      legacies: [
        Undo.Legacy(
          worker: id, place: order.firstIndex(of: id) ?? order.count, runs: runs[id] ?? [],
          downloads: downloads)
      ])
  }
}
