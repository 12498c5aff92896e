import WorkerAPI

extension WorkerState {
  /// A remembered worker as it is before anything is asked, with its last answer if there is one.
  ///
  /// `isFolded` tells that the answer was read without its words, which come later.
  init(remembered known: KnownWorker, answer worker: Worker?, isFolded: Bool = false) {
    let at = known.lastSeenAt ?? known.addedAt
    self.init(
      known: known.withoutAnswer,
      phase: Reading(worker.map(Phase.init) ?? .unknown, at: at, from: .memory))
    if let worker { know(worker, at: at, from: .memory) }
    if isFolded { self.known.lastSeen = known.lastSeen }
    email = known.email
    schedules = known.schedules.map {
      Reading($0, at: known.schedulesAt ?? known.addedAt, from: .memory)
    }
    if !known.instruction.isEmpty { transcript.addPrompt(known.instruction) }
    if let worker {
      if !isFolded { takeOutput(of: worker) }
      meter.read(usage: worker.usage, costs: worker.costs, at: at)
    }
  }

  /// The same worker with the words of its last answer; nil when it has them.
  var unfolded: WorkerState? {
    guard let answer = known.answer else { return nil }
    var whole = self
    whole.worker = answer.bounded
    whole.known.lastSeen = nil
    whole.takeOutput(of: answer)
    return whole
  }

  /// What a run said that went on then is compared again with the answer that tells of its end.
  private mutating func takeOutput(of worker: Worker) {
    takeStored(worker, isFinal: !phase.value.isActive)
    transcript.keepWithinBounds()
  }
}

extension State {
  /// Brings a remembered worker in.
  ///
  /// `answer` is its last answer where it was read beforehand.
  mutating func add(_ known: KnownWorker, answer: Worker? = nil) {
    guard workers[known.id] == nil else { return }
    add(WorkerState(remembered: known, answer: answer ?? known.answer))
  }

  /// Takes over what the words of a last answer gave, unless something newer came meanwhile.
  fileprivate mutating func unfold(_ whole: WorkerState) {
    let id = whole.id
    guard let worker = workers[id], worker.known.lastSeen != nil else { return }
    workers[id]?.known.lastSeen = nil
    guard worker.transcript.turns.isEmpty else { return }
    workers[id]?.worker = whole.worker
    workers[id]?.transcript = whole.transcript
    if worker.scrollback.value.isRecalled {
      workers[id]?.markRecalled()
    } else {
      scrollback?.dirty.insert(id)
    }
  }

  mutating func add(_ worker: WorkerState) {
    let id = worker.known.id
    guard workers.standing(of: id) == nil else { return }
    workers[id] = worker
    order.append(id)
  }
}

func reduceMemory(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .recalled(let recollection):
    state.isRecalled = true
    state.workers.reserve(recollection.workers.count)
    if !recollection.prepared.value.isEmpty {
      for batch in recollection.prepared.value {
        for worker in batch { state.add(worker) }
      }
    } else {
      for known in recollection.workers { state.add(known) }
    }
    for draft in recollection.drafts { state.drafts[draft.subject] = draft }
    state.preferences = recollection.preferences
    state.recallPresence()
    for charge in recollection.charges { state.spending.enter(charge) }
    state.spending.turn(to: now, in: state.zone.value)
    for run in recollection.runs { state.add(run) }
    for file in recollection.downloads {
      state.workers[file.worker]?.downloads[file.file] = .done(file.saved)
    }
    state.inputs = recollection.inputs
    state.restore(recollection.intents, now: now)
    for notice in recollection.notices { state.say(.warning, notice, now) }
    return state.begin()
  case .unfolded(let workers):
    for worker in workers { state.unfold(worker) }
    return state.follows()
  case .memoryFailed(let reason):
    // That an order did not leave outranks that its draft was not kept.
    if let notice = state.notice, notice.isRefusal, (0..<5).contains(now - notice.at) {
      return []
    }
    state.say(.error, "not kept: \(reason)", now)
    return []
  case .adopt(let workers):
    let fresh = workers.filter { state.workers[$0.id] == nil }
    for known in fresh { state.add(known) }
    guard !fresh.isEmpty else { return [] }
    return [.keep(fresh.map(Memo.worker))] + fresh.map { .poll(worker: $0.id, after: 0) }
  case .write(let draft):
    guard state.drafts[draft.subject] != draft else { return [] }
    state.drafts[draft.subject] = draft.text.isEmpty ? nil : draft
    return [.keep([.draft(draft)])]
  case .prefer(let name, let value):
    guard state.preferences[name] != value else { return [] }
    state.preferences[name] = value
    return [.keep([.preference(name: name, value: value)])]
  default:
    return []
  }
}

extension State {
  /// Puts an instruction at the end of the history, once.
  mutating func remember(_ input: PastInput) {
    inputs.removeAll { $0.text == input.text }
    inputs.append(input)
    if inputs.count > PastInput.limit { inputs.removeFirst() }
  }

  /// What was being sent when the last run of the console ended: nobody knows whether it arrived.
  mutating func restore(_ intents: [Intent], now: Double) {
    uncertain = intents
    guard let latest = intents.last else { return }
    for intent in intents { restoreDraft(of: intent) }
    let count = intents.count == 1 ? "1 order was" : "\(intents.count) orders were"
    say(
      .warning,
      "? \(count) sent before the last exit, answer unknown (O shows): "
        + String(latest.input.prefix(40)), now)
  }

  /// Puts the text of a request that failed back where it was typed; nil when there is new text.
  @discardableResult
  mutating func restoreDraft(of intent: Intent) -> Draft? {
    guard let subject = intent.subject else { return nil }
    if let draft = drafts[subject] { return draft.text == intent.input ? draft : nil }
    let draft = Draft(
      subject: subject, text: intent.input, cursor: intent.cursor ?? intent.input.count,
      budget: intent.budget)
    drafts[subject] = draft
    return draft
  }
}
