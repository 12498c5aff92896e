import WorkerAPI

extension Transcript {
  /// What opens, divides and ends messages (lenient reducer, rules 1, 4 and 8).
  mutating func applyFraming(_ event: WorkerEvent, _ now: Double?) {
    switch event {
    case .start(let id, let metadata): start(id, metadata)
    case .startStep:
      openTurnIfNeeded()
      turns[turns.count - 1].hasParts = true
      if steps.count < bounds.entries {
        steps.append(Step(turn: turns.count - 1, entry: entries.count))
      }
      stepStart = entries.count
    case .finishStep:
      openTurnIfNeeded()
      openText = [:]
      endReasonings(now)
      openReasoning = [:]
    case .resetStep:
      openTurnIfNeeded()
      dropStep()
    case .metadata(let value):
      openTurnIfNeeded()
      if value.isPresent { merge(value) }
    case .abort(let reason): abort(reason, now)
    case .finish(let reason, let metadata): finish(reason, metadata, now)
    case .done:
      isDone = true
      guard let last = turns.last, !last.isImplicit else { return }
      turns[turns.count - 1].marks.insert(.finished)
      if last.status == .streaming { turns[turns.count - 1].status = .completed }
    default: break
    }
  }

  private mutating func start(_ id: String?, _ metadata: JSON?) {
    isDone = false
    let last = turns.last
    let isMessage = last.map { !$0.isImplicit && !opensNext } ?? false
    let isSame = isMessage && id != nil && last?.messageID == id
    let isOver = last.map { !$0.marks.isDisjoint(with: [.finished, .aborted]) } ?? true
    let isAnother = last?.hasParts == true && id != nil
    if !isMessage || !isSame && (isOver || isAnother) { openTurn(id) }
    let index = turns.count - 1
    turns[index].messageID = id ?? turns[index].messageID
    turns[index].status = .streaming
    if let metadata { merge(metadata) }
  }

  mutating func openTurn(_ id: String?, isImplicit: Bool = false) {
    var turn = Turn(messageID: id, status: .streaming, firstEntry: entries.count)
    turn.isImplicit = isImplicit
    if turns.count < Self.turnLimit { turns.append(turn) } else { turns[turns.count - 1] = turn }
    openText = [:]
    openReasoning = [:]
    dataParts = [:]
    calls = [:]
    approvals = [:]
    stepStart = entries.count
    isDone = false
    opensNext = false
  }

  /// Whatever comes without a start belongs to the current message, also when that is over; it opens
  /// one when there is none.
  mutating func openTurnIfNeeded() {
    guard let last = turns.last, !last.isImplicit, !opensNext else { return openTurn(nil) }
  }

  /// For what is no part of any message.
  mutating func openImplicitTurnIfNeeded() {
    if turns.isEmpty || opensNext { openTurn(nil, isImplicit: true) }
  }

  mutating func merge(_ value: JSON) {
    let index = turns.count - 1
    guard turns[index].metadata.weight + value.weight <= Self.metadataLimit else {
      return oddities.report("metadata beyond the bound", value.text)
    }
    turns[index].metadata = turns[index].metadata?.merging(value) ?? value
    let created = turns[index].metadata?["createdAt"]
    if let text = created?.string { turns[index].startedAt = Timestamp.parse(text) }
    if let number = created?.double {
      turns[index].startedAt = number > 1e11 ? number / 1000 : number
    }
  }

  private mutating func abort(_ reason: String?, _ now: Double?) {
    openTurnIfNeeded()
    append(.aborted(reason: reason), now)
    turns[turns.count - 1].status = .aborted
    turns[turns.count - 1].marks.insert(.aborted)
    turns[turns.count - 1].abortReason = reason
  }

  private mutating func finish(_ reason: String?, _ metadata: JSON?, _ now: Double?) {
    openTurnIfNeeded()
    let index = turns.count - 1
    turns[index].marks.insert(.finished)
    if turns[index].status == .streaming {
      turns[index].status = reason == "error" ? .failed : .completed
    }
    turns[index].finishReason = reason ?? turns[index].finishReason
    if let metadata { merge(metadata) }
    endReasonings(now)
  }

  private mutating func dropStep() {
    for index in stepStart..<entries.count where entries[index].content.isPart { empty(index) }
    calls = calls.compactMapValues { places in
      let kept = places.filter { $0 < stepStart }
      return kept.isEmpty ? nil : kept
    }
    dataParts = dataParts.filter { $0.value < stepStart }
    edition += 1
    openText = [:]
    openReasoning = [:]
  }

  /// A thought is shown as over when its step or its message is.
  private mutating func endReasonings(_ now: Double?) {
    for index in openReasoning.values { endReasoning(index, now) }
  }

  mutating func endReasoning(_ index: Int, _ now: Double?) {
    guard case .reasoning(let text, true) = entries[index].content else { return }
    entries[index].content = .reasoning(text, isOpen: false)
    entries[index].revision += 1
    entries[index].endedAt = now
  }
}
