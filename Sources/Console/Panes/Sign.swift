import Fleet
import WorkerAPI

/// How a worker's state is shown: never by colour alone.
struct Sign {
  var character: Character
  var word: String
  var role: Role

  init(_ worker: WorkerState) {
    (character, word, role) =
      switch worker.phase.value {
      case .failed: ("!", "fail", .workerFailed)
      case .unknown: ("?", "?", .workerUncertain)
      case .pending: (".", "pend", .workerPending)
      case .running: (">", "run", .workerRunning)
      case .done:
        worker.known.isUnread ? ("*", "new", .workerUnread) : ("-", "done", .workerDone)
      }
    if worker.isMissing { (character, word, role) = ("?", "gone", .workerUncertain) }
    // Nobody looks at it: what it was when it was archived is no news.
    if worker.known.isArchived { (character, word, role) = ("_", "arch", .stale) }
  }

  /// The same of one that nobody hears of now.
  var old: Sign {
    var sign = self
    (sign.character, sign.word, sign.role) = ("~", "~" + word.prefix(3), .stale)
    return sign
  }

  /// Two columns; a marked one has a `+` before its sign, the selected one that runs its sign
  /// twice, a pinned one a `^`.
  func glyph(isSelected: Bool, _ known: KnownWorker) -> String {
    if known.isMarked { return "+\(character)" }
    return isSelected && character == ">" ? ">>" : "\(known.isPinned ? "^" : " ")\(character)"
  }
}

extension Budget {
  var short: String {
    switch self {
    case .standard: "std"
    case .unlimited: "unl"
    case .low, .high: word
    case .other(let word): String(Sanitise.line(word).prefix(4))
    }
  }
}

extension View {
  func sign(of worker: WorkerState) -> Sign {
    let sign = Sign(worker)
    return fleet.isUnheard(worker, at: now) ? sign.old : sign
  }

  /// How long a run has lasted; a clock that goes on would say that somebody looks, so that of one
  /// that nobody hears of stands where it was heard of last.
  func runTime(of worker: WorkerState) -> String? {
    guard let start = worker.turnStartedAt, !worker.known.isArchived else { return nil }
    return fleet.isUnheard(worker, at: now)
      ? "~" + Figures.age(worker.heardAt - start) : Figures.duration(now - start)
  }

  /// How long its run has lasted, else how long ago it ended: `~` where that is not exactly known.
  func time(of worker: WorkerState) -> String {
    guard !worker.phase.value.isActive else {
      return worker.phase.value == .running ? runTime(of: worker) ?? "-" : "-"
    }
    let end = worker.lastEnd(fleet.runs[worker.id] ?? [])
    if let end, end.source != .found { return age(since: end.at) }
    // It ended after it was begun, and before it was found to be over.
    return (end?.at ?? worker.worker?.createdAt).map { "~" + age(since: $0) } ?? "-"
  }
}
