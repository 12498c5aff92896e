import WorkerAPI

/// How a source came by the stream, as far as that is still in memory.
public struct SourceArrival: Hashable, Sendable {
  /// Seconds since 1970; nil for what was replayed, whose time nobody knows.
  public var at: Double?
  /// It came first in the latest of several turns: the answers before could not cite it.
  public var isNew: Bool

  public init(at: Double?, isNew: Bool) {
    self.at = at
    self.isNew = isNew
  }
}

extension WorkerState {
  /// How its sources came by the stream, by their addresses; none for what only polls named.
  public var arrivals: [String: SourceArrival] {
    let last = transcript.turns.count - 1
    // What went from the front may have named a source earlier.
    let tellsNew = last > 0 && !transcript.isCutOff
    var arrivals: [String: SourceArrival] = [:]
    for entry in transcript.entries {
      guard case .source(let source) = entry.content, arrivals[source.url] == nil else { continue }
      arrivals[source.url] = SourceArrival(
        at: entry.startedAt, isNew: tellsNew && entry.turn == last)
    }
    return arrivals
  }
}
