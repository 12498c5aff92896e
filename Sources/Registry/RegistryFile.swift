import FoundationEssentials
import GRDB
import Glibc

/// The file of the registry and the folder that it stands in.
struct RegistryFile {
  let folder: String
  /// Seconds since 1970, for the name of a file that is set aside.
  var now = time(nil)

  var path: String { "\(folder)/registry.sqlite" }

  /// Seconds to wait for another console that is writing.
  private static let patience = 5.0

  func open() throws -> Registry {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Held until the end, so that two consoles that start together do not both set a file aside.
    let lock = try FolderLock(folder)
    defer { lock.release() }
    let notices = try isDamaged() ? [setAside()] : []
    try claim()
    let database = try DatabaseQueue(path: path, configuration: configuration())
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = WAL")
      // A commit is on the disk, not only in the system's cache, when it returns.
      try $0.execute(sql: "PRAGMA synchronous = FULL")
    }
    return try Registry(database: database, notices: notices)
  }

  /// Looks at the file through a connection that cannot write.
  private func isDamaged() throws -> Bool {
    let size = size(path)
    guard size > 0 else { return false }
    // SQLite takes less than its smallest page for an empty file, and would write over it.
    guard size >= 512 else { return true }
    var configuration = configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? database.close() }
      return try database.read { database in
        guard try String.fetchAll(database, sql: "PRAGMA quick_check(1)") == ["ok"] else {
          return true
        }
        try refuseNewer(database)
        return false
      }
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return true
    }
  }

  private func refuseNewer(_ database: Database) throws {
    guard try database.tableExists("grdb_migrations") else { return }
    let names = try String.fetchAll(
      database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
    let known = Schema.migrator.migrations
    if let newest = names.last(where: { !known.contains($0) }) {
      throw RegistryError.newer(path: path, schema: newest, known: known.last ?? "none")
    }
  }

  /// Moves the file with its journals to a free name and says where.
  private func setAside() throws -> String {
    var stamp = stamp()
    while FileManager.default.fileExists(atPath: "\(folder)/registry.damaged-\(stamp).sqlite") {
      stamp += "-again"
    }
    let aside = "\(folder)/registry.damaged-\(stamp).sqlite"
    // The journals first: a new file beside an old journal would take its pages for its own.
    for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
    }
    return "The registry could not be read. It was set aside as \(aside); this is a new one."
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

  /// Makes the file this user's alone before SQLite writes to it; its journals follow the file.
  private func claim() throws {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw RegistryError.unusable(path: path, reason: String(cString: strerror(errno)))
    }
    fchmod(file, 0o600)
    close(file)
  }

  private func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.busyMode = .timeout(Self.patience)
    return configuration
  }
}
