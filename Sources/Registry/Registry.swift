public import Fleet
import GRDB

/// What the console remembers between runs, in one SQLite file.
///
/// The API has no list call, so this file is the only list of workers: it is written in whole
/// transactions that are on the disk when `keep` returns, earlier copies of it are kept, and a
/// file that cannot be read is set aside and never overwritten. A file that may not be written is
/// only read, and then `keep` always throws, so that nothing is sent that could not be journaled.
/// No API key is ever stored in it.
public actor Registry: Memory {
  /// Why nothing can be kept; nil when it can.
  public nonisolated let refusal: RegistryError?
  /// Sentences from the opening, for the operator.
  public nonisolated let notices: [String]

  /// The consoles on this file; nil where this program is none of them.
  public nonisolated let attendance: Attendance?

  private let database: DatabaseQueue
  private let path: String
  /// Where copies are kept; nil where none are.
  nonisolated let folder: String?
  /// What was recalled, from which the baseline is made when it is first needed.
  private var start: (recollection: Recollection, foreign: Set<String>, stamp: Int)?
  private var baseline: Baseline?

  init(
    database: DatabaseQueue, path: String, folder: String? = nil, notices: [String] = [],
    refusal: RegistryError? = nil, attendance: Attendance? = nil
  ) {
    self.database = database
    self.path = path
    self.folder = folder
    self.attendance = attendance
    self.notices = notices + (refusal.map { [$0.description] } ?? [])
    self.refusal = refusal
  }

  /// Opens or creates `registry.sqlite` in a folder of its own, both for this user only.
  ///
  /// A file of a newer program, and one that cannot be written, is opened for reading only and says
  /// so in `refusal`. Throws `RegistryError` where nothing can be read either. `attending` makes this
  /// program one of the consoles on it, of which one asks the server.
  public static func open(folder: String, attending: Bool = false) throws -> Registry {
    try RegistryFile(folder: folder, isAttended: attending).open()
  }

  /// Opens the registry as it is: nothing is created, changed or set aside, but for a write that
  /// was cut off, which is taken back.
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

  /// Orders of consoles that are still there are left to them.
  public func recall() throws -> Recollection {
    var (recollection, foreign, stamp) = try database.read { database in
      var recollection = try Rows.recollection(database)
      let foreign = Set(
        try Rows.owners(database).filter { standing($0.owner) == .other }.map(\.intent))
      recollection.intents.removeAll { foreign.contains($0.id) }
      return (recollection, foreign, try Baseline.stamp(database))
    }
    start = attendance == nil ? nil : (recollection, foreign, stamp)
    baseline = nil
    recollection.notices = notices + recollection.notices
    return recollection
  }

  /// Blocks until the disk has it, so that neither a cancelled task nor `kill -9` loses it.
  public func keep(_ memos: [Memo]) throws {
    guard !memos.isEmpty else { return }
    guard let attendance else {
      return try write { database in
        for memo in memos { try database.keep(memo) }
      }
    }
    let (before, after) = try write { database in
      let before = try Baseline.stamp(database)
      for memo in memos { try database.keep(memo, owner: attendance.id) }
      return (before, try Baseline.stamp(database))
    }
    prepareBaseline()
    for memo in memos { baseline?.note(memo) }
    // What others wrote before it is still to be read.
    if baseline?.stamp == before { baseline?.stamp = after }
  }

  public func changes() throws -> [Memo] {
    prepareBaseline()
    // Taken out, so that it is changed in place.
    guard var known = baseline else { return [] }
    baseline = nil
    defer { baseline = known }
    do {
      return try database.read { try known.changes($0, standing: standing) }
    } catch let error as DatabaseError {
      throw RegistryError.unusable(path: path, reason: error.reason)
    }
  }

  private func prepareBaseline() {
    guard let start else { return }
    baseline = Baseline(start.recollection, foreign: start.foreign, stamp: start.stamp)
    self.start = nil
  }

  /// Whose a console's mark is; that of a file without consoles is of one that is gone.
  private nonisolated func standing(_ owner: Int) -> Attendance.Standing {
    attendance?.standing(of: owner) ?? .gone
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
