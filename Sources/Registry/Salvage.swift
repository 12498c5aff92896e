import Fleet
import GRDB

/// Reads a damaged file row by row, where SQLite refuses it as a whole.
struct Salvage {
  /// Rows of one walk: pages that point at each other must not make it endless.
  private static let rowLimit = 1_000_000

  let database: Database
  /// Seconds since 1970, for workers of which only the id is left.
  let now: Double

  /// Changes the file: it belongs to a copy of a damaged one.
  static func read(_ path: String, now: Double) -> Salvaged {
    var configuration = Configuration()
    configuration.label = "salvage"
    // With the first one a file is read that is shorter than it says (btree.c, lockBtree); with the
    // second one fewer broken pages pass for rows.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON")
    }
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return Salvaged()
    }
    defer { try? queue.close() }
    return queue.unsafeRead { Salvage(database: $0, now: now).salvaged }
  }

  private var salvaged: Salvaged {
    let intents = rows("intent", Intent.init(salvaged:))
    let charges = rows("charge", by: ["quarter", "worker", "budget"]) {
      Charge(salvaged: $0, now: now)
    }
    let preferences = rows("preference", by: ["name"], Rows.preference).values
    return Salvaged(
      workers: workers(),
      drafts: rows("draft", Draft.init(salvaged:)).values,
      intents: intents.values,
      preferences: Dictionary(preferences) { first, _ in first },
      charges: charges.values,
      runs: rows("run", RunCost.init(salvaged:)).values,
      downloads: rows("download", by: ["worker", "file"], KeptFile.init(salvaged:)).values,
      inputs: rows("input", PastInput.init(salvaged:)).values,
      isJournalWhole: isWhole("intent", intents.isEnd),
      areBooksWhole: isWhole("charge", charges.isEnd))
  }

  /// In the order of a table's key, each row once: from the first one to one that cannot be read,
  /// and where there is such a one, from the last one back to it.
  ///
  /// `isEnd` says that there was none, and that every row was understood.
  func rows<Value>(
    _ table: String, by key: [String] = ["position"], _ read: (Cells) -> Value?
  ) -> (values: [Value], isEnd: Bool) {
    var seen: Set<[DatabaseValue]> = []
    var (ascending, descending): ([Value], [Value]) = ([], [])
    var isUnderstood = true
    func sql(_ order: String) -> String {
      "SELECT * FROM \(table) ORDER BY " + key.map { "\($0) \(order)" }.joined(separator: ", ")
    }
    let isEnd = walk(sql("ASC")) { row in
      guard seen.insert(row.values(key)).inserted else { return true }
      if let value = read(row) { ascending.append(value) } else { isUnderstood = false }
      return true
    }
    guard !isEnd else { return (ascending, isUnderstood) }
    walk(sql("DESC")) { row in
      guard seen.insert(row.values(key)).inserted else { return false }
      if let value = read(row) { descending.append(value) }
      return true
    }
    return (ascending + descending.reversed(), false)
  }

  /// Until one cannot be read, or `take` has enough; whether the end was reached.
  @discardableResult
  func walk(_ sql: String, _ take: (Cells) -> Bool) -> Bool {
    do {
      let statement = try database.makeStatement(sql: sql)
      let rows = try Row.fetchCursor(statement)
      let places = Cells.places(statement.columnNames)
      for _ in 0..<Self.rowLimit {
        guard let row = try rows.next() else { return true }
        guard take(Cells(row: row, places: places)) else { return false }
      }
    } catch {
      // What was read counts.
    }
    return false
  }

  /// Whether a table has no rows but those that were read: where pages are lost between two others,
  /// a walk may come to its end too. A file of before the table was made has lost none of it.
  private func isWhole(_ table: String, _ isEnd: Bool) -> Bool {
    func isSound(_ table: String) -> Bool {
      let findings = try? String.fetchAll(database, sql: "PRAGMA integrity_check(\(table))")
      return findings == ["ok"]
    }
    if isEnd { return isSound(table) }
    return isSound("sqlite_schema") && (try? database.tableExists(table)) == false
  }
}
