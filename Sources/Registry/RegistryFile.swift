import GRDB
import Glibc
import WorkerAPI

/// The file of the registry and the folder that it stands in.
struct RegistryFile {
  let folder: String
  var name = "registry.sqlite"
  /// Seconds since 1970, for the names of files that are set aside or kept.
  var now = time(nil)
  var migrator = Schema.migrator
  /// This program is one of the consoles on it.
  var isAttended = false
  /// Why the file cannot be written, where that is known before it is tried.
  var obstacle: String?

  var path: String { "\(folder)/\(name)" }

  /// What a file may have beside it that SQLite plays into it.
  static let journals = ["-wal", "-journal"]

  /// Seconds to wait for another console that is writing.
  private static let patience = 5.0

  /// Opens it for writing, else for reading with the reason as the registry's refusal.
  func open() throws -> Registry {
    try makeFolder(folder)
    // Held until the end, so that two consoles that start together do not both set a file aside.
    let lock = try FolderLock(folder)
    defer { lock.release() }
    let obstacle = obstacle ?? unwritable(folder)
    var notices: [String] = []
    let condition = try condition()
    switch condition {
    case .newer(let schema): return try reading(newer(schema))
    case .damaged:
      if let obstacle {
        throw RegistryError.unusable(
          path: path, reason: "it is damaged and cannot be set aside: \(obstacle)")
      }
      notices += try recover()
    case .empty where obstacle == nil:
      notices += try recover()
    case .empty, .known: break
    }
    if let obstacle = obstacle ?? claim() {
      guard condition != .empty else {
        throw RegistryError.unusable(path: path, reason: obstacle)
      }
      return try reading(.readOnly(path: path, reason: obstacle))
    }
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration())
      try database.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA journal_mode = WAL")
        // A commit is on the disk, not only in the system's cache, when it returns.
        try $0.execute(sql: "PRAGMA synchronous = FULL")
      }
      try migrate(database, &notices)
      return Registry(
        database: database, path: path, folder: folder, notices: notices,
        attendance: isAttended ? Attendance(folder: folder) : nil)
    } catch let error as DatabaseError {
      // Of no use to begin with: there is nothing to read instead.
      guard case .known = condition else {
        throw RegistryError.unusable(path: path, reason: error.reason)
      }
      return try reading(.readOnly(path: path, reason: error.reason))
    } catch let failure as CopyFailure {
      return try reading(
        .readOnly(path: path, reason: "no copy could be made: \(failure.reason)"))
    }
  }

  /// Opens it as it is; throws `missing` and `damaged` where `open` would begin a new one.
  func read() throws -> Registry {
    switch try condition() {
    case .empty: throw RegistryError.missing(path: path)
    case .damaged: throw RegistryError.damaged(path: path)
    case .newer(let schema): return try reading(newer(schema))
    case .known: return Registry(database: try reader(), path: path)
    }
  }

  private func reading(_ refusal: RegistryError) throws -> Registry {
    do {
      return Registry(database: try reader(), path: path, refusal: refusal)
    } catch let error as DatabaseError {
      throw RegistryError.unusable(path: path, reason: error.reason)
    }
  }

  private func newer(_ schema: String) -> RegistryError {
    .newer(path: path, schema: schema, known: migrator.migrations.last ?? "none")
  }

  /// A connection that cannot write.
  ///
  /// SQLite reads a file with a journal only where it can make a place for locks. Where it cannot,
  /// and there is nothing in a journal, the file is read as one that nobody changes.
  func reader() throws -> DatabaseQueue {
    takeBack()
    var configuration = configuration()
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR].contains(error.resultCode)
    {
      guard size(path + "-journal") == 0 else {
        throw RegistryError.unusable(
          path: path,
          reason: "a write was cut off, and it is taken back only where its folder can be written")
      }
      guard size(path) > 0, size(path + "-wal") == 0 else { throw error }
      return try DatabaseQueue(path: immutableAddress, configuration: configuration)
    }
  }

  /// Takes back what a kill left half written, which SQLite does for a connection that may write.
  private func takeBack() {
    guard size(path) > 0, size(path + "-journal") > 0, obstacle == nil, unwritable(folder) == nil,
      let database = try? DatabaseQueue(path: path, configuration: configuration())
    else { return }
    // What is wrong with the file is for the one to say that reads it.
    _ = try? database.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
    try? database.close()
  }

  /// The file as a URI (sqlite.org/uri.html), which SQLite reads without locks.
  var immutableAddress: String {
    let encoded = path.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentCoding.encode(String($0)) }
    return "file:" + encoded.joined(separator: "/") + "?mode=ro&immutable=1"
  }

  /// Makes a folder and those above it, for this user only.
  private func makeFolder(_ folder: String) throws {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      try makeFolder(String(folder[..<slash]))
      if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    }
    throw RegistryError.unusable(
      path: folder, reason: "the folder cannot be made: \(String(cString: strerror(errno)))")
  }

  /// Makes the file this user's alone before SQLite writes to it, for its journals follow the file;
  /// the reason when it cannot be written.
  ///
  /// Journals that a reader left beside a file that was write-protected then are freed too.
  private func claim() -> String? {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return String(cString: strerror(errno)) }
    fchmod(file, 0o600)
    close(file)
    for suffix in Self.journals + ["-shm"] { chmod(path + suffix, 0o600) }
    return nil
  }

  /// Why no file can be made in a folder: a journal has to be.
  private func unwritable(_ folder: String) -> String? {
    faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0
      ? nil : String(cString: strerror(errno))
  }

  func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.busyMode = .timeout(Self.patience)
    configuration.keepFewPages()
    return configuration
  }
}

extension Configuration {
  /// A quarter of a megabyte of pages for each connection in place of two: the kernel has them anyway.
  mutating func keepFewPages() {
    prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -256") }
  }
}
