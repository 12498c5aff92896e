import Fleet
import FoundationEssentials
import GRDB

/// What stands in a registry's file, for people who ask whether it is sound.
public struct RegistryReport: Hashable, Sendable {
  public var path: String
  /// The newest migration of the file, such as v2.
  public var schema: String?
  /// The newest one that this program knows.
  public var known: String
  /// Rows by table, also those that cannot be read.
  public var counts: [String: Int] = [:]
  /// Rows with words that this program does not know.
  public var unread = 0
  /// Bytes with the journals.
  public var size: Int
  /// The first ten findings of SQLite's `quick_check`; empty when there are none.
  public var faults: [String] = []
  public var isNewer = false
  /// Names of files beside it that were set aside or kept as copies, oldest first.
  public var copies: [String]

  public var isDamaged: Bool { !faults.isEmpty }
}

extension RegistryFile {
  /// What a file is, before anything is done with it.
  enum Condition: Hashable {
    /// There is none, or one without a byte, as a full disk leaves it.
    case empty
    case damaged
    /// Of this program or an older one.
    case known
    /// The newest migration that this program does not know.
    case newer(schema: String)
  }

  /// Looks at the file through a connection that cannot write.
  func condition() throws -> Condition {
    guard size(path) > 0 else { return .empty }
    // SQLite takes less than its smallest page for an empty file, and would write over it.
    guard size(path) >= 512, !isBeingSetAside else { return .damaged }
    return try inspecting { database in
      let sound = try String.fetchAll(database, sql: "PRAGMA quick_check(1)") == ["ok"]
      guard sound else { return .damaged }
      return try unknownSchema(database).map(Condition.newer) ?? .known
    } ?? .damaged
  }

  /// Throws `missing` when there is no file.
  func check() throws -> RegistryReport {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RegistryError.missing(path: path)
    }
    var report = RegistryReport(
      path: path, known: migrator.migrations.last ?? "none",
      size: ([""] + Self.journals).map { size(path + $0) }.reduce(0, +), copies: try copies())
    guard size(path) > 0 else { return report }
    guard !isBeingSetAside else {
      report.faults = ["a start that set it aside was cut off; the next one goes on with it"]
      return report
    }
    let isRead =
      size(path) >= 512
      ? try inspecting { database in
        let faults = try String.fetchAll(database, sql: "PRAGMA quick_check(10)")
        report.faults = faults == ["ok"] ? [] : faults
        guard faults == ["ok"] else { return true }
        report.schema = try schemas(database).last
        report.isNewer = try unknownSchema(database) != nil
        for table in Schema.tables where try database.tableExists(table) {
          report.counts[table] = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)")
        }
        let recollection = try Rows.recollection(database)
        report.unread =
          report.counts.values.reduce(0, +) - recollection.workers.count
          - recollection.drafts.count - recollection.intents.count
          - recollection.preferences.count
        return true
      } : nil
    if isRead == nil { report.faults = ["the file is no database"] }
    return report
  }

  /// Nil for what is no database at all; `RegistryError` where the file cannot be read.
  private func inspecting<Answer>(_ look: (Database) throws -> Answer) throws -> Answer? {
    do {
      let database = try reader()
      defer { try? database.close() }
      return try database.read(look)
    } catch let error as DatabaseError {
      guard [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) else {
        throw RegistryError.unusable(path: path, reason: error.reason)
      }
      return nil
    }
  }

  /// The newest migration of the file that this program does not know.
  private func unknownSchema(_ database: Database) throws -> String? {
    try schemas(database).last { !migrator.migrations.contains($0) }
  }

  func schemas(_ database: Database) throws -> [String] {
    guard try database.tableExists("grdb_migrations") else { return [] }
    return try String.fetchAll(
      database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
  }
}
