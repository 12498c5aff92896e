import FoundationEssentials
import GRDB
import WorkerAPI

/// What the server keeps between runs, in SQLite: for each turn its recipe, from which it goes on where
/// the time says, and every event that it has said.
struct Ledger: Sendable {
  private let database: any DatabaseWriter
  /// Nil in memory: the bytes of files are then in the database.
  private let store: FileStore?
  private let lock: FolderLock?

  /// One change; a list of them is one transaction.
  enum Entry: Sendable {
    case worker(WorkerRow)
    case turn(Recipe)
    /// What a turn has said from its `first` event on; data never hold a newline.
    case events(worker: String, number: Int, first: Int, [String])
    /// A turn has ended; these are the data of all its events.
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
      store = nil
      database = try DatabaseQueue()
      try Self.migrator.migrate(database)
      return
    }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: nil)
    lock = try FolderLock(folder: folder)
    store = try FileStore(folder: "\(folder)/files")
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // A pool keeps a WAL with synchronous NORMAL: whatever was committed survives any end of the
    // process, as the kernel has it. FULL would also survive the end of the machine, at the price of
    // a wait for the disk thirty times a second while anything is played.
    database = try DatabasePool(path: "\(folder)/server.sqlite", configuration: configuration)
    try Self.migrator.migrate(database)
  }

  /// Bytes of files come first and the transaction that tells of them second, so that a file that is
  /// known is there; the bytes that it replaces go last.
  func write(_ entries: [Entry]) throws {
    guard !entries.isEmpty else { return }
    if let store {
      for case .file(let worker, let file) in entries {
        try store.put(file.bytes, as: Self.name(worker, file.place))
      }
    }
    let isInFolder = store != nil
    let replaced = try database.write { connection in
      try entries.flatMap { try Self.write($0, isInFolder: isInFolder, to: connection) }
    }
    for name in replaced { store?.remove(name) }
  }

  static func name(_ worker: String, _ place: String) -> String { "\(worker).\(place)" }

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

  /// The data of the events that a turn has said so far, while it is played.
  func begun(worker: String, number: Int) throws -> [String] {
    try database.read { connection in
      try String.fetchAll(
        connection, sql: "SELECT data FROM events WHERE worker = ? AND turn = ? ORDER BY first",
        arguments: [worker, number])
    }.flatMap { $0.split(separator: "\n").map(String.init) }
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
    let file = try database.read { connection in
      try Row.fetchOne(
        connection, sql: "SELECT * FROM files WHERE worker = ? AND path = ?",
        arguments: [worker, path]
      ).map { row in
        let bytes: Data = row["bytes"]
        return MadeFile(
          path: row["path"], mediaType: row["media_type"], bytes: Array(bytes), place: row["place"])
      }
    }
    guard let store, var file, !file.place.isEmpty else { return file }
    guard let bytes = try store.bytes(of: Self.name(worker, file.place)) else { return nil }
    file.bytes = bytes
    return file
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
