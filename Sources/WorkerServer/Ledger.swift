import FoundationEssentials
import GRDB
import WorkerAPI

/// What the server keeps between runs, in SQLite; recipes are kept, not clocks, so that a running turn
/// goes on where the time says.
struct Ledger: Sendable {
  private let database: any DatabaseWriter
  private let lock: FolderLock?

  /// One change; a list of them is one transaction.
  enum Entry: Sendable {
    case worker(WorkerRow)
    case turn(Recipe)
    /// A turn has ended; these are the data of its events, each on one line.
    case seal(worker: String, number: Int, events: [String])
    case file(worker: String, MadeFile)
    case schedule(KeptSchedule)
    case unschedule(String)
    case answer(KeptAnswer)
  }

  struct WorkerRow: Hashable, Sendable {
    var id: String
    /// Seconds since 1970.
    var createdAt: Double
    var title: String?
  }

  /// The answer to a request that bore an idempotency key.
  struct KeptAnswer: Hashable, Sendable {
    var key: String
    /// Tells a repeated request from another one under the same key.
    var fingerprint: String
    var body: String
    /// Seconds since 1970.
    var at: Double
  }

  /// Answers are kept for a day, as a client that repeats itself does so within minutes.
  static let answerLifetime = 86_400.0

  /// Opens the ledger of a folder, which is made when it is not there; nil keeps it in memory.
  init(folder: String?) throws {
    guard let folder else {
      lock = nil
      database = try DatabaseQueue()
      try Self.migrator.migrate(database)
      return
    }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: nil)
    lock = try FolderLock(folder: folder)
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // WAL with synchronous NORMAL survives the end of the process, but not always of the machine.
    database = try DatabasePool(path: "\(folder)/server.sqlite", configuration: configuration)
    try Self.migrator.migrate(database)
  }

  func write(_ entries: [Entry]) throws {
    guard !entries.isEmpty else { return }
    try database.write { connection in
      for entry in entries { try Self.write(entry, to: connection) }
    }
  }

  func workers() throws -> [WorkerRow] {
    try database.read { connection in
      try Row.fetchAll(connection, sql: "SELECT * FROM workers ORDER BY rowid").map {
        WorkerRow(id: $0["id"], createdAt: $0["created_at"], title: $0["title"])
      }
    }
  }

  /// Every turn of every worker, oldest first, and whether it has ended.
  func turns() throws -> [(recipe: Recipe, isSealed: Bool)] {
    try database.read { connection in
      try Row.fetchAll(
        connection,
        sql: """
          SELECT worker, number, scenario, seed, input, budget, started_at, speed, lines_rate,
            events IS NOT NULL AS is_sealed FROM turns ORDER BY worker, number
          """
      ).map { (Self.recipe($0), $0["is_sealed"]) }
    }
  }

  /// The data of a sealed turn's events; nil while it is played.
  func events(worker: String, number: Int) throws -> [String]? {
    let text = try database.read { connection in
      try String.fetchOne(
        connection, sql: "SELECT events FROM turns WHERE worker = ? AND number = ?",
        arguments: [worker, number])
    }
    return text.map { $0.split(separator: "\n").map(String.init) }
  }

  func file(worker: String, path: String) throws -> MadeFile? {
    try database.read { connection in
      try Row.fetchOne(
        connection, sql: "SELECT * FROM files WHERE worker = ? AND path = ?",
        arguments: [worker, path]
      ).map { row in
        let bytes: Data = row["bytes"]
        return MadeFile(path: row["path"], mediaType: row["media_type"], bytes: Array(bytes))
      }
    }
  }

  func schedules() throws -> [KeptSchedule] {
    try database.read { connection in
      try Row.fetchAll(connection, sql: "SELECT * FROM schedules ORDER BY id").map(Self.schedule)
    }
  }

  func answer(key: String) throws -> KeptAnswer? {
    try database.read { connection in
      try Row.fetchOne(connection, sql: "SELECT * FROM answers WHERE key = ?", arguments: [key])
        .map {
          KeptAnswer(
            key: $0["key"], fingerprint: $0["fingerprint"], body: $0["body"], at: $0["at"])
        }
    }
  }
}
