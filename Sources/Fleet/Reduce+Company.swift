import WorkerAPI

/// What other consoles on the same memory do, and who of them asks the server.
func reduceCompany(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .accompany:
    state.role = .follower
    state.say(
      .info, "another console asks the server; this one shows what it learns and sends orders", now)
    return []
  case .lead: return state.lead(now: now)
  case .others(let changes):
    var asked: [Effect] = []
    for memo in changes.memos {
      asked += state.learn(memo, answers: changes.answers.value, now: now)
    }
    if state.role == .follower { state.warn(of: changes, now: now) }
    return asked + state.follows() + state.tellLeader()
  case .scrollbackChanged:
    if state.role == .follower { state.scrollback?.isStale = true }
    return []
  default: return []
  }
}

extension State {
  /// Follows and polls all that is known, those with money running first.
  mutating func begin() -> [Effect] {
    guard role == .leader else { return tellLeader() }
    return follows()
      + order.filter { !workers.archived.contains($0) }
      .map { .poll(worker: $0, after: firstPoll($0)) }
  }

  /// The console that asked the server is gone.
  fileprivate mutating func lead(now: Double) -> [Effect] {
    guard role == .follower else { return [] }
    let parting = leaveCompany()
    role = .leader
    guest = nil
    scrollback?.dirty = []
    scrollback?.isDue = false
    for id in order { workers[id]?.markRecalled() }
    say(.info, "the other console is gone; this one asks the server now", now)
    return parting + begin()
  }

  /// Active workers are asked at once, the others spread over the first seconds.
  private mutating func firstPoll(_ id: String) -> Double {
    guard let worker = workers[id] else { return 0 }
    let isUrgent = worker.phase.value.isActive || worker.phase.value == .unknown
    return isUrgent ? 0 : 1 + dice.roll() * max(4, Double(order.count) / Self.idleRate)
  }

  /// Tells the leader which worker is looked at here, when that is another than was told.
  mutating func tellLeader() -> [Effect] {
    guard role == .follower, isRecalled else { return [] }
    let active = watched.flatMap { workers[$0] }?.phase.value.isActive == true
    let note = (active ? watched : nil) ?? CompanyNote.present
    guard told != note else { return [] }
    told = note
    return [.keep([.preference(name: CompanyNote.watched, value: note)])]
  }

  /// Tells the leader that nobody looks here any more.
  mutating func leaveCompany() -> [Effect] {
    guard role == .follower, told != nil else { return [] }
    told = nil
    return [.keep([.preference(name: CompanyNote.watched, value: "")])]
  }

  /// A follower asks nothing of the server by itself: the leader is asked to look instead.
  func asRole(_ effects: [Effect], now: Double) -> [Effect] {
    guard role == .follower else { return effects }
    var asked: [String] = []
    var others: [Effect] = []
    func ask(_ id: String) {
      // One more than are named says that all are meant.
      if asked.count <= CompanyNote.askLimit, !asked.contains(id) { asked.append(id) }
    }
    for effect in effects {
      switch effect {
      case .poll(let id, let delay): if delay == 0 { ask(id) }
      case .loadSchedules(let id): ask(id)
      case .follow, .hold, .scrollbackSoon, .writeScrollback: break
      default: others.append(effect)
      }
    }
    return others + (asked.isEmpty ? [] : [.keep([CompanyNote.asking(asked, at: now)])])
  }

  /// Takes in one change that another program made to the memory.
  fileprivate mutating func learn(
    _ memo: Memo, answers: [String: Worker], now: Double
  ) -> [Effect] {
    switch memo {
    case .worker(let known):
      guard workers[known.id] == nil else {
        return learn(.revise(known, .all), answers: answers, now: now)
      }
      add(known, answer: answers[known.id])
      rank(known)
      if role == .leader { scrollback?.dirty.insert(known.id) }
      return role == .leader && !known.isArchived ? [.poll(worker: known.id, after: 0)] : []
    case .revise(let known, let fields):
      return revise(known, fields, answer: answers[known.id], now: now)
    case .forget(let id):
      return part(from: id) + (role == .leader ? [.writeScrollback([.forget(worker: id)])] : [])
    case .draft(let draft): drafts[draft.subject] = draft.text.isEmpty ? nil : draft
    case .intent(let intent):
      guard sending[intent.id] == nil, !uncertain.contains(where: { $0.id == intent.id }) else {
        break
      }
      restore(uncertain + [intent], now: now)
    case .settled(let id): uncertain.removeAll { $0.id == id }
    case .charge(let charge):
      spending.turn(to: now, in: zone.value)
      spending.enter(charge)
    case .run(let run): add(run)
    case .download(let file):
      if workers[file.worker]?.downloads[file.file]?.progress != nil { break }
      workers[file.worker]?.downloads[file.file] = .done(file.saved)
    case .input(let input): remember(input)
    case .preference(let name, let value): return learn(name, value, now: now)
    }
    return []
  }

  /// Puts the worker that came last before those that were ordered after it, so that the list of each
  /// console stands as those of the others.
  private mutating func rank(_ known: KnownWorker) {
    guard order.last == known.id else { return }
    let earlier = order.dropLast().lastIndex {
      (workers[$0]?.known.addedAt ?? 0) <= known.addedAt
    }
    order.removeLast()
    order.insert(known.id, at: earlier.map { $0 + 1 } ?? 0)
  }

  private mutating func learn(_ name: String, _ value: String, now: Double) -> [Effect] {
    switch name {
    case CompanyNote.watched:
      if role == .leader {
        guest = value.isEmpty ? nil : value
        return workers[value] == nil ? [] : [.poll(worker: value, after: 0)]
      }
      // A third console left, or began to watch: what is watched here is told again when nobody is.
      if value.isEmpty { told = nil }
    case CompanyNote.ask:
      guard role == .leader else { break }
      let ids = CompanyNote.asked(value)
      return ids.isEmpty
        ? reducePoll(&self, .refresh(nil), now: now)
        : ids.flatMap { reducePoll(&self, .refresh($0), now: now) }
    case Presence.preference: break
    default: preferences[name] = value
    }
    return []
  }

  private mutating func revise(
    _ known: KnownWorker, _ fields: KnownWorker.Fields, answer: Worker?, now: Double
  ) -> [Effect] {
    let id = known.id
    guard let before = workers[id] else { return [] }
    if role == .follower, fields.contains(.figures) {
      read(known, answer, now: now)
    }
    if role == .follower, fields.contains(.schedules), let schedules = known.schedules {
      workers[id]?.known.take(.schedules, of: known)
      workers[id]?.schedules = Reading(schedules, at: known.schedulesAt ?? now, from: .memory)
    }
    if fields.contains(.email), let email = known.email {
      workers[id]?.known.email = email
      workers[id]?.email = email
    }
    let marks: KnownWorker.Fields = [.title, .pin, .archive, .mark, .unread]
    workers[id]?.known.take(fields.intersection(marks), of: known)
    guard role == .leader, fields.contains(.archive),
      before.known.isArchived != known.isArchived
    else { return [] }
    return known.isArchived ? leave(id) : [.poll(worker: id, after: 0)]
  }

  /// What came into the books may reach a ceiling: each console says it to its own operator.
  fileprivate mutating func warn(of changes: Changes, now: Double) {
    for case .revise(let known, let fields) in changes.memos where fields.contains(.figures) {
      warn(of: known.id, now: now)
    }
  }

  /// Takes in figures that the leader learned, unless newer ones are here.
  private mutating func read(_ known: KnownWorker, _ answer: Worker?, now: Double) {
    let id = known.id
    workers[id]?.known.account = known.account
    guard let answer, let at = known.lastSeenAt, let before = workers[id],
      before.phase.source == .memory || before.phase.at <= at
    else { return }
    workers[id]?.known.lastSeenAt = at
    workers[id]?.know(answer, at: at, from: .memory)
    workers[id]?.isMissing = false
    workers[id]?.meter.read(usage: answer.usage, costs: answer.costs, at: at)
    let phase = before.phase(by: answer)
    // The leader has waited already for what seemed to flicker.
    workers[id]?.turned = nil
    _ = enter(id, Reading(phase, at: at, from: .memory), now: now)
    // Somebody may have watched it end: the leader knows.
    workers[id]?.known.isUnread = known.isUnread
    workers[id]?.takeStored(answer, isFinal: !phase.isActive)
    workers[id]?.transcript.keepWithinBounds()
    sharedAt = max(sharedAt ?? at, at)
  }
}
