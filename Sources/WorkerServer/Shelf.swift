/// The ended turns that were looked at last; beyond the bound the oldest goes, and is read from the
/// ledger again when it is wanted.
struct Shelf: Sendable {
  /// Bytes of events; a single turn may be larger, and then stands alone.
  static let limit = 16 << 20

  private var entries: [Entry] = []

  private struct Entry: Sendable {
    var turn: Turn
    var bytes: Int
  }

  mutating func put(_ turn: Turn) {
    entries.removeAll { $0.turn.recipe == turn.recipe }
    let bytes = turn.log.reduce(0) { $0 + $1.data.utf8.count + 64 }
    entries.append(Entry(turn: turn, bytes: bytes))
    var sum = entries.reduce(0) { $0 + $1.bytes }
    while sum > Self.limit, entries.count > 1 { sum -= entries.removeFirst().bytes }
  }

  func turn(_ worker: String, _ number: Int) -> Turn? {
    entries.last { $0.turn.recipe.worker == worker && $0.turn.recipe.number == number }?.turn
  }
}
