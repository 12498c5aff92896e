import WorkerAPI

func reduceScrollback(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .scrollbackOpened(let isFresh):
    state.scrollback = ScrollbackState()
    // A scrollback that was just made learns what the registry knows.
    if isFresh, state.role == .leader { state.scrollback?.dirty = Set(state.order) }
    for id in state.order where !isFresh { state.workers[id]?.markRecalled() }
    return []
  case .scrollbackDue:
    state.scrollback?.isDue = false
    return state.writeScrollback()
  case .scrollbackFailed(let reason):
    if state.scrollback?.fault == nil {
      state.say(.warning, "older output is not kept: \(reason)", now)
    }
    state.scrollback?.fault = reason
    return []
  case .scrollbackWorks:
    guard state.scrollback?.fault != nil else { return [] }
    state.scrollback?.fault = nil
    state.say(.info, "older output is kept again", now)
    // What is still here is written again: nobody knows how much of it is there.
    for id in state.workers.inOrder(state.workers.followed) {
      state.workers[id]?.scrollback.value = ScrollbackMark()
      state.scrollback?.dirty.insert(id)
    }
    return []
  case .readScrollback(let id, let place):
    guard state.scrollback != nil else { return [] }
    state.scrollback?.isStale = false
    return [.readScrollback(worker: id, place)]
  case .scrollbackRead(let id, let window):
    guard state.watched == id else { return [] }
    state.scrollback?.window = window
    return []
  case .search(let search):
    guard state.scrollback != nil else { return [] }
    return state.writeScrollback() + [.search(search)]
  case .found(let finds):
    state.scrollback?.finds = finds
    return []
  default: return []
  }
}

extension Action {
  /// The operator pressed a key for it, or started the console, and sees nothing of it yet.
  var isAwaited: Bool {
    switch self {
    case .found, .scrollbackRead, .recalled, .recording: true
    default: false
    }
  }
}

extension State {
  /// Notes which workers an action gave something new, and has it written within a second; at once
  /// where it is much.
  mutating func noteScrollback(_ action: Action) -> [Effect] {
    guard scrollback != nil, role == .leader else { return [] }
    switch action {
    case .stream(let id, .items), .stream(let id, .ended), .polled(let id, _, _),
      .rename(let id, _):
      scrollback?.dirty.insert(id)
    case .created(_, let worker), .continued(_, let worker): scrollback?.dirty.insert(worker.id)
    case .recalled: for id in order { workers[id]?.markRecalled() }
    case .adopt(let known): scrollback?.dirty.formUnion(known.map(\.id))
    case .forget(let id): return forgetScrollback([id])
    case .several(let actions, _):
      let gone = actions.compactMap { if case .forget(let id) = $0 { id } else { nil } }
      if !gone.isEmpty { return forgetScrollback(gone) }
    case .closing: return writeScrollback()
    default: break
    }
    guard scrollback?.dirty.isEmpty == false, scrollback?.isDue == false else { return [] }
    scrollback?.isDue = true
    return [.scrollbackSoon]
  }

  private mutating func forgetScrollback(_ ids: [String]) -> [Effect] {
    scrollback?.dirty.subtract(ids)
    if let id = scrollback?.window?.worker, ids.contains(id) { scrollback?.window = nil }
    return [.writeScrollback(ids.map { .forget(worker: $0) })]
  }

  /// Everything that is not written yet.
  fileprivate mutating func writeScrollback() -> [Effect] {
    guard let dirty = scrollback?.dirty, !dirty.isEmpty else { return [] }
    scrollback?.dirty = []
    var changes: [ScrollbackChange] = []
    for id in workers.inOrder(dirty) where workers[id] != nil {
      changes += unwrittenLeaves(id)
    }
    return changes.isEmpty ? [] : [.writeScrollback(changes)]
  }

  private mutating func unwrittenLeaves(_ id: String) -> [ScrollbackChange] {
    guard let worker = workers[id] else { return [] }
    let isOver = !worker.stream.isFollowed && worker.isSettled
    return workers[id]?.unwrittenLeaves(isOver: isOver) ?? []
  }
}
