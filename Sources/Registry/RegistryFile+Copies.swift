import FoundationEssentials
import GRDB
import Glibc

extension RegistryFile {
  /// Copies from before a migration that are kept; when there are more, the oldest go.
  static let copyLimit = 3

  /// Without a copy nothing is changed.
  struct CopyFailure: Error {
    var reason: String
  }

  /// Brings the schema up to date; a file with entries is copied before, and a failing migration
  /// leaves it as it was.
  func migrate(_ database: DatabaseQueue, _ notices: inout [String]) throws {
    let applied = try database.read(schemas)
    guard let next = migrator.migrations.last, !applied.contains(next) else { return }
    let isFilled = try database.read { database in
      try Schema.tables.contains { table in
        guard try database.tableExists(table) else { return false }
        return try Row.fetchOne(database, sql: "SELECT 1 FROM \(table) LIMIT 1") != nil
      }
    }
    let copy = isFilled ? try keepCopy(database, before: next) : nil
    try migrator.migrate(database)
    guard let copy else { return }
    notices.append(
      "The registry was brought to schema \(next). What it was before is kept as \(copy).")
    prune("before", besides: copy, to: Self.copyLimit)
  }

  private func keepCopy(_ database: DatabaseQueue, before schema: String) throws -> String {
    let copy = freeName("before-\(schema)")
    let draft = copy + ".part"
    unlink(draft)
    try writeCopy(of: database, to: draft)
    try place(draft, as: copy)
    return copy
  }

  /// Writes a consistent copy to a file that is not there yet, on the disk and for this user only.
  func writeCopy(of database: DatabaseQueue, to draft: String) throws {
    // SQLite writes into an empty file that is there, and leaves its permissions.
    let file = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CopyFailure(reason: systemReason) }
    defer { close(file) }
    do {
      // `read` would begin a transaction, in which SQLite does no VACUUM.
      try database.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [draft]) }
    } catch let error as DatabaseError {
      unlink(draft)
      throw CopyFailure(reason: error.reason)
    }
    // SQLite does not wait for the disk here (sqlite.org/lang_vacuum.html).
    guard fsync(file) == 0 else {
      let reason = systemReason
      unlink(draft)
      throw CopyFailure(reason: reason)
    }
  }

  /// Gives a draft that is on the disk its name.
  func place(_ draft: String, as copy: String) throws {
    guard rename(draft, copy) == 0 else {
      let reason = systemReason
      unlink(draft)
      throw CopyFailure(reason: reason)
    }
    syncFolder()
  }

  /// Names of files reach the disk with their folder.
  func syncFolder() {
    let parent = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return }
    fsync(parent)
    close(parent)
  }

  /// Removes the oldest copies of a kind beyond the limit, never the fresh one nor what was set
  /// aside.
  func prune(_ kind: String, besides fresh: String, to limit: Int) {
    let others = ((try? copies()) ?? []).filter {
      $0.hasPrefix("registry.\(kind)-") && "\(folder)/\($0)" != fresh
    }
    for name in others.dropLast(limit - 1) { unlink("\(folder)/\(name)") }
  }

  /// Names of what was kept and set aside, oldest first by the stamps in them.
  func copies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { name in
        name.hasSuffix(".sqlite")
          && ["before", "previous", "damaged"].contains { name.hasPrefix("registry.\($0)-") }
      }
      .sorted { (Self.stamp(in: $0), $0) < (Self.stamp(in: $1), $1) }
  }

  /// Later ones are greater; empty for a name without one.
  static func stamp(in name: String) -> Substring {
    name.firstMatch(of: /[0-9]{8}-[0-9]{6}(?:-again)*/)?.output ?? ""
  }

  func freeName(_ word: String) -> String {
    var stamp = Self.stamp(at: now)
    while ([""] + Self.journals).contains(where: {
      FileManager.default.fileExists(atPath: "\(folder)/registry.\(word)-\(stamp).sqlite\($0)")
    }) {
      stamp += "-again"
    }
    return "\(folder)/registry.\(word)-\(stamp).sqlite"
  }

  /// Year to second in UTC, as in 20260131-235959.
  static func stamp(at moment: time_t) -> String {
    var moment = moment
    var parts = tm()
    gmtime_r(&moment, &parts)
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(padded).joined()
    return date + "-" + [parts.tm_hour, parts.tm_min, parts.tm_sec].map(padded).joined()
  }

  var systemReason: String { String(cString: strerror(errno)) }
}
