import WorkerAPI

/// When a worker's last run ended, and how that is known.
public struct RunEnd: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// The server says so.
    case told
    /// This console saw it end.
    case seen
    /// It was over when it was looked at.
    case found
  }

  /// Seconds since 1970; of one that was found over the latest moment that it can be.
  public var at: Double
  public var source: Source
}

extension WorkerState {
  /// What the server tells of the last turn: when it began, and how long it took.
  var toldEnd: Double? {
    guard !phase.value.isActive, transcript.prompts.count <= transcript.turns.count,
      let turn = transcript.turns.last, turn.status != .streaming, let start = turn.startedAt,
      let taken = turn.metadata?["usage"].flatMap(Usage.init)?.durationMilliseconds, taken >= 0
    else { return nil }
    // The clocks of two hosts differ.
    return min(start + taken / 1_000, finishedAt ?? .infinity)
  }

  /// The end of the last run, of which `runs` are those that were measured; nil while one goes on, and
  /// where nothing is known but that it is over.
  public func lastEnd(_ runs: [RunCost]) -> RunEnd? {
    guard !phase.value.isActive else { return nil }
    if let toldEnd { return RunEnd(at: toldEnd, source: .told) }
    if let finishedAt { return RunEnd(at: finishedAt, source: .seen) }
    return runs.last.map { RunEnd(at: $0.endedAt, source: .found) }
  }

  /// When it was heard of last.
  public var heardAt: Double { max(phase.at, listed?.at ?? 0, meter.readAt ?? 0) }
}

extension State {
  /// Seconds after which another console that shares nothing new is taken for one that hears nothing.
  private static let silence = 30.0

  /// No word of any worker comes: what ran when it was last heard of may be over.
  public func isDeaf(at now: Double) -> Bool {
    if role == .follower { return sharedAt.map { now - $0 > Self.silence } ?? false }
    return switch link {
    case .down, .refused: true
    case .idle, .live: false
    }
  }

  /// It ran or waited to run when it was last heard of, and nobody hears of it now.
  public func isUnheard(_ worker: WorkerState, at now: Double) -> Bool {
    guard worker.phase.value.isActive, !worker.known.isArchived, !worker.isMissing else {
      return false
    }
    if isDeaf(at: now) { return true }
    guard role == .leader else { return false }
    if case .live = worker.stream { return false }
    return worker.failures > 0 || worker.phase.source == .memory
  }
}
