import Fleet
import GRDB
import WorkerAPI

/// What can still be read of a damaged file, row by row, where SQLite refuses it as a whole.
struct Salvage {
  /// Rows of one walk: pages that point at each other must not make it endless.
  private static let rowLimit = 1_000_000
  /// Rows that are asked for one by one.
  private static let probeLimit = 100_000
  /// Greater positions are none that SQLite gave.
  private static let positions = 1...(1 << 40)

  private let database: Database
  /// Seconds since 1970, for workers of which only the id is left.
  private let now: Double

  /// Changes the file: it belongs to a copy of a damaged one.
  static func read(_ path: String, now: Double) -> Recollection {
    var configuration = Configuration()
    configuration.label = "salvage"
    // With the first one a file is read that is shorter than it says (btree.c, lockBtree); with the
    // second one fewer broken pages pass for rows.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON")
    }
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return Recollection()
    }
    defer { try? queue.close() }
    return queue.unsafeRead { Salvage(database: $0, now: now).recollection }
  }

  private var recollection: Recollection {
    Recollection(workers: workers(), drafts: drafts(), intents: intents())
  }

  /// In the order in which they came to be known, each id once.
  private func workers() -> [KnownWorker] {
    var found: [Int: KnownWorker] = rows("worker", KnownWorker.init(salvaged:))
    let ids = ids()
    let last = max(newest ?? 0, ids.keys.max() ?? 0, found.keys.max() ?? 0)
    let positions = max(1, last - Self.probeLimit + 1)..<(last + 1)
    for position in positions where found[position] == nil {
      found[position] =
        worker("*", at: position) ?? worker(Self.firstColumns, at: position)
        ?? ids[position].flatMap(worker(named:))
    }
    var seen: Set<String> = []
    return sorted(found).filter { seen.insert($0.id).inserted }
  }

  private func drafts() -> [Draft] {
    let found: [Int: Draft] = rows("draft", Draft.init)
    var seen: Set<Draft.Subject> = []
    return sorted(found).filter { seen.insert($0.subject).inserted }
  }

  private func intents() -> [Intent] {
    let found: [Int: Intent] = rows("intent", Intent.init)
    var seen: Set<String> = []
    return sorted(found).filter { seen.insert($0.id).inserted }
  }

  private func sorted<Value>(_ found: [Int: Value]) -> [Value] {
    found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What is before the long last answer, whose further pages may be lost.
  private static let firstColumns = "id, title, instruction, budget, addedAt, isUnread"

  private func worker(_ columns: String, at position: Int) -> KnownWorker? {
    let row = try? Cells.fetchOne(
      database, sql: "SELECT \(columns) FROM worker WHERE position = ?", arguments: [position])
    return row.flatMap(KnownWorker.init(salvaged:))
  }

  /// As one that is adopted.
  private func worker(named id: String) -> KnownWorker? {
    KnownWorker(id: id, instruction: "", budget: .standard, addedAt: now).plausible
  }

  private static let index = "worker INDEXED BY sqlite_autoindex_worker_1"

  /// From the index of the table, which has pages of its own.
  private func ids() -> [Int: String] {
    var found: [Int: String] = [:]
    for order in ["ASC", "DESC"] {
      walk("SELECT position, id FROM \(Self.index) ORDER BY id \(order)") { row in
        guard let position = place(of: row) else { return true }
        guard found[position] == nil else { return order == "ASC" }
        found[position] = row.text("id")
        return true
      }
    }
    return found
  }

  /// The greatest position that was ever given.
  private var newest: Int? {
    let row = try? Cells.fetchOne(
      database, sql: "SELECT seq AS position FROM sqlite_sequence WHERE name = 'worker'",
      arguments: [])
    return row.flatMap(place)
  }

  /// From the first row to one that cannot be read, and the same from the last one.
  private func rows<Value>(_ table: String, _ read: (Cells) -> Value?) -> [Int: Value] {
    var found: [Int: Value] = [:]
    for order in ["ASC", "DESC"] {
      walk("SELECT * FROM \(table) ORDER BY position \(order)") { row in
        guard let position = place(of: row) else { return true }
        guard found[position] == nil else { return order == "ASC" }
        found[position] = read(row)
        return true
      }
    }
    return found
  }

  private func place(of row: Cells) -> Int? {
    row.whole("position").flatMap { Self.positions.contains($0) ? $0 : nil }
  }

  /// Until one cannot be read, or `take` has enough.
  private func walk(_ sql: String, _ take: (Cells) -> Bool) {
    do {
      let statement = try database.makeStatement(sql: sql)
      let rows = try Row.fetchCursor(statement)
      let places = Cells.places(statement.columnNames)
      var count = 0
      while count < Self.rowLimit, let row = try rows.next() {
        guard take(Cells(row: row, places: places)) else { return }
        count += 1
      }
    } catch {
      // What was read counts.
    }
  }
}

extension KnownWorker {
  fileprivate init?(salvaged row: Cells) {
    guard let worker = KnownWorker(row)?.plausible else { return nil }
    self = worker
  }

  /// Nil where the id is of no text that anybody wrote, as from a page with bytes of another kind.
  fileprivate var plausible: KnownWorker? {
    let isText = id.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\u{FFFD}"
    }
    return isText && !id.isEmpty && id.utf8.count <= AdoptedID.limit && addedAt.isFinite
      ? self : nil
  }
}
