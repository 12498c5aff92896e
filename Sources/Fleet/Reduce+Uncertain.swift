import WorkerAPI

/// What the operator decides about orders whose fate is not known.
func reduceUncertain(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .resend(let id): return state.resend(id, now: now)
  case .settle(let id, let worker): return state.settle(id, as: worker, now: now)
  default: return []
  }
}

extension State {
  /// Sends an order again under its old key; only the operator can ask for that.
  fileprivate mutating func resend(_ id: String, now: Double) -> [Effect] {
    guard let index = uncertain.firstIndex(where: { $0.id == id }) else { return [] }
    guard let order = uncertain[index].order else {
      say(.error, "its time was not kept: discard it and make the schedule anew", now)
      return []
    }
    guard !withholds(uncertain[index], now: now) else { return [] }
    let intent = uncertain.remove(at: index)
    sending[id] = intent
    doubted.insert(id)
    return [.send(intent, order)] + clearDraft(of: intent)
  }

  /// Ends the doubt: the order became this worker, or the operator lets the note of it go.
  fileprivate mutating func settle(
    _ id: String, as worker: String?, now: Double
  ) -> [Effect] {
    guard let index = uncertain.firstIndex(where: { $0.id == id }) else { return [] }
    let intent = uncertain.remove(at: index)
    doubted.remove(id)
    guard let worker else {
      say(.info, "discarded; if it arrived, it runs and spends", now)
      return [.keep([.settled(id)])]
    }
    let cleared = clearDraft(of: intent)
    guard workers[worker] == nil else {
      say(.info, "that worker is known already", now)
      return [.keep([.settled(id)])] + cleared
    }
    let known = KnownWorker(
      id: worker, instruction: intent.input, budget: intent.budget, addedAt: now)
    add(known)
    newest = worker
    say(.info, "adopted: \(workers[worker]?.title ?? worker)", now)
    return [.keep([.worker(known), .settled(id)])] + cleared
      + [.poll(worker: worker, after: 0), .loadEmail(worker: worker)]
  }

  /// Takes the order's text out of its draft, unless the draft holds other words by now.
  private mutating func clearDraft(of intent: Intent) -> [Effect] {
    guard let subject = intent.subject, let draft = drafts[subject], draft.text == intent.input
    else { return [] }
    drafts[subject] = nil
    let empty = Draft(subject: subject, text: "", cursor: 0, budget: draft.budget)
    return [.keep([.draft(empty)])]
  }
}

extension Intent {
  /// What is sent for it; nil for a schedule of an older registry, which did not keep its time.
  public var order: Order? {
    let run = RunRequest(input: input, budget: budget)
    switch kind {
    case .create: return .create(run)
    case .continue: return worker.map { .continueWorker($0, run) }
    case .schedule:
      guard let worker, let when else { return nil }
      return .schedule(worker, ScheduleRequest(input: input, when: when, budget: budget))
    case .cancel: return worker.map { .cancelSchedule($0, schedule: input) }
    }
  }

  /// Where its text was typed; nil for a cancellation.
  var subject: Draft.Subject? {
    switch kind {
    case .create: .newWorker
    case .continue: .followUp(worker: worker ?? "")
    case .schedule: .schedule(worker: worker ?? "")
    case .cancel: nil
    }
  }
}
