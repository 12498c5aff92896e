public import Fleet
import GRDB

/// What the console remembers between runs, in one SQLite file.
///
/// The API has no list call, so this file is the only list of workers: it is written in whole
/// transactions that are on the disk when `keep` returns, and a file that cannot be read is set
/// aside and never overwritten. A file that may not be written is only read, and then `keep` always
/// throws, so that nothing is sent that could not be journaled. No API key is ever stored in it.
public actor Registry: Memory {
  /// Why nothing can be kept; nil when it can.
  public nonisolated let refusal: RegistryError?
  /// Sentences from the opening, for the operator.
  public nonisolated let notices: [String]

  private let database: DatabaseQueue
  private let path: String

  init(
    database: DatabaseQueue, path: String, notices: [String] = [], refusal: RegistryError? = nil
  ) {
    self.database = database
    self.path = path
    self.notices = notices + (refusal.map { [$0.description] } ?? [])
    self.refusal = refusal
  }

  /// Opens or creates `registry.sqlite` in a folder of its own, both for this user only.
  ///
  /// A file of a newer program, and one that cannot be written, is opened for reading only and says
  /// so in `refusal`. Throws `RegistryError` where nothing can be read either.
  public static func open(folder: String) throws -> Registry {
    try RegistryFile(folder: folder).open()
  }

  /// Opens the registry as it is: nothing is created, changed or set aside.
  public static func read(folder: String) throws -> Registry {
    try RegistryFile(folder: folder).read()
  }

  /// What is known of the file in a folder without opening it for writing.
  public static func check(folder: String) throws -> RegistryReport {
    try RegistryFile(folder: folder).check()
  }

  /// A registry that forgets everything at the end.
  public static func inMemory() throws -> Registry {
    let database = try DatabaseQueue()
    try Schema.migrator.migrate(database)
    return Registry(database: database, path: "the registry in memory")
  }

  public func recall() throws -> Recollection {
    var recollection = try database.read { try Rows.recollection($0) }
    recollection.notices = notices + recollection.notices
    return recollection
  }

  /// Blocks until the disk has it, so that neither a cancelled task nor `kill -9` loses it.
  public func keep(_ memos: [Memo]) throws {
    guard !memos.isEmpty else { return }
    try write { database in
      for memo in memos { try database.keep(memo) }
    }
  }

  /// Reads all and keeps what follows from it in one transaction, so that no other console writes
  /// between the two; what `decide` throws leaves the registry as it was.
  @discardableResult
  public func revise<Answer: Sendable>(
    _ decide: @Sendable (Recollection) throws -> (memos: [Memo], answer: Answer)
  ) throws -> Answer {
    try write { database in
      let (memos, answer) = try decide(Rows.recollection(database))
      for memo in memos { try database.keep(memo) }
      return answer
    }
  }

  /// Keeps all of it in a registry that has no worker, draft or intent; throws `notEmpty` otherwise.
  public func fill(_ memos: [Memo]) throws {
    let path = path
    try write { database in
      // Rows that cannot be read count too: they are somebody's.
      for table in Schema.tables where table != "preference" {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)")
        guard count == 0 else { throw RegistryError.notEmpty(path: path) }
      }
      for memo in memos { try database.keep(memo) }
    }
  }

  /// A whole transaction; an error of the disk is given as a sentence with the file's name.
  private func write<Answer>(_ change: (Database) throws -> Answer) throws -> Answer {
    if let refusal { throw refusal }
    do {
      return try database.write(change)
    } catch let error as DatabaseError {
      throw RegistryError.unusable(path: path, reason: error.reason)
    }
  }
}

extension DatabaseError {
  /// What went wrong in SQLite's words, without the statement.
  var reason: String { message ?? "\(resultCode)" }
}
