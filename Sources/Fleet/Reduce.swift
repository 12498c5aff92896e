import WorkerAPI

/// The one place where the fleet changes: an action in, the new state and the effects out.
///
/// `now` is in seconds since 1970.
public func reduce(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  state.glance(before: action, now: now)
  let effects = act(&state, action, now: now)
  return state.asRole(
    state.withoutArchived(effects) + state.noteScrollback(action) + state.openWire(), now: now)
}

private func act(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .rename, .pin, .archive, .forget, .mark, .several:
    if let step = state.step(back: action, now: now) { state.undo.value.add(step) }
    return reduceKeeping(&state, action, now: now)
  case .takeBack: return state.takeBack(now: now)
  case .recalled, .unfolded, .memoryFailed, .adopt, .write, .prefer:
    return reduceMemory(&state, action, now: now)
  case .stream(let worker, let news): return reduceStream(&state, worker, news, now: now)
  case .polled, .pollFailed, .emailLoaded, .schedulesLoaded, .schedulesFailed, .refresh:
    return reducePoll(&state, action, now: now)
  case .create, .continueWorker, .schedule, .cancelSchedule, .created, .continued, .scheduled,
    .sendFailed, .scheduleCancelled:
    return reduceOrder(&state, action, now: now)
  case .accompany, .lead, .others, .scrollbackChanged:
    return reduceCompany(&state, action, now: now)
  case .resend, .settle:
    return reduceUncertain(&state, action, now: now)
  case .export(let export): return [.export(export)]
  case .tap, .tapped: return reduceWire(&state, action, now: now)
  case .preview, .previewed, .previewFailed, .closePreview:
    return reducePreview(&state, action, now: now)
  case .download, .downloading, .downloaded, .downloadFailed, .stopDownloads, .downloadStopped,
    .seekParts, .partFound:
    return reduceDownload(&state, action, now: now)
  case .scrollbackOpened, .scrollbackDue, .scrollbackFailed, .scrollbackWorks, .readScrollback,
    .scrollbackRead, .search, .found:
    return reduceScrollback(&state, action, now: now)
  case .retrying(let retry):
    state.note(retry, now: now)
    return []
  case .requested(let record):
    state.requests.add(RequestLog.Entry(at: record.askedAt, .request(record)))
    return []
  case .say(let level, let text):
    state.say(level, text, now)
    return []
  case .answer(let level, let text):
    state.answer(level, text, now)
    return []
  case .watch(let id):
    return watch(&state, id, now: now)
  case .read(let id):
    return state.markRead(id)
  case .recording(let isOn):
    state.isRecording = isOn
    return []
  case .allow(let intent):
    state.allowed.insert(intent)
    return []
  case .present: return state.present(now: now)
  case .closing:
    let owing = state.order.filter { state.workers[$0]?.unwritten.isEmpty == false }
    return owing.flatMap { state.keep($0, .figures) } + state.notePresence(now: now)
      + state.leaveCompany()
  }
}

/// Follows the worker on the screen at once and asks for what its panes show.
private func watch(_ state: inout State, _ id: String?, now: Double) -> [Effect] {
  guard state.watched != id else { return [] }
  state.watched = id
  guard let id, let worker = state.workers[id] else { return state.follows() }
  var effects = state.follows()
  if state.scrollback != nil {
    state.scrollback?.window = nil
    effects.append(.readScrollback(worker: id, .last))
  }
  guard state.role == .leader else {
    return effects + state.tellLeader() + (worker.email == nil ? [.loadEmail(worker: id)] : [])
  }
  effects.append(.poll(worker: id, after: 0))
  if worker.schedules.map({ now - $0.at > 10 || $0.source == .memory }) ?? true {
    effects.append(.loadSchedules(worker: id))
  }
  if worker.email == nil { effects.append(.loadEmail(worker: id)) }
  return effects
}

extension State {
  mutating func say(_ level: Notice.Level, _ text: String, _ now: Double) {
    notice = Notice(level: level, text: text, at: now)
  }

  /// Says what came of a key of the operator's.
  mutating func answer(_ level: Notice.Level, _ text: String, _ now: Double) {
    say(level, text, now)
    notice?.isAnswer = true
  }

  /// Says what happened to a worker by itself, unless an answer is still being read; its row shows
  /// it too.
  mutating func tell(_ level: Notice.Level, _ text: String, _ now: Double) {
    if let notice, notice.isAnswer, (0..<Notice.stay).contains(now - notice.at) { return }
    say(level, text, now)
  }

  /// A retry is said where somebody waits for the answer; of the others only an outage shows.
  fileprivate mutating func note(_ retry: TransportRetry, now: Double) {
    if case .failed(let error) = retry.reason {
      link.lost(error.description, at: now, retryAt: now + retry.pause)
    }
    guard retry.method != .get else { return }
    let pause = APIError.duration(retry.pause)
    say(.warning, "\(retry.reason); sending again in \(pause)", now)
  }

  mutating func markRead(_ id: String) -> [Effect] {
    guard let worker = workers[id], worker.known.isUnread else { return [] }
    workers[id]?.known.isUnread = false
    return keep(id, .unread)
  }

  /// Writes what changed of a worker to the memory.
  mutating func keep(_ id: String, _ fields: KnownWorker.Fields) -> [Effect] {
    let memos = note(id, fields)
    return memos.isEmpty ? [] : [.keep(memos)]
  }

  /// What the memory is to know of a worker. With its figures go the charges that it does not have
  /// yet: both in one transaction, so that nothing is entered twice after a crash.
  mutating func note(_ id: String, _ fields: KnownWorker.Fields) -> [Memo] {
    guard let worker = workers[id] else { return [] }
    let memo = Memo.revise(worker.known, fields)
    guard fields.contains(.figures) else { return [memo] }
    workers[id]?.known.lastSeen = nil
    guard !worker.unwritten.isEmpty else { return [memo] }
    workers[id]?.unwritten = []
    return [memo] + worker.unwritten.map(Memo.charge)
  }

  /// Opens and closes streams so that the watched worker and the newest active ones are followed.
  ///
  /// A stream that is being read goes on to its end also when a poll says that the run is over, as
  /// long as no other worker needs the place.
  mutating func follows() -> [Effect] {
    let key = FollowKey(workers: workers.following, watched: watched, guest: guest)
    guard role == .leader, followed.value != key else { return [] }
    followed.value = key
    let recent = workers.inOrder(workers.active).reversed().filter {
      workers[$0]?.isMissing == false
    }
    let active =
      recent.filter(workers.pinned.contains) + recent.filter { !workers.pinned.contains($0) }
    let looked = [watched, guest].compactMap(\.self)
    var wanted = looked.filter { id in
      guard let worker = workers[id], !worker.isMissing else { return false }
      let isPartial =
        worker.transcript.turns.isEmpty || worker.isCut || worker.stream.isFollowed
      return worker.phase.value.isActive || (worker.isSettled && isPartial)
    }
    if wanted.count == 2, wanted[0] == wanted[1] || followLimit < 2 { wanted.removeLast() }
    let following = workers.inOrder(workers.followed)
    let open = following.filter {
      workers[$0]?.stream.isOpen == true && workers[$0]?.isMissing == false
    }
    for id in active + open where wanted.count < followLimit && !wanted.contains(id) {
      wanted.append(id)
    }
    var effects: [Effect] = []
    for id in following where !wanted.contains(id) {
      workers[id]?.stream = .closed
      workers[id]?.seam.drop()
      workers[id]?.isCut = true
      effects.append(.cancel(.follow(id)))
    }
    for id in wanted {
      guard let worker = workers[id], worker.stream == .closed else { continue }
      workers[id]?.stream = .opening
      effects.append(
        .follow(
          worker: id, lastEventID: worker.lastEventID, isActive: worker.phase.value.isActive))
    }
    // Not the same any more: a stream that closes later looks as it did before.
    if !effects.isEmpty { followed.value = nil }
    return effects
  }

  /// An answer or a byte came: the link is up, and after an outage everything is tried at once.
  mutating func heard(at now: Double) -> [Effect] {
    let wasDown = if case .down = link { true } else { false }
    link.heard(at: now)
    guard wasDown else { return [] }
    say(.info, "connected again", now)
    var effects: [Effect] = []
    for id in workers.inOrder(workers.followed) {
      guard let worker = workers[id], case .waiting = worker.stream else { continue }
      workers[id]?.stream = .opening
      effects.append(
        .follow(
          worker: id, lastEventID: worker.lastEventID, isActive: worker.phase.value.isActive))
    }
    // Those with money running first, the others over some seconds when they are many.
    let failing = workers.inOrder(workers.failing)
    let spread = max(1, Double(failing.count) / Self.idleRate)
    for id in failing {
      let isActive = workers[id]?.phase.value.isActive == true
      workers[id]?.failures = 0
      effects.append(.poll(worker: id, after: dice.roll() * (isActive ? 1 : spread)))
    }
    return effects
  }

  /// Notes that a run ended: an unread mark unless somebody watches it, and a line that says so.
  ///
  /// `isSeen` tells that it was known to run until now, and not only remembered.
  mutating func finish(_ id: String, isSeen: Bool, now: Double) {
    guard let worker = workers[id] else { return }
    workers[id]?.runningSince = nil
    workers[id]?.finishedAt = isSeen ? now : nil
    workers[id]?.isSettled = false
    guard watched != id || !isAttended(at: now) else { return }
    if guest != id { workers[id]?.known.isUnread = true }
    if case .failed(let reason) = worker.phase.value {
      tell(.error, "\(worker.title): failed: \(reason)", now)
    } else {
      tell(.info, "\(worker.title): finished", now)
    }
  }

  /// Seconds until a phase may be entered that was left a moment ago; nil when it may be now.
  ///
  /// Two sources that differ for a moment would make the row flicker.
  func flipPause(_ id: String, to phase: Phase, now: Double) -> Double? {
    guard let worker = workers[id], worker.phase.value != phase, let turned = worker.turned,
      turned.value == phase, (0..<Self.flipLimit).contains(now - turned.at)
    else { return nil }
    return Self.flipLimit - (now - turned.at)
  }

  /// Sets where a worker stands and does what goes with the change; false when it stays, also
  /// because it would flicker.
  mutating func enter(_ id: String, _ phase: Reading<Phase>, now: Double) -> Bool {
    guard let before = workers[id]?.phase, flipPause(id, to: phase.value, now: now) == nil
    else { return false }
    workers[id]?.phase = phase
    guard before.value != phase.value else { return false }
    workers[id]?.turned = Reading(before.value, at: now, from: phase.source)
    if phase.value == .running, before.value != .running {
      workers[id]?.runningSince = before.value == .pending || before.source != .memory ? now : nil
      workers[id]?.known.isUnread = false
    }
    if phase.value.isActive, !before.value.isActive {
      if workers[id]?.stream.isFollowed == false { workers[id]?.stream = .closed }
      reopenWire(of: id)
    }
    if before.value.isActive, !phase.value.isActive {
      finish(id, isSeen: before.source != .memory || role == .follower, now: now)
    }
    return true
  }
}
