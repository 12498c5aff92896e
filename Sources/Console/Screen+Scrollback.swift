import Fleet

/// The output pane over what is in memory and what is in the scrollback.
extension Screen {
  mutating func moveOutput(_ command: Command, by step: Int, _ fleet: State) -> [Outcome] {
    let worker = selected.flatMap { fleet.workers[$0] }
    if output.selection != nil {
      output.moveCursor(by: step)
      return []
    }
    let isCut = worker?.transcript.isCutOff == true || output.isEarlier
    switch command {
    case .top where isCut && fleet.scrollback != nil && reading.form != .events:
      output.scroll(by: step)
      output.goal = .top
      return selected.map { [.fleet(.readScrollback($0, .first))] } ?? []
    case .bottom: output.follow()
    default: output.scroll(by: step)
    }
    return []
  }

  /// Lays out what is to be seen of a worker's output; answers what must be read for it first.
  mutating func showOutput(of worker: WorkerState, _ fleet: State, width: Int) -> [Outcome] {
    if reading.form == .events { return showEvents(fleet, width: width) }
    let window = fleet.scrollback?.window.flatMap { $0.worker == worker.id ? $0 : nil }
    let live = worker.transcript
    if output.isEarlier, window == nil { output.isEarlier = false }
    if let goal = output.goal, meets(goal, live, window) {
      output.isEarlier = !isLive(goal, live)
    } else if !output.isFollowing, output.isEarlier,
      let top = output.rendition.entry(at: output.top),
      top > live.firstKept, window.map({ $0.range.upperBound >= live.firstKept }) ?? true,
      output.rendition.lineCount - output.top <= 2 * output.height
    {
      // What is on the screen is in memory too, and that has what follows.
      output.isEarlier = false
    }
    let shown = (output.isEarlier || isStored(worker, window) ? window : nil)
    draw(shown, of: worker, fleet, width: width)
    arrive(live)
    output.seek()
    isLooking = output.rendition.isLooking || output.live?.isLooking == true
    output.share = shown.map { share($0, at: output.rendition.entry(at: output.top)) }
    return reach(worker, shown, fleet)
  }

  private mutating func draw(
    _ window: ScrollbackWindow?, of worker: WorkerState, _ fleet: State, width: Int
  ) {
    let transcript = window?.transcript ?? worker.transcript
    let setting = setting(
      width: width, edition: window == nil ? worker.transcript.edition : -1)
    sourceNumbers.update(worker)
    var live = setting
    live.edition = worker.transcript.edition
    output.count(window.map { _ in worker.transcript }, live, wasLive: !output.isWindow)
    output.isWindow = window != nil
    output.textWidth = max(1, width - setting.margin)
    output.update(
      transcript, setting, loss: window == nil ? loss(of: worker, fleet) : nil,
      numbers: sourceNumbers.byAddress)
  }

  /// How lines are laid out now; another edition lays all of them out anew.
  func setting(width: Int, edition: Int) -> Rendition.Setting {
    Rendition.Setting(
      width: width, theme: reading.isClean ? .plain : theme, unicode: isUnicode,
      isUnfolded: output.isUnfolded, edition: edition, isWrapped: reading.isWrapped,
      hasTimes: reading.times != .off, form: reading.form, isClean: reading.isClean)
  }

  /// A goal that is met is where the reader is now.
  private mutating func arrive(_ live: Transcript) {
    switch output.goal {
    case .top? where output.isEarlier || !live.isCutOff:
      output.isFollowing = false
      output.anchor = output.rendition.anchor(at: 0)
      output.goal = nil
    case .around? where output.isEarlier: output.goal = nil
    case .entry(let number, let words, let ordinal)?:
      guard let anchor = output.rendition.line(saying: words, ordinal, in: number) else { return }
      let line = output.rendition.index(of: anchor)
      output.isFollowing = false
      // Some lines above it tell where it stands.
      output.anchor = output.rendition.anchor(at: max(0, line - output.height / 3))
      output.seen = output.rendition.anchor(at: output.rendition.lineCount - 1)
      output.goal = nil
    default: break
    }
  }

  private func meets(
    _ goal: OutputView.Goal, _ live: Transcript, _ window: ScrollbackWindow?
  ) -> Bool {
    if isLive(goal, live) { return true }
    guard let window else { return false }
    return switch goal {
    case .top: window.hasFirst
    case .around(let number): window.range.contains(number) && !window.isAtEdge(number)
    case .entry(let number, _, _): window.range.contains(number)
    }
  }

  private func isLive(_ goal: OutputView.Goal, _ live: Transcript) -> Bool {
    switch goal {
    case .top: !live.isCutOff
    case .around: false
    case .entry(let number, _, _): live.firstKept..<live.end ~= number
    }
  }

  /// The stretch that has more than memory, because the stream is not open: read without a network.
  private func isStored(_ worker: WorkerState, _ window: ScrollbackWindow?) -> Bool {
    guard let window, !worker.stream.isOpen else { return false }
    return window.hasLast && window.whole.upperBound >= worker.transcript.end
  }

  /// Asks for more where the reader comes near the end of what is there.
  private mutating func reach(
    _ worker: WorkerState, _ window: ScrollbackWindow?, _ fleet: State
  ) -> [Outcome] {
    if let place = stale(window, fleet) { return [.fleet(.readScrollback(worker.id, place))] }
    guard fleet.scrollback != nil, !output.isFollowing, output.goal == nil,
      let top = output.rendition.entry(at: output.top)
    else { return [] }
    let isNearTop = output.top < output.height
    let isNearEnd = output.rendition.lineCount - output.top <= 2 * output.height
    let hasMoreAbove = window.map { !$0.hasFirst } ?? worker.transcript.isCutOff
    let hasMoreBelow = window.map { !$0.hasLast } ?? false
    let reached = OutputView.Reach(
      entry: top, isUp: isNearTop && hasMoreAbove, isEarlier: output.isEarlier)
    guard reached.isUp || isNearEnd && hasMoreBelow, output.reached != reached else { return [] }
    output.reached = reached
    output.goal = .around(top)
    return [.fleet(.readScrollback(worker.id, .around(top)))]
  }

  /// What to read anew because another console wrote more, where it would be seen.
  private func stale(_ window: ScrollbackWindow?, _ fleet: State) -> ScrollbackPlace? {
    guard fleet.role == .follower, fleet.scrollback?.isStale == true, output.goal == nil,
      window?.hasLast ?? true
    else { return nil }
    guard !output.isFollowing, let top = output.rendition.entry(at: output.top) else {
      return .last
    }
    return .around(top)
  }

  /// What is said where output is gone from memory and cannot be read back; while writes fail nobody
  /// can tell how much that is.
  private func loss(of worker: WorkerState, _ fleet: State) -> String? {
    guard worker.transcript.isCutOff, worker.transcript.droppedBytes > 0 else { return nil }
    guard let scrollback = fleet.scrollback else {
      return "\(Figures.bytes(worker.transcript.droppedBytes)) of earlier output is gone"
    }
    return scrollback.fault.map { "some of the earlier output is gone: \(Sanitise.line($0))" }
  }

  private func share(_ window: ScrollbackWindow, at number: Int?) -> Int {
    let number = number ?? window.range.lowerBound
    return (number - window.whole.lowerBound) * 100 / max(1, window.whole.count)
  }
}

extension ScrollbackWindow {
  /// A window around an entry that it ends with shows nothing new.
  fileprivate func isAtEdge(_ number: Int) -> Bool {
    number == range.lowerBound && !hasFirst || number == range.upperBound && !hasLast
  }
}
