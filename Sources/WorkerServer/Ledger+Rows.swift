import FoundationEssentials
import GRDB
import WorkerAPI

extension Ledger {
  /// Answers the names under which bytes are kept that nobody knows of any more.
  static func write(_ entry: Entry, isInFolder: Bool, to connection: Database) throws -> [String] {
    if case .file(let worker, let file) = entry {
      return try write(file, of: worker, isInFolder: isInFolder, to: connection)
    }
    try write(entry, to: connection)
    return []
  }

  private static func write(_ entry: Entry, to connection: Database) throws {
    switch entry {
    case .worker(let row):
      try connection.execute(
        sql: "INSERT INTO workers (id, created_at, title) VALUES (?, ?, ?)",
        arguments: [row.id, row.createdAt, row.title])
    case .turn(let recipe):
      try connection.execute(
        sql: """
          INSERT INTO turns (worker, number, scenario, seed, input, budget, started_at, speed,
            lines_rate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          recipe.worker, recipe.number, recipe.scenario.rawValue, Int64(bitPattern: recipe.seed),
          recipe.input, recipe.budget.word, recipe.startedAt, recipe.speed, recipe.linesRate,
        ])
    case .seal(let worker, let number, let events):
      try connection.execute(
        sql: "UPDATE turns SET events = ? WHERE worker = ? AND number = ?",
        arguments: [events.joined(separator: "\n"), worker, number])
      try connection.execute(
        sql: "DELETE FROM events WHERE worker = ? AND turn = ?", arguments: [worker, number])
    case .events(let worker, let number, let first, let events):
      try connection.execute(
        sql: "INSERT INTO events (worker, turn, first, data) VALUES (?, ?, ?, ?)",
        arguments: [worker, number, first, events.joined(separator: "\n")])
    case .file: break
    case .schedule(let kept): try write(kept, to: connection)
    case .unschedule(let id):
      try connection.execute(sql: "DELETE FROM schedules WHERE id = ?", arguments: [id])
    case .answer(let answer):
      try connection.execute(
        sql: "DELETE FROM answers WHERE at < ?", arguments: [answer.at - answerLifetime])
      try connection.execute(
        sql: "INSERT OR REPLACE INTO answers (key, fingerprint, body, at) VALUES (?, ?, ?, ?)",
        arguments: [answer.key, answer.fingerprint, answer.body, answer.at])
    }
  }

  private static func write(
    _ file: MadeFile, of worker: String, isInFolder: Bool, to connection: Database
  ) throws -> [String] {
    let old = try String.fetchOne(
      connection, sql: "SELECT place FROM files WHERE worker = ? AND path = ?",
      arguments: [worker, file.path])
    try connection.execute(
      sql: """
        INSERT INTO files (worker, path, media_type, bytes, place) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET media_type = excluded.media_type, bytes = excluded.bytes,
            place = excluded.place
        """,
      arguments: [
        worker, file.path, file.mediaType, isInFolder ? Data() : Data(file.bytes), file.place,
      ])
    guard let old, !old.isEmpty, old != file.place else { return [] }
    return [name(worker, old)]
  }

  private static func write(_ kept: KeptSchedule, to connection: Database) throws {
    var cron: String?
    var seconds: Int?
    switch kept.schedule.kind {
    case .cron(let expression): cron = expression
    case .delayed(let delay): seconds = delay
    case .interval(let interval): seconds = interval
    case .once, .other: break
    }
    try connection.execute(
      sql: """
        INSERT OR REPLACE INTO schedules (id, worker, input, budget, kind, cron, seconds,
          next_run_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        kept.schedule.id, kept.worker, kept.schedule.input, kept.schedule.budget.word,
        kept.schedule.kind.word, cron, seconds, kept.moment,
      ])
  }

  static func recipe(_ row: Row) -> Recipe {
    Recipe(
      worker: row["worker"], number: row["number"],
      scenario: Scenario(rawValue: row["scenario"]) ?? .composed,
      seed: UInt64(bitPattern: row["seed"] as Int64), input: row["input"],
      budget: Budget(row["budget"]), startedAt: row["started_at"], speed: row["speed"],
      linesRate: row["lines_rate"])
  }

  static func schedule(_ row: Row) -> KeptSchedule {
    let moment: Double = row["next_run_at"]
    let word: String = row["kind"]
    let kind: ScheduleKind =
      switch word {
      case "scheduled": .once(moment)
      case "delayed": .delayed(seconds: row["seconds"] ?? 1)
      case "cron": .cron(row["cron"] ?? "")
      case "interval": .interval(seconds: row["seconds"] ?? 1)
      default: .other(word)
      }
    return KeptSchedule(
      worker: row["worker"],
      schedule: Schedule(
        id: row["id"], budget: Budget(row["budget"]), input: row["input"], kind: kind,
        nextRunAt: moment))
  }
}
