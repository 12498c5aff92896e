import WorkerAPI

func reduceWire(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .tap(let worker):
    state.wireRound = max(state.wireRound, state.wire?.round ?? 0) + 1
    let round = state.wireRound
    state.wire = worker.flatMap {
      state.workers[$0] == nil ? nil : WireLog(worker: $0, round: round)
    }
    return state.wire == nil ? [.cancel(.tap)] : []
  case .tapped(let worker, let news):
    guard state.wire?.worker == worker else { return [] }
    return state.take(news, now: now)
  default:
    return []
  }
}

extension State {
  fileprivate mutating func take(_ news: StreamNews, now: Double) -> [Effect] {
    switch news {
    case .opening: wire?.stream = .opening
    case .opened:
      wire?.open(at: now)
      return heard(at: now)
    case .items(let items):
      wire?.add(items, at: now)
      return heard(at: now)
    case .alive: return heard(at: now)
    case .lost(let reason, let delay, _):
      wire?.stream = .waiting(retryAt: now + delay, reason: reason)
    case .ended: wire?.stream = .ended
    case .refused(let reason, _): wire?.stream = .refused(reason: reason)
    }
    return []
  }

  /// Opens the connection whose events are looked at, where it is to be opened.
  mutating func openWire() -> [Effect] {
    guard let wire, wire.stream == .closed, let worker = workers[wire.worker] else { return [] }
    self.wire?.stream = .opening
    return [
      .tap(
        worker: wire.worker, lastEventID: wire.lastEventID,
        isActive: worker.phase.value.isActive)
    ]
  }

  /// A new run, or the operator, gives the stream something to say again.
  mutating func reopenWire(of worker: String) {
    if wire?.worker == worker, wire?.isOver == true { wire?.stream = .closed }
  }
}

extension WireLog.Mark {
  /// Nil for what is none of them.
  init?(_ event: WorkerEvent) {
    switch event {
    case .start: self = .turn
    case .tool(_, .inputAvailable): self = .tool
    case .tool(_, .inputError), .tool(_, .outputError), .error, .abort, .malformed:
      self = .problem
    default: return nil
    }
  }
}
