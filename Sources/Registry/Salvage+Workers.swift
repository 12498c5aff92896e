import Fleet
import GRDB
import WorkerAPI

extension Salvage {
  /// Positions on each side of the greatest known one that are asked for one by one.
  static let probeLimit = 100_000
  /// Greater positions are none that SQLite gave.
  private static let positions = 1...(1 << 40)
  /// What is before the long last answer, whose further pages may be lost.
  private static let firstColumns = "id, title, instruction, budget, addedAt, isUnread"
  private static let index = "worker INDEXED BY sqlite_autoindex_worker_1"

  /// In the order in which they came to be known, each id once.
  func workers() -> [Salvaged.Worker] {
    var found: [Int: Salvaged.Worker] = [:]
    for (position, worker) in rows("worker", place).values { found[position] = worker }
    let ids = ids()
    let window = Self.window(known: Array(found.keys) + Array(ids.keys), newest: newest)
    let whole = probe("*")
    let beginning = probe(Self.firstColumns)
    for position in Array(window) + ids.keys.filter({ !window.contains($0) })
    where found[position] == nil {
      found[position] =
        whole?.worker(at: position, .whole) ?? beginning?.worker(at: position, .beginning)
        ?? ids[position].flatMap(worker(named:))
    }
    var seen: Set<String> = []
    return found.sorted { $0.key < $1.key }.map(\.value)
      .filter { seen.insert($0.worker.id).inserted }
  }

  /// Where rows may be that no walk came by.
  ///
  /// One wrong number must not lead away from them: positions with a wide gap before the next one
  /// are left out, unless they are the most; and the newest one that was ever given counts only
  /// near them.
  static func window(known: [Int], newest: Int?) -> ClosedRange<Int> {
    var groups: [[Int]] = []
    for position in known.sorted() {
      if let last = groups.last?.last, position - last <= probeLimit {
        groups[groups.count - 1].append(position)
      } else {
        groups.append([position])
      }
    }
    let last = groups.max { $0.count < $1.count }?.last ?? 0
    let near = last...(last + probeLimit)
    let end = newest.flatMap { near.contains($0) ? $0 : nil } ?? (last > 0 ? last : probeLimit)
    return max(1, last - probeLimit + 1)...max(1, end)
  }

  private func place(_ row: Cells) -> (Int, Salvaged.Worker)? {
    guard let position = position(row), let worker = KnownWorker(salvaged: row) else { return nil }
    return (position, Salvaged.Worker(worker: worker, extent: .whole))
  }

  private func position(_ row: Cells) -> Int? {
    row.whole("position").flatMap { Self.positions.contains($0) ? $0 : nil }
  }

  /// From the index of the table, which has pages of its own.
  private func ids() -> [Int: String] {
    var found: [Int: String] = [:]
    for order in ["ASC", "DESC"] {
      let isEnd = walk("SELECT position, id FROM \(Self.index) ORDER BY id \(order)") { row in
        guard let position = position(row) else { return true }
        guard found[position] == nil else { return order == "ASC" }
        found[position] = row.text("id")
        return true
      }
      if isEnd { break }
    }
    return found
  }

  /// The greatest position that was ever given.
  private var newest: Int? {
    let row = try? Cells.fetchOne(
      database, sql: "SELECT seq AS position FROM sqlite_sequence WHERE name = 'worker'",
      arguments: [])
    return row.flatMap(position)
  }

  /// As one that is adopted.
  private func worker(named id: String) -> Salvaged.Worker? {
    KnownWorker(id: id, instruction: "", budget: .standard, addedAt: now).plausible
      .map { Salvaged.Worker(worker: $0, extent: .id) }
  }

  private func probe(_ columns: String) -> Probe? {
    let sql = "SELECT \(columns) FROM worker WHERE position = ?"
    return (try? database.makeStatement(sql: sql)).map(Probe.init)
  }
}

/// A statement for the row at a position, prepared once for all of them.
private struct Probe {
  let statement: Statement
  let places: [String: Int]

  init(_ statement: Statement) {
    self.statement = statement
    places = Cells.places(statement.columnNames)
  }

  func worker(at position: Int, _ extent: Salvaged.Worker.Extent) -> Salvaged.Worker? {
    guard let row = try? Row.fetchOne(statement, arguments: [position]),
      let worker = KnownWorker(salvaged: Cells(row: row, places: places))
    else { return nil }
    return Salvaged.Worker(worker: worker, extent: extent)
  }
}
