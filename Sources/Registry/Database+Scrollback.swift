import Fleet
import GRDB

extension Database {
  /// Writes one change; belongs in a transaction. A leaf that is there as it is costs no write.
  func write(_ change: ScrollbackChange) throws {
    switch change {
    case .forget(let worker):
      try run(sql: "DELETE FROM leaf WHERE worker = ?", arguments: [worker.storable])
    case .cut(let worker, let section, let number):
      try run(
        sql: "DELETE FROM leaf WHERE worker = ? AND section = ? AND number >= ?",
        arguments: [worker.storable, section.rawValue, number])
    case .leaf(let leaf):
      guard !leaf.worker.isEmpty else { return }
      try run(
        sql: """
          INSERT INTO leaf
            (worker, section, number, turn, kind, words, details, startedAt, endedAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (worker, section, number) DO UPDATE SET
            turn = excluded.turn, kind = excluded.kind, words = excluded.words,
            details = excluded.details,
            startedAt = coalesce(excluded.startedAt, startedAt),
            endedAt = coalesce(excluded.endedAt, endedAt)
          WHERE words <> excluded.words OR details IS NOT excluded.details
            OR turn <> excluded.turn OR kind <> excluded.kind
            OR endedAt IS NOT coalesce(excluded.endedAt, endedAt)
          """,
        arguments: [
          leaf.worker.storable, leaf.section.rawValue, leaf.number, leaf.turn,
          leaf.kind.rawValue, leaf.words.storable, leaf.details?.storable, leaf.startedAt,
          leaf.endedAt,
        ])
    }
  }

  func window(_ worker: String, at place: ScrollbackPlace) throws -> ScrollbackWindow? {
    let bounds = try Cells.fetchOne(
      self,
      sql: """
        SELECT
          (SELECT min(number) FROM leaf WHERE worker = ?1 AND section = ?2) AS first,
          (SELECT max(number) FROM leaf WHERE worker = ?1 AND section = ?2) AS last
        """, arguments: [worker.storable, Leaf.Section.entry.rawValue])
    guard let first = bounds?.whole("first"), let last = bounds?.whole("last") else { return nil }
    let whole = first...last
    var leaves: [Leaf]
    switch place {
    case .first: leaves = try stretch(worker, after: first - 1, bytes: ScrollbackWindow.byteLimit)
    case .last: leaves = try stretch(worker, before: last + 1, bytes: ScrollbackWindow.byteLimit)
    case .around(let number):
      let middle = min(max(number, first), last)
      let half = ScrollbackWindow.byteLimit / 2
      let earlier = try stretch(worker, before: middle, bytes: half)
      let later = try stretch(worker, after: middle - 1, bytes: half)
      let joins = earlier.last.map { $0.number + 1 == later.first?.number } ?? true
      leaves = (joins ? earlier : []) + later
    }
    guard let start = leaves.first, let end = leaves.last else { return nil }
    let before = try Int.fetchOne(
      self, sql: "SELECT turn FROM leaf WHERE worker = ? AND section = ? AND number = ?",
      arguments: [worker.storable, Leaf.Section.entry.rawValue, start.number - 1])
    let firstTurn = before == start.turn ? start.turn + 1 : start.turn
    let lastTurn = end.number == last ? Int.max : end.turn
    let prompts = try Leaf.fetch(
      self,
      sql: """
        SELECT * FROM leaf WHERE worker = ? AND section = ? AND turn BETWEEN ? AND ?
        ORDER BY number LIMIT ?
        """,
      arguments: [
        worker.storable, Leaf.Section.prompt.rawValue, firstTurn, lastTurn,
        ScrollbackWindow.entryLimit,
      ])
    return ScrollbackWindow(
      worker: worker, transcript: Transcript(leaves: leaves, prompts: prompts),
      range: start.number...end.number, whole: whole)
  }

  /// Entries that follow a number without a gap, up to so many bytes; at least one.
  private func stretch(_ worker: String, after number: Int, bytes: Int) throws -> [Leaf] {
    try stretch(
      worker, "number > ? ORDER BY number", number, step: 1, bytes: bytes)
  }

  private func stretch(_ worker: String, before number: Int, bytes: Int) throws -> [Leaf] {
    try stretch(
      worker, "number < ? ORDER BY number DESC", number, step: -1, bytes: bytes
    ).reversed()
  }

  private func stretch(
    _ worker: String, _ condition: String, _ number: Int, step: Int, bytes: Int
  ) throws -> [Leaf] {
    let rows = try Row.fetchCursor(
      self, sql: "SELECT * FROM leaf WHERE worker = ? AND section = ? AND \(condition)",
      arguments: [worker.storable, Leaf.Section.entry.rawValue, number])
    var leaves: [Leaf] = []
    var weight = 0
    while leaves.count < ScrollbackWindow.entryLimit / 2, let row = try rows.next() {
      guard let leaf = Leaf(Cells(row)) else { break }
      if let last = leaves.last, leaf.number != last.number + step { break }
      weight += leaf.weight
      if !leaves.isEmpty, weight > bytes { break }
      leaves.append(leaf)
    }
    return leaves
  }
}

extension Leaf {
  fileprivate static func fetch(
    _ database: Database, sql: String, arguments: StatementArguments
  ) throws -> [Leaf] {
    try Row.fetchAll(database, sql: sql, arguments: arguments).compactMap { Leaf(Cells($0)) }
  }

  /// A kind of a later version is shown as its words.
  init?(_ row: Cells) {
    guard let worker = row.text("worker"), let number = row.whole("number"),
      let section = row.whole("section").flatMap(Section.init(rawValue:)),
      let turn = row.whole("turn"), let kind = row.text("kind"), let words = row.text("words")
    else { return nil }
    self.init(
      worker: worker, section: section, number: number, turn: turn,
      kind: Kind(rawValue: kind) ?? .plain, words: words, details: row.text("details"),
      startedAt: row.number("startedAt"), endedAt: row.number("endedAt"))
  }
}
