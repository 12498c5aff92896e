import WorkerAPI

func reduceOrder(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .create(let id, let input, let budget):
    let intent = Intent(id: id, kind: .create, input: input, budget: budget, madeAt: now)
    let order = Order.create(RunRequest(input: input, budget: budget))
    return state.send(intent, order, from: .newWorker, now: now)
  case .continueWorker(let id, let worker, let input, let budget):
    let intent = Intent(
      id: id, kind: .continue, worker: worker, input: input, budget: budget, madeAt: now)
    let order = Order.continueWorker(worker, RunRequest(input: input, budget: budget))
    return state.send(intent, order, from: .followUp(worker: worker), now: now)
  case .schedule(let id, let worker, let request):
    let intent = Intent(
      id: id, kind: .schedule, worker: worker, input: request.input, budget: request.budget,
      madeAt: now, when: request.when)
    return state.send(
      intent, .schedule(worker, request), from: .schedule(worker: worker), now: now)
  case .cancelSchedule(let id, let worker, let schedule):
    let intent = Intent(
      id: id, kind: .cancel, worker: worker, input: schedule, budget: .standard, madeAt: now)
    guard !state.withholds(intent, now: now) else { return [] }
    state.sending[id] = intent
    return [.send(intent, .cancelSchedule(worker, schedule: schedule))]
  case .created(let intent, let worker):
    return state.created(intent, worker, now: now)
  case .continued(let intent, let worker):
    return state.continued(intent, worker, now: now)
  case .scheduled(let intent, let worker, let schedule):
    state.arrived(intent)
    let effects = state.heard(at: now)
    state.say(.info, "schedule created", now)
    state.notice?.schedule = schedule
    var list = state.workers[worker]?.schedules?.value ?? []
    list.append(schedule)
    state.workers[worker]?.schedules = Reading(list, at: now, from: .poll)
    return effects + [.keep([.settled(intent)]), .loadSchedules(worker: worker)]
      + [.poll(worker: worker, after: state.pollDelay(worker, now: now))]
  case .sendFailed(let intent, let failure):
    return state.failed(intent, failure, now: now)
  case .scheduleCancelled(let intent, let worker, let schedule, let wasThere):
    state.arrived(intent)
    state.workers[worker]?.schedules?.value.removeAll { $0.id == schedule }
    let effects = state.heard(at: now)
    state.say(.info, wasThere ? "schedule cancelled" : "the server had no such schedule", now)
    return effects + [.keep([.settled(intent)]), .loadSchedules(worker: worker)]
  default:
    return []
  }
}

extension State {
  /// Marks an order as on its way; one whose fate is unknown goes out again under its old key.
  fileprivate mutating func send(
    _ intent: Intent, _ order: Order, from subject: Draft.Subject, now: Double
  ) -> [Effect] {
    guard !withholds(intent, now: now) else {
      return restoreDraft(of: intent).map { [.keep([.draft($0)])] } ?? []
    }
    var intent = intent
    let same = uncertain.firstIndex {
      $0.kind == intent.kind && $0.worker == intent.worker && $0.input == intent.input
        && $0.budget == intent.budget && $0.when == intent.when
    }
    if let same {
      intent.id = uncertain.remove(at: same).id
      doubted.insert(intent.id)
    }
    let budget = drafts[subject]?.budget ?? intent.budget
    if let draft = drafts[subject], draft.text == intent.input { intent.cursor = draft.cursor }
    sending[intent.id] = intent
    drafts[subject] = nil
    let empty = Draft(subject: subject, text: "", cursor: 0, budget: budget)
    let past = PastInput(text: intent.input, at: now)
    remember(past)
    return [.send(intent, order), .keep([.draft(empty), .input(past)])]
  }

  fileprivate mutating func created(_ intent: String, _ worker: Worker, now: Double) -> [Effect] {
    let sent = arrived(intent)
    let known = KnownWorker(
      id: worker.id, instruction: sent?.input ?? "", budget: sent?.budget ?? .standard,
      addedAt: now, account: Account(at: now, settled: Account.Settled(runs: 0, total: Spent())),
      lastSeen: worker.text, lastSeenAt: now)
    var fresh = WorkerState(
      known: known.withoutAnswer, phase: Reading(Phase(worker), at: now, from: .poll))
    fresh.know(worker, at: now, from: .poll)
    fresh.runningSince = fresh.phase.value == .running ? now : nil
    fresh.transcript.addPrompt(known.instruction)
    if workers[worker.id] == nil { order.append(worker.id) }
    workers[worker.id] = fresh
    newest = worker.id
    say(.info, "started: \(fresh.title)", now)
    return [.keep([.worker(known), .settled(intent)])] + heard(at: now) + follows()
      + [
        .poll(worker: worker.id, after: pollDelay(worker.id, now: now)),
        .loadEmail(worker: worker.id),
      ]
  }

  fileprivate mutating func continued(_ intent: String, _ worker: Worker, now: Double) -> [Effect] {
    let sent = arrived(intent)
    guard let state = workers[worker.id] else { return [.keep([.settled(intent)])] }
    workers[worker.id]?.know(worker, at: now, from: .poll)
    if let input = sent?.input { workers[worker.id]?.transcript.addPrompt(input) }
    // The operator's own doing is no flicker, however soon it comes and ends.
    workers[worker.id]?.turned = nil
    _ = enter(worker.id, Reading(Phase(worker), at: now, from: .poll), now: now)
    workers[worker.id]?.turned = nil
    say(.info, "continued: \(state.title)", now)
    // Where another console asks, it is asked to look: it does not know of this yet.
    let delay = role == .leader ? pollDelay(worker.id, now: now) : 0
    return [.keep([.settled(intent)])] + heard(at: now) + follows()
      + [.poll(worker: worker.id, after: delay)]
  }

  /// An answer came: the order is on its way no more, and no longer in doubt.
  @discardableResult
  fileprivate mutating func arrived(_ intent: String) -> Intent? {
    doubted.remove(intent)
    return sending.removeValue(forKey: intent)
  }

  /// A refused order's text goes back to its draft; one that may have arrived stays journaled.
  fileprivate mutating func failed(
    _ id: String, _ failure: Service.Failure, now: Double
  ) -> [Effect] {
    guard let intent = sending.removeValue(forKey: id) else { return [] }
    let effects = learnOfLink(from: failure, now: now)
    noteRefusedKey(failure)
    let wasDoubted = doubted.remove(id) != nil
    let draft = restoreDraft(of: intent)
    let memos = draft.map { [Memo.draft($0)] } ?? []
    let reload: [Effect] =
      intent.kind == .cancel ? [.loadSchedules(worker: intent.worker ?? "")] : []
    if failure.leavesDoubt || wasDoubted {
      uncertain.append(intent)
      let doubt =
        failure.leavesDoubt ? "not known whether it arrived" : "not known whether it arrived before"
      say(.warning, "? \(doubt) (O shows): \(failure)", now)
      return effects + (memos.isEmpty ? [] : [.keep(memos)]) + reload
    }
    let place =
      switch (intent.kind, draft) {
      case (.cancel, _): "schedule not cancelled"
      case (_, nil): "not sent, newer text is in the draft, this was: \(intent.input.prefix(40))"
      default: "not sent, the text is in the draft"
      }
    say(.error, "\(place): \(failure)", now)
    notice?.isRefusal = intent.kind != .cancel
    return effects + [.keep([.settled(id)] + memos)] + reload
  }

  /// A refusal is an answer, too. Where the link was lost over an order and nobody else tries it, a
  /// poll does.
  private mutating func learnOfLink(from failure: Service.Failure, now: Double) -> [Effect] {
    switch failure {
    case .refused(let error) where error.status < 500: return heard(at: now)
    case .refused, .unreadable: return []
    case .transport:
      guard case .down(_, let retryAt, let reason) = link, retryAt.map({ $0 <= now }) ?? true,
        role == .leader, let id = watched ?? workers.inOrder(workers.active).first ?? order.last
      else { return [] }
      link.lost(reason, at: now, retryAt: now + Self.probePause)
      return [.poll(worker: id, after: Self.probePause)]
    }
  }

  /// Seconds until a lost link is tried by itself.
  private static let probePause = 2.0
}

extension Service.Failure {
  /// The request may have been carried out although no answer came.
  var leavesDoubt: Bool {
    switch self {
    case .transport(.broken), .transport(.timedOut), .transport(.stalled), .transport(.cancelled),
      .transport(.tooLarge), .unreadable:
      true
    case .refused(let error): error.status >= 500
    case .transport: false
    }
  }
}
