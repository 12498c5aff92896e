public import Fleet
import GRDB

/// What the console remembers between runs, in one SQLite file.
///
/// The API has no list call, so this file is the only list of workers: it is written in whole
/// transactions that are on the disk when `keep` returns, and a file that cannot be read is set
/// aside and never overwritten. No API key is ever stored in it.
public actor Registry: Memory {
  private let database: DatabaseQueue
  /// Sentences from the opening, for the operator.
  private let notices: [String]

  init(database: DatabaseQueue, notices: [String] = []) throws {
    try Schema.migrator.migrate(database)
    self.database = database
    self.notices = notices
  }

  /// Opens or creates `registry.sqlite` in a folder of its own, both for this user only.
  ///
  /// Throws `RegistryError` for a file of a newer program, which stays as it is.
  public static func open(folder: String) throws -> Registry {
    try RegistryFile(folder: folder).open()
  }

  /// A registry that forgets everything at the end.
  public static func inMemory() throws -> Registry {
    try Registry(database: DatabaseQueue())
  }

  public func recall() throws -> Recollection {
    var recollection = try database.read { try Rows.recollection($0) }
    recollection.notices = notices + recollection.notices
    return recollection
  }

  /// Blocks until the disk has it, so that neither a cancelled task nor `kill -9` loses it.
  public func keep(_ memos: [Memo]) throws {
    guard !memos.isEmpty else { return }
    try database.write { database in
      for memo in memos { try database.keep(memo) }
    }
  }
}
