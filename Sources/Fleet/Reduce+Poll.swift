public import WorkerAPI

func reducePoll(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .polled(let id, let worker, let askedAt):
    return state.take(id, worker, askedAt: askedAt, now: now)
  case .pollFailed(let id, let failure):
    return state.pollFailed(id, failure, now: now)
  case .emailLoaded(let id, let email):
    state.workers[id]?.email = email
    guard state.workers[id]?.known.email != email else { return [] }
    state.workers[id]?.known.email = email
    return state.keep(id, .email)
  case .schedulesLoaded(let id, let schedules):
    return state.take(schedules, of: id, now: now) + state.heard(at: now)
  case .schedulesFailed(_, let failure):
    state.noteRefusedKey(failure)
    if case .refused(let error) = failure, error.status == 429 {
      return state.slowDown(error, now: now)
    }
    return []
  case .refresh(let id):
    if case .refused = state.link { state.link = .idle }
    let ids = id.map { [$0] } ?? state.order
    return ids.filter { state.workers[$0] != nil }.flatMap { id -> [Effect] in
      if case .refused = state.workers[id]?.stream { state.workers[id]?.stream = .closed }
      state.reopenWire(of: id)
      return [.poll(worker: id, after: 0), .loadSchedules(worker: id)]
    } + state.follows()
  default:
    return []
  }
}

extension State {
  fileprivate mutating func take(
    _ id: String, _ worker: Worker, askedAt: Double, now: Double
  ) -> [Effect] {
    var effects = heard(at: now)
    guard let before = workers[id] else { return effects }
    workers[id]?.know(worker, at: now, from: .poll)
    workers[id]?.failures = 0
    workers[id]?.isMissing = false
    workers[id]?.isBarred = false
    calm.ease(now: now)
    workers[id]?.meter.read(
      usage: worker.usage, costs: worker.costs, askedAt: askedAt, at: now)
    let phase = before.phase(by: worker)
    let pause = doubt(before, phase, askedAt: askedAt, now: now)
    let isBelieved = pause == nil
    let changed = isBelieved && enter(id, Reading(phase, at: now, from: .poll), now: now)
    let isFinal = isBelieved && workers[id]?.phase.value.isActive == false
    workers[id]?.takeStored(worker, isFinal: isFinal)
    if scrollback != nil, (workers[id]?.transcript.fresh.value ?? 0) > ScrollbackState.writeLimit,
      let changes = workers[id]?.unwrittenLeaves(isOver: false)
    {
      effects.append(.writeScrollback(changes))
    }
    workers[id]?.transcript.keepWithinBounds()
    let isActive = workers[id]?.phase.value.isActive == true
    let isNewlySettled = !isActive && isBelieved && workers[id]?.isSettled == false
    var memos: [Memo] = []
    book(id, now: now)
    if isNewlySettled {
      workers[id]?.isSettled = true
      memos = settleRun(id, now: now)
    }
    if isActive, before.stream == .ended, changed || now >= before.turnWaits.value.retryAt {
      workers[id]?.stream = .closed
    }
    // The server answers for it: what refused its stream may have passed.
    if isActive, case .refused = before.stream, now >= before.refusals.value.retryAt {
      workers[id]?.stream = .closed
    }
    if changed || isNewlySettled || abs(now - (before.known.lastSeenAt ?? 0)) > keepPeriod(id) {
      workers[id]?.known.lastSeen = worker.text
      workers[id]?.known.lastSeenAt = now
      // While a run goes on nothing is unread, so nobody's reading is undone.
      let mayBeUnread = changed || isNewlySettled || isActive
      effects.append(.keep(note(id, mayBeUnread ? [.figures, .unread] : .figures) + memos))
    }
    let isDue = before.nextRunAt.map { $0 <= now } ?? false
    if before.schedules.map({ $0.source == .memory }) ?? true || isDue {
      effects.append(.loadSchedules(worker: id))
    }
    effects += follows()
    let differs = !isBelieved && before.phase.value != phase
    if differs { noteDisagreement(before, phase, askedAt: askedAt, now: now) }
    var delay = max(pollDelay(id, now: now), Self.rest(after: now - askedAt))
    // It was on its way when the stream was opened again, and may lack what the gap held.
    if case .live(let since) = workers[id]?.stream, before.hasGap, askedAt < since,
      since <= now
    {
      delay = 0
    }
    effects.append(.poll(worker: id, after: differs ? pause ?? 0 : delay))
    return effects
  }

  /// Seconds for which a running worker's figures are only in memory; less while another console
  /// follows what is kept.
  private func keepPeriod(_ id: String) -> Double {
    guard let guest else { return 60 }
    return guest == id ? 1 : max(4, Double(workers.active.count) / 10)
  }

  /// Schedules are kept where they differ, and once a minute where there are some; that a worker has
  /// none is worth no write.
  fileprivate mutating func take(
    _ schedules: [Schedule], of id: String, now: Double
  ) -> [Effect] {
    guard let before = workers[id]?.known else { return [] }
    workers[id]?.schedules = Reading(schedules, at: now, from: .poll)
    let isOld = !schedules.isEmpty && abs(now - (before.schedulesAt ?? 0)) > 60
    guard before.schedules ?? [] != schedules || isOld else { return [] }
    workers[id]?.known.schedules = schedules
    workers[id]?.known.schedulesAt = now
    return keep(id, .schedules)
  }

  /// Seconds in which the link is left to the streams after an answer that took so long, for an
  /// answer holds all that a worker ever said: a fifth of the time at most goes to them, and none is
  /// put off for more than a minute.
  private static func rest(after taken: Double) -> Double { min(60, 4 * taken) }

  /// Seconds until the one GET that settles what an answer and the stream say differently; nil when
  /// the answer is believed.
  private func doubt(
    _ worker: WorkerState, _ phase: Phase, askedAt: Double, now: Double
  ) -> Double? {
    let age = now - worker.phase.at
    // What seems to be of the future was learned before the clock was set back.
    if worker.phase.source == .stream, age >= 0 {
      if worker.phase.at > askedAt { return 0 }
      if worker.stream == .ended, phase.isActive, age < Self.lagLimit { return Self.lagLimit }
    }
    return flipPause(worker.id, to: phase, now: now)
  }

  private mutating func noteDisagreement(
    _ worker: WorkerState, _ phase: Phase, askedAt: Double, now: Double
  ) {
    let source = worker.phase.source == .stream ? "the stream" : "a later answer"
    let old = max(0, now - askedAt)
    let sentence =
      "an answer to a question of \(APIError.duration(old)) ago says \(phase.word), \(source) "
      + "\(worker.phase.value.word); asked again"
    requests.add(RequestLog.Entry(at: now, .note(worker: worker.id, sentence)))
  }

  /// Seconds to the next look: soon while money runs, rarely when nothing should change, and just
  /// after a schedule is due.
  mutating func pollDelay(_ id: String, now: Double) -> Double {
    guard let worker = workers[id] else { return 300 }
    let jitter = 0.85 + 0.3 * dice.roll()
    if worker.phase.value.isActive {
      return calm.delay((id == watched || id == guest ? 2 : 4) * jitter, now: now)
    }
    let period = (id == watched ? 60 : max(300, Double(workers.count) / Self.idleRate)) * jitter
    guard let due = worker.nextRunAt else { return period }
    return min(period, max(1, due - now + 1 + jitter))
  }

  fileprivate mutating func pollFailed(
    _ id: String, _ failure: Service.Failure, now: Double
  ) -> [Effect] {
    guard let worker = workers[id] else { return [] }
    let failures = worker.failures + 1
    workers[id]?.failures = failures
    workers[id]?.isBarred =
      switch failure {
      case .refused(let error): error.status == 403
      case .transport(.tooLarge): true
      default: false
      }
    let backoff = min(60, 2 * Double(1 << min(failures - 1, 6))) * (0.75 + 0.25 * dice.roll())
    switch failure {
    case .refused(let error) where error.status == 401:
      noteRefusedKey(failure)
      return [.poll(worker: id, after: max(30, backoff))]
    case .refused(let error) where error.status == 403:
      // The key is good, but not for this worker.
      let effects = heard(at: now)
      if failures == 1 { tell(.warning, "\(worker.title): \(error.description)", now) }
      return effects + [.poll(worker: id, after: max(300, backoff))]
    case .refused(let error) where error.status == 404:
      let effects = heard(at: now)
      workers[id]?.failures = failures
      workers[id]?.isMissing = true
      return effects + follows() + [.poll(worker: id, after: 600)]
    case .refused(let error) where error.status == 429:
      return heard(at: now) + slowDown(error, now: now)
        + [.poll(worker: id, after: calm.delay(backoff, now: now))]
    case .refused(let error):
      let effects = error.status < 500 ? heard(at: now) : []
      let delay = max(backoff, error.retryAfter ?? 0)
      // One failure of the server's passes by itself, most of the time before anybody has read it.
      if error.status < 500 || failures > 1 {
        tell(.warning, "\(worker.title): \(error.description)", now)
      }
      return effects + [.poll(worker: id, after: delay)]
    case .transport(.tooLarge(let limit)):
      // The server did answer, and would say as much again; what comes is told by the stream.
      let effects = heard(at: now)
      if failures == 1 {
        let error = TransportError.tooLarge(limit: limit)
        tell(.warning, "\(worker.title): \(error.description)", now)
      }
      return effects + [.poll(worker: id, after: max(300, backoff))]
    case .transport(let error):
      link.lost(error.description, at: now, retryAt: now + backoff)
      return [.poll(worker: id, after: backoff)]
    case .unreadable(let reason):
      tell(.warning, "\(worker.title): \(reason)", now)
      return [.poll(worker: id, after: backoff)]
    }
  }
}

extension State {
  /// A key that one request was refused for (401) is good for none.
  mutating func noteRefusedKey(_ failure: Service.Failure) {
    guard case .refused(let error) = failure, error.status == 401 else { return }
    link = .refused(reason: error.message)
  }
}

extension Phase {
  /// What an answer says: an `error` value is a failure, whatever the status (protocol.md, open
  /// point 3).
  public init(_ worker: Worker) {
    if let error = worker.error {
      self = .failed(reason: error.string ?? error["message"]?.string ?? error.text)
      return
    }
    switch worker.status {
    case .running: self = .running
    case .pending: self = .pending
    case .completed: self = .done
    case .other: self = worker.isRunning ? .running : .unknown
    }
  }
}

extension Phase {
  /// How a log names it.
  fileprivate var word: String {
    switch self {
    case .unknown: "not known"
    case .pending: "pending"
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    }
  }
}

extension WorkerState {
  /// What an answer says, but a failure that only the stream told of stays one until the next turn.
  func phase(by worker: Worker) -> Phase {
    let said = Phase(worker)
    guard said == .done, let failure = transcript.failure,
      worker.messages.count(where: \.isFromWorker) <= transcript.turns.count
    else { return said }
    return .failed(reason: failure)
  }

  /// Whether what an answer's messages say is to be compared with the transcript.
  func wantsWords(of worker: Worker) -> Bool {
    transcript.isWhole && (hasGap || hasMore(worker))
  }

  /// It tells of a turn that no stream is to bring.
  private func hasMore(_ worker: Worker) -> Bool {
    !stream.isFollowed
      && worker.messages.count(where: \.isFromWorker) > transcript.turns.count
  }

  /// Fills the transcript from a worker's stored messages where it has less, and mends it after a gap.
  ///
  /// `isFinal` tells that the run is over and the answer is younger than the stream's end.
  mutating func takeStored(_ worker: Worker, isFinal: Bool = true) {
    transcript.takePrompts(from: worker.messages)
    let isMore = hasMore(worker)
    guard hasGap || isMore else { return }
    let isFollowed = stream.isFollowed
    let isOver = isMore || (!isFollowed && isFinal)
    if isFinal, !isFollowed { hasGap = false }
    guard transcript.reconcile(worker.messages, isOver: isOver), isOver else { return }
    // A message that was still being written is compared again once it is whole.
    if !isFinal { hasGap = true }
    isCut = false
    seam = Seam()
    lastEventID = ""
  }
}
