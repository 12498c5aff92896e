import WorkerAPI

/// What the operator does to a worker on this side only; the server hears nothing of it.
func reduceKeeping(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .rename(let id, let title):
    guard state.workers[id] != nil else { return [] }
    state.workers[id]?.known.title = title.isEmpty ? nil : title
    state.answer(.info, "its name is now: \(state.workers[id]?.title ?? id)", now)
    return state.keep(id, .title)
  case .pin(let id, let isPinned):
    guard let worker = state.workers[id] else { return [] }
    state.workers[id]?.known.isPinned = isPinned
    state.answer(.info, "\(isPinned ? "pinned" : "unpinned"): \(worker.title)", now)
    return state.keep(id, .pin) + state.follows()
  case .archive(let id, let isArchived): return state.archive(id, isArchived, now: now)
  case .forget(let id): return state.forget(id, now: now)
  case .mark(let ids, let isMarked):
    let changed = ids.filter { state.workers[$0].map { $0.known.isMarked != isMarked } ?? false }
    for id in changed { state.workers[id]?.known.isMarked = isMarked }
    // The rows say it; what was said of an earlier key is over.
    if !changed.isEmpty, state.notice?.isAnswer == true { state.notice = nil }
    return State.joined(changed.flatMap { state.keep($0, .mark) })
  case .several(let actions, let said):
    // All at once from the order, which each of them would be looked for in.
    let gone = Set(actions.compactMap { if case .forget(let id) = $0 { id } else { nil } })
    if !gone.isEmpty { state.order.removeAll(where: gone.contains) }
    // The level is what these say, not what was said before.
    state.notice = nil
    let effects = actions.flatMap { reduceKeeping(&state, $0, now: now) }
    state.answer(state.notice?.level ?? .info, said, now)
    return State.joined(effects)
  default: return []
  }
}

extension State {
  /// All that is to be kept as one transaction, before the rest.
  static func joined(_ effects: [Effect]) -> [Effect] {
    var memos: [Memo] = []
    var others: [Effect] = []
    for effect in effects {
      if case .keep(let more) = effect { memos += more } else { others.append(effect) }
    }
    return (memos.isEmpty ? [] : [.keep(memos)]) + others
  }

  /// An archived worker is neither streamed nor asked for, until it is looked at or taken back.
  fileprivate mutating func archive(_ id: String, _ isArchived: Bool, now: Double) -> [Effect] {
    guard let worker = workers[id], worker.known.isArchived != isArchived else { return [] }
    workers[id]?.known.isArchived = isArchived
    guard isArchived else {
      return keep(id, .archive) + follows() + [
        .poll(worker: id, after: 0), .loadSchedules(worker: id),
      ]
    }
    workers[id]?.known.isUnread = false
    let goesOn = worker.phase.value.isActive || worker.nextRunAt != nil
    answer(
      goesOn ? .warning : .info,
      goesOn
        ? "archived; it goes on and may spend, and is not looked at here"
        : "archived: \(worker.title)",
      now)
    return keep(id, [.archive, .unread]) + leave(id) + follows()
  }

  /// Takes a worker off the list with its drafts; what it spent stays in the books.
  fileprivate mutating func forget(_ id: String, now: Double) -> [Effect] {
    guard let worker = workers[id] else { return [] }
    let charges = worker.unwritten.map(Memo.charge)
    let ended = part(from: id)
    answer(.warning, "forgotten here; on the server it goes on and may spend: \(id)", now)
    return [.keep(charges + [.forget(id)])] + ended + follows()
  }

  /// Lets go of all that is known of a worker.
  mutating func part(from id: String) -> [Effect] {
    guard workers[id] != nil else { return [] }
    let ended = leave(id)
    workers[id] = nil
    order.removeAll { $0 == id }
    runs[id] = nil
    warned[.worker(id)] = nil
    drafts[.followUp(worker: id)] = nil
    drafts[.schedule(worker: id)] = nil
    if watched == id { watched = nil }
    if newest == id { newest = nil }
    return ended
  }

  /// Ends what is at work for a worker.
  mutating func leave(_ id: String) -> [Effect] {
    var effects: [Effect] = [.cancel(.poll(id))]
    if workers[id]?.stream.isFollowed == true {
      workers[id]?.stream = .closed
      workers[id]?.seam.drop()
      workers[id]?.isCut = true
      effects.append(.cancel(.follow(id)))
    }
    return effects
  }

  /// Nothing is asked of an archived worker by itself.
  func withoutArchived(_ effects: [Effect]) -> [Effect] {
    guard !workers.archived.isEmpty else { return effects }
    return effects.filter { effect in
      if case .poll(let id, let delay) = effect, delay > 0 {
        !workers.archived.contains(id)
      } else {
        true
      }
    }
  }
}
