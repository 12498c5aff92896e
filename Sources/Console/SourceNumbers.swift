import Fleet
import WorkerAPI

/// The numbers of a worker's sources from nought, by their addresses; worked out when one comes.
struct SourceNumbers: Sendable {
  private(set) var byAddress: [String: Int] = [:]
  private var key: Key?

  private struct Key: Hashable, Sendable {
    var worker: String
    var edition: Int
    var end: Int
    var learnedAt: Double?
  }

  mutating func update(_ worker: WorkerState) {
    let transcript = worker.transcript
    let key = Key(
      worker: worker.id, edition: transcript.edition, end: transcript.end,
      learnedAt: worker.listed?.at)
    guard key != self.key else { return }
    self.key = key
    byAddress = Citations.numbers(worker.sources.map(\.url))
  }
}
