import Fleet
import GRDB
import WorkerAPI

extension Database {
  /// Writes one memo; belongs in a transaction.
  func keep(_ memo: Memo) throws {
    switch memo {
    case .worker(let worker): try keep(worker)
    case .forget(let id): try forget(id)
    case .draft(let draft): try keep(draft)
    case .intent(let intent): try keep(intent)
    case .settled(let id):
      try run(sql: "DELETE FROM intent WHERE id = ?", arguments: [id.storable])
    case .charge(let charge): try keep(charge)
    case .run(let run): try keep(run)
    case .download(let file): try keep(file)
    case .input(let input): try keep(input)
    case .preference(let name, let value):
      try run(
        sql: "INSERT OR REPLACE INTO preference (name, value) VALUES (?, ?)",
        arguments: [name.storable, value.storable])
    }
  }

  /// A worker that is known keeps its position.
  private func keep(_ worker: KnownWorker) throws {
    try run(
      sql: """
        INSERT INTO worker
          (id, title, instruction, budget, addedAt, isUnread, isPinned, isArchived, isMarked,
          account, lastSeen, lastSeenAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          title = excluded.title, instruction = excluded.instruction, budget = excluded.budget,
          addedAt = excluded.addedAt, isUnread = excluded.isUnread,
          isPinned = excluded.isPinned, isArchived = excluded.isArchived,
          isMarked = excluded.isMarked, account = excluded.account,
          lastSeen = excluded.lastSeen, lastSeenAt = excluded.lastSeenAt
        """,
      arguments: [
        worker.id.storable, worker.title?.storable, worker.instruction.storable,
        worker.budget.word.storable, worker.addedAt, worker.isUnread, worker.isPinned,
        worker.isArchived, worker.isMarked, worker.account?.json.text, worker.lastSeen?.storable,
        worker.lastSeenAt,
      ])
  }

  /// Drafts and what was downloaded are of no use without their worker; intents and charges stay,
  /// for they may have been paid, or were.
  private func forget(_ id: String) throws {
    try run(sql: "DELETE FROM worker WHERE id = ?", arguments: [id.storable])
    try run(
      sql: "DELETE FROM draft WHERE worker = ? AND worker <> ''", arguments: [id.storable])
    try run(sql: "DELETE FROM download WHERE worker = ?", arguments: [id.storable])
    try run(sql: "DELETE FROM run WHERE worker = ?", arguments: [id.storable])
  }

  private func keep(_ draft: Draft) throws {
    let subject = draft.subject.columns
    guard !draft.text.isEmpty else {
      return try run(
        sql: "DELETE FROM draft WHERE kind = ? AND worker = ?",
        arguments: [subject.kind, subject.worker.storable])
    }
    try run(
      sql: """
        INSERT INTO draft (kind, worker, text, cursor, budget) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (kind, worker) DO UPDATE SET
          text = excluded.text, cursor = excluded.cursor, budget = excluded.budget
        """,
      arguments: [
        subject.kind, subject.worker.storable, draft.text.storable, max(0, draft.cursor),
        draft.budget.word.storable,
      ])
  }

  private func keep(_ intent: Intent) throws {
    try run(
      sql: """
        INSERT INTO intent (id, kind, worker, input, budget, madeAt, "when")
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          kind = excluded.kind, worker = excluded.worker, input = excluded.input,
          budget = excluded.budget, madeAt = excluded.madeAt, "when" = excluded."when"
        """,
      arguments: [
        intent.id.storable, intent.kind.rawValue, intent.worker?.storable,
        intent.input.storable, intent.budget.word.storable, intent.madeAt,
        intent.when?.requestJSON.text,
      ])
  }
}

extension Database {
  /// Keeps the statement for the next entry: lists of a hundred thousand hold the lock for seconds.
  func run(sql: String, arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

extension String {
  /// NUL becomes U+FFFD: GRDB hands text to SQLite up to the first NUL, so the rest would be lost.
  var storable: String {
    guard utf8.contains(0) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }
}
