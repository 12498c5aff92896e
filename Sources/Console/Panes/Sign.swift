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
    if worker.known.isArchived { (character, word, role) = ("~", "arch", .stale) }
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
