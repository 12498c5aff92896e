import WorkerAPI

func reduceStream(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .streamOpening(let id):
    state.workers[id]?.stream = .opening
    return []
  case .streamOpened(let id):
    guard let worker = state.workers[id] else { return [] }
    state.workers[id]?.stream = .live(since: now)
    state.workers[id]?.isContinuing = false
    state.workers[id]?.replayUntil = worker.lastEventID.isEmpty ? now + 1 : now
    let isReconnect = !worker.lastEventID.isEmpty
    return state.heard(at: now) + (isReconnect ? [.poll(worker: id, after: 0)] : [])
  case .streamed(let id, let items):
    let effects = state.heard(at: now)
    state.workers[id]?.take(items, now: now)
    return effects
  case .streamAlive(let id):
    guard state.workers[id] != nil else { return [] }
    return state.heard(at: now)
  case .streamLost(let id, let reason, let delay):
    guard state.workers[id] != nil else { return [] }
    state.workers[id]?.stream = .waiting(retryAt: now + delay, reason: reason)
    state.workers[id]?.isContinuing = false
    state.link.lost(reason, at: now, retryAt: now + delay)
    return []
  case .streamEnded(let id):
    return state.endStream(id, now: now)
  case .streamRefused(let id, let reason, let status):
    guard state.workers[id] != nil else { return [] }
    state.workers[id]?.stream = .refused(reason: reason)
    if status == 404 { state.workers[id]?.isMissing = true }
    if status == 401 || status == 403 { state.link = .refused(reason: reason) }
    return []
  default:
    return []
  }
}

extension State {
  /// The run is over as far as the stream knows; a GET confirms it and brings the final figures.
  fileprivate mutating func endStream(_ id: String, now: Double) -> [Effect] {
    guard let worker = workers[id] else { return [] }
    workers[id]?.stream = .ended
    workers[id]?.isContinuing = false
    workers[id]?.isCut = false
    let failure = worker.transcript.failure
    if worker.phase.value.isActive {
      let phase = failure.map(Phase.failed) ?? .done
      _ = enter(id, Reading(phase, at: now, from: .stream), now: now)
    } else if worker.phase.value == .done, let failure {
      workers[id]?.phase = Reading(.failed(reason: failure), at: now, from: .stream)
    }
    return keep(id) + [.poll(worker: id, after: 0)] + follows()
  }
}

extension WorkerState {
  /// Adds what one chunk of the stream brought.
  fileprivate mutating func take(_ items: [StreamItem], now: Double) {
    if !isContinuing { beginConnection(items, now: now) }
    if case .live = stream {} else { stream = .live(since: now) }
    let moment = now < replayUntil ? nil : now
    for item in items {
      if !item.id.isEmpty { lastEventID = item.id }
      if case .snapshot(let snapshot) = item.event {
        worker = snapshot
        meter.read(usage: snapshot.usage, costs: snapshot.costs, at: now)
      }
      transcript.apply(item.event, now: moment)
    }
    if phase.value == .pending || phase.value == .unknown, !transcript.turns.isEmpty,
      transcript.turns.last?.status == .streaming
    {
      phase = Reading(.running, at: now, from: .stream)
      runningSince = runningSince ?? now
    }
  }

  /// A server may resume after the last id or replay all: meeting the first id again, or no ids at
  /// all, means a replay, which starts the transcript anew (protocol.md (c), reconnection).
  private mutating func beginConnection(_ items: [StreamItem], now: Double) {
    isContinuing = true
    let first = items.first { !$0.id.isEmpty }?.id
    let resumes = !lastEventID.isEmpty && first != nil && first != firstEventID
    guard !resumes else { return }
    if !transcript.entries.isEmpty || !transcript.turns.isEmpty { transcript.startAnew() }
    firstEventID = first
    replayUntil = max(replayUntil, now + 1)
  }
}

extension Transcript {
  /// Why the last turn failed, by the last error of the stream; nil when it did not.
  var failure: String? {
    guard turns.last?.status == .failed else { return nil }
    for entry in entries.reversed() {
      if case .error(let message) = entry.content { return message }
    }
    return "failed"
  }
}
