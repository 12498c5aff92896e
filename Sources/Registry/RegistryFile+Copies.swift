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
    prune()
  }

  /// A consistent copy that is on the disk, for this user only; answers its path.
  private func keepCopy(_ database: DatabaseQueue, before schema: String) throws -> String {
    let copy = freeName("before-\(schema)")
    let draft = copy + ".part"
    unlink(draft)
    // SQLite writes into an empty file that is there, and leaves its permissions.
    let file = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CopyFailure(reason: "no copy could be made: \(systemReason)") }
    defer { close(file) }
    do {
      try database.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [draft])
      }
    } catch let error as DatabaseError {
      unlink(draft)
      throw CopyFailure(reason: "no copy could be made before a change: \(error.reason)")
    }
    // SQLite does not wait for the disk here (sqlite.org/lang_vacuum.html).
    guard fsync(file) == 0, rename(draft, copy) == 0 else {
      let reason = systemReason
      unlink(draft)
      throw CopyFailure(reason: "no copy could be made before a change: \(reason)")
    }
    let parent = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
    return copy
  }

  /// Removes the oldest copies from before migrations beyond the limit; never what was set aside.
  private func prune() {
    let kept = ((try? copies()) ?? []).filter { $0.hasPrefix("registry.before-") }
    for name in kept.dropLast(Self.copyLimit) { unlink("\(folder)/\(name)") }
  }

  /// Names of what was kept and set aside, oldest first by the stamps in them.
  func copies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter {
        ($0.hasPrefix("registry.before-") || $0.hasPrefix("registry.damaged-"))
          && $0.hasSuffix(".sqlite")
      }
      .sorted { (Self.stamp(in: $0), $0) < (Self.stamp(in: $1), $1) }
  }

  private static func stamp(in name: String) -> Substring {
    name.firstMatch(of: /[0-9]{8}-[0-9]{6}.*/)?.output ?? ""
  }

  /// Moves the file with its journals to a free name and says where.
  func setAside() throws -> String {
    let aside = freeName("damaged")
    // The journals first: a new file beside an old journal would take its pages for its own.
    for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: path + suffix) {
      guard rename(path + suffix, aside + suffix) == 0 else {
        throw RegistryError.unusable(
          path: path, reason: "it is damaged and cannot be set aside: \(systemReason)")
      }
    }
    return "The registry could not be read. It was set aside as \(aside); this is a new one."
  }

  private func freeName(_ word: String) -> String {
    var stamp = stamp()
    while FileManager.default.fileExists(atPath: "\(folder)/registry.\(word)-\(stamp).sqlite") {
      stamp += "-again"
    }
    return "\(folder)/registry.\(word)-\(stamp).sqlite"
  }

  /// Year to second in UTC, as in 20260131-235959.
  private func stamp() -> String {
    var now = now
    var parts = tm()
    gmtime_r(&now, &parts)
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(padded).joined()
    return date + "-" + [parts.tm_hour, parts.tm_min, parts.tm_sec].map(padded).joined()
  }

  private var systemReason: String { String(cString: strerror(errno)) }
}
