import WorkerAPI

func reduceStream(
  _ state: inout State, _ id: String, _ news: StreamNews, now: Double
) -> [Effect] {
  switch news {
  case .opening:
    state.workers[id]?.stream = .opening
    return []
  case .opened:
    guard let worker = state.workers[id] else { return [] }
    state.workers[id]?.stream = .live(since: now)
    state.workers[id]?.refusals.value.reset()
    state.workers[id]?.seam.open(worker.transcript, lastEventID: worker.lastEventID)
    state.workers[id]?.replayUntil = worker.lastEventID.isEmpty ? now + 1 : now
    // After every gap a GET tells what the stream may have missed.
    let isGap = !worker.lastEventID.isEmpty || !worker.transcript.turns.isEmpty
    if isGap { state.workers[id]?.hasGap = true }
    return state.heard(at: now) + (isGap ? [.poll(worker: id, after: 0)] : [])
  case .items(let items):
    let effects = state.heard(at: now)
    let readAt = state.workers[id]?.meter.readAt
    let isKept = state.scrollback != nil
    let changes = state.workers[id]?.take(items, isKept: isKept, now: now) ?? []
    state.workers[id]?.beat(items.count, now: now)
    if state.workers[id]?.meter.readAt != readAt { state.book(id, now: now) }
    return effects + (changes.isEmpty ? [] : [.writeScrollback(changes)])
  case .alive:
    guard state.workers[id] != nil else { return [] }
    return state.heard(at: now)
  case .lost(let reason, let delay, let loss):
    guard let worker = state.workers[id] else { return [] }
    if loss == .broken, worker.isToldByAnswer {
      state.workers[id]?.hasGap = true
      return [.cancel(.follow(id))] + state.endStream(id, now: now)
    }
    state.workers[id]?.stream = .waiting(retryAt: now + delay, reason: reason)
    state.workers[id]?.seam.drop()
    // One stream's trouble is no outage while the server answers or another stream lives: when the
    // link comes back all are tried at once, and a stream that breaks again and again would be too.
    guard loss != .answered, loss != .broken || !state.hasLiveStream else { return [] }
    state.link.lost(reason, at: now, retryAt: now + delay)
    return []
  case .ended:
    return state.endStream(id, now: now)
  case .refused(let reason, let status):
    guard state.workers[id] != nil else { return [] }
    state.workers[id]?.stream = .refused(reason: reason)
    state.workers[id]?.refusals.value.add(at: now)
    if status == 401 { state.link = .refused(reason: reason) }
    guard status == 404 else { return [] }
    // A server may lack the stream alone, which a GET tells.
    state.workers[id]?.isMissing = true
    return [.poll(worker: id, after: 0)]
  }
}

extension State {
  /// Some stream brings bytes now.
  fileprivate var hasLiveStream: Bool {
    workers.followed.contains { id in
      if case .live = workers[id]?.stream { true } else { false }
    }
  }

  /// The run is over as far as the stream knows; a GET confirms it and brings the final figures.
  fileprivate mutating func endStream(_ id: String, now: Double) -> [Effect] {
    workers[id]?.closeSeam(now: now)
    guard let worker = workers[id] else { return [] }
    workers[id]?.stream = .ended
    workers[id]?.isCut = false
    if worker.awaitsTurn {
      workers[id]?.turnWaits.value.add(at: now)
      return [.poll(worker: id, after: Self.turnPause)] + follows()
    }
    workers[id]?.turnWaits.value.reset()
    let failure = worker.transcript.failure
    if worker.phase.value.isActive {
      let phase = failure.map(Phase.failed) ?? .done
      _ = enter(id, Reading(phase, at: now, from: .stream), now: now)
    } else if worker.phase.value == .done, let failure {
      workers[id]?.phase = Reading(.failed(reason: failure), at: now, from: .stream)
    }
    return keep(id, [.figures, .unread]) + [.poll(worker: id, after: 0)] + follows()
  }
}

extension WorkerState {
  /// A poll said that the run is over, and answers hold what was said: what a broken stream did not
  /// bring comes from there at once, and not from one more try after the other.
  fileprivate var isToldByAnswer: Bool {
    guard !phase.value.isActive, phase.value != .unknown, phase.source == .poll,
      transcript.isWhole, let worker
    else { return false }
    return !worker.messages.isEmpty
  }

  /// It was continued, and its stream has told of the turns before only: that this one is over says
  /// nothing of the run.
  fileprivate var awaitsTurn: Bool {
    phase.value.isActive && phase.source == .poll && !transcript.turns.isEmpty
      && transcript.turns.last?.status != .streaming
      && transcript.prompts.count > transcript.turns.count
  }

  /// Adds what one chunk of the stream brought; answers what is to be written at once because it is
  /// much, so that nothing goes from the transcript that the scrollback does not have.
  fileprivate mutating func take(
    _ items: [StreamItem], isKept: Bool, now: Double
  ) -> [ScrollbackChange] {
    var changes: [ScrollbackChange] = []
    if case .live = stream {} else { stream = .live(since: now) }
    if transcript.turns.isEmpty, transcript.entries.isEmpty {
      replayUntil = max(replayUntil, now + 1)
    }
    if items.contains(where: \.event.isListed) {
      listed = Reading(Learned(), at: now, from: .stream)
    }
    if let verdict = seam.receive(items, transcript) {
      join(verdict, now: now) { worker in
        guard isKept, worker.transcript.fresh.value > ScrollbackState.writeLimit else { return }
        changes += worker.unwrittenLeaves(isOver: false)
      }
    }
    if phase.value == .pending || phase.value == .unknown, !transcript.turns.isEmpty,
      transcript.turns.last?.status == .streaming
    {
      phase = Reading(.running, at: now, from: .stream)
      runningSince = runningSince ?? now
    }
    return changes
  }

  /// What a replay brings happened long ago.
  fileprivate mutating func beat(_ count: Int, now: Double) {
    if now >= replayUntil { pulse.value.beat(count, at: now) }
  }

  /// The stream ended as it should: what was held undecided is taken in.
  fileprivate mutating func closeSeam(now: Double) {
    if let verdict = seam.close(transcript) { join(verdict, now: now) }
    seam.drop()
  }

  /// Takes the held events in as what they turned out to be.
  private mutating func join(
    _ verdict: Seam.Verdict, now: Double, keep: (inout WorkerState) -> Void = { _ in }
  ) {
    var items = seam.release()[...]
    switch verdict {
    case .follows(let known):
      for item in items.prefix(known) where !item.id.isEmpty { lastEventID = item.id }
      items = items.dropFirst(known)
    case .replay:
      transcript.startAnew()
      seam.startAnew()
      replayUntil = max(replayUntil, now + 1)
    case .rewind(let turn):
      transcript.rewind(toTurn: turn)
      replayUntil = max(replayUntil, now + 1)
    }
    let moment = now < replayUntil ? nil : now
    for item in items {
      take(item, now: now, moment: moment)
      keep(&self)
      transcript.keepWithinBounds()
    }
  }

  private mutating func take(_ item: StreamItem, now: Double, moment: Double?) {
    if case .snapshot(let snapshot) = item.event {
      worker = snapshot.bounded
      meter.read(usage: snapshot.usage, costs: snapshot.costs, at: now)
    }
    if !item.id.isEmpty { lastEventID = item.id }
    let turns = transcript.turns.count
    let isFirst = turns == 0 && transcript.entries.isEmpty
    transcript.absorb(item.event, now: moment)
    seam.took(item, opensTurn: transcript.turns.count > turns, isFirst: isFirst)
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

extension WorkerEvent {
  /// It names a source or a file.
  fileprivate var isListed: Bool {
    switch self {
    case .source, .file: true
    default: false
    }
  }
}
