import Fleet
import GRDB
import WorkerAPI

extension Database {
  /// Writes one memo; belongs in a transaction.
  ///
  /// `owner` is the console that sends the orders among them; nil when none does.
  func keep(_ memo: Memo, owner: Int? = nil) throws {
    switch memo {
    case .worker(let worker): try keep(worker)
    case .revise(let worker, let fields): try revise(worker, fields)
    case .forget(let id): try forget(id)
    case .draft(let draft): try keep(draft)
    case .intent(let intent): try keep(intent, owner)
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
          account, lastSeen, lastSeenAt, schedules, schedulesAt, email)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          title = excluded.title, instruction = excluded.instruction, budget = excluded.budget,
          addedAt = excluded.addedAt, isUnread = excluded.isUnread,
          isPinned = excluded.isPinned, isArchived = excluded.isArchived,
          isMarked = excluded.isMarked, account = excluded.account,
          lastSeen = coalesce(excluded.lastSeen, lastSeen), lastSeenAt = excluded.lastSeenAt,
          schedules = excluded.schedules, schedulesAt = excluded.schedulesAt,
          email = excluded.email
        """,
      arguments: [
        worker.id.storable, worker.title?.storable, worker.instruction.storable,
        worker.budget.word.storable, worker.addedAt, worker.isUnread, worker.isPinned,
        worker.isArchived, worker.isMarked, worker.account?.json.text, worker.lastSeen?.storable,
        worker.lastSeenAt, worker.schedulesText, worker.schedulesAt, worker.email?.storable,
      ])
  }

  /// Changes what a program changed and leaves the rest as another one may have written it.
  private func revise(_ worker: KnownWorker, _ fields: KnownWorker.Fields) throws {
    var columns: [(name: String, value: (any DatabaseValueConvertible)?)] = []
    if fields.contains(.title) { columns.append(("title", worker.title?.storable)) }
    if fields.contains(.pin) { columns.append(("isPinned", worker.isPinned)) }
    if fields.contains(.archive) { columns.append(("isArchived", worker.isArchived)) }
    if fields.contains(.mark) { columns.append(("isMarked", worker.isMarked)) }
    if fields.contains(.unread) { columns.append(("isUnread", worker.isUnread)) }
    if fields.contains(.figures) {
      columns += [
        ("account", worker.account?.json.text), ("lastSeenAt", worker.lastSeenAt),
      ]
      if let text = worker.lastSeen { columns.append(("lastSeen", text.storable)) }
    }
    if fields.contains(.schedules) {
      columns += [("schedules", worker.schedulesText), ("schedulesAt", worker.schedulesAt)]
    }
    if fields.contains(.email) { columns.append(("email", worker.email?.storable)) }
    guard !columns.isEmpty else { return }
    let setters = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
    try run(
      sql: "UPDATE worker SET \(setters) WHERE id = ?",
      arguments: StatementArguments(columns.map(\.value) + [worker.id.storable]))
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

  private func keep(_ intent: Intent, _ owner: Int?) throws {
    try run(
      sql: """
        INSERT INTO intent (id, kind, worker, input, budget, madeAt, "when", owner)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          kind = excluded.kind, worker = excluded.worker, input = excluded.input,
          budget = excluded.budget, madeAt = excluded.madeAt, "when" = excluded."when", owner = excluded.owner
        """,
      arguments: [
        intent.id.storable, intent.kind.rawValue, intent.worker?.storable,
        intent.input.storable, intent.budget.word.storable, intent.madeAt,
        intent.when?.requestJSON.text, owner,
      ])
  }
}

extension Database {
  /// Keeps the statement for the next entry: lists of a hundred thousand hold the lock for seconds.
  ///
  /// Its arguments are let go, for an answer of many megabytes may be among them; a statement that
  /// failed is not kept by GRDB and cannot be cleared.
  func run(sql: String, arguments: StatementArguments) throws {
    let statement = try cachedStatement(sql: sql)
    try statement.execute(arguments: arguments)
    statement.setUncheckedArguments([])
  }
}

extension String {
  /// NUL becomes U+FFFD: GRDB hands text to SQLite up to the first NUL, so the rest would be lost.
  var storable: String {
    guard utf8.contains(0) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }
}
