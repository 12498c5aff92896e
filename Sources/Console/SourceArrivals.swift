import Fleet

/// How a worker's sources came by the stream, by their addresses; worked out when an entry comes or
/// goes.
struct SourceArrivals: Sendable {
  private(set) var byAddress: [String: SourceArrival] = [:]
  /// When the first of them came, as far as that is known.
  private(set) var firstAt: Double?
  /// One came first in the latest turn.
  private(set) var hasNew = false
  private var key: Key?

  private struct Key: Hashable, Sendable {
    var worker: String
    var edition: Int
    var end: Int
    var turns: Int
    /// What went from the front.
    var firstNumber: Int
    var droppedBytes: Int
  }

  mutating func update(_ worker: WorkerState) {
    let transcript = worker.transcript
    let key = Key(
      worker: worker.id, edition: transcript.edition, end: transcript.end,
      turns: transcript.turns.count, firstNumber: transcript.firstNumber,
      droppedBytes: transcript.droppedBytes)
    guard key != self.key else { return }
    self.key = key
    byAddress = worker.arrivals
    firstAt = byAddress.values.compactMap(\.at).min()
    hasNew = byAddress.values.contains(where: \.isNew)
  }
}
