public import Fleet
import GRDB
import Glibc

/// All transcripts in one SQLite file beside the registry, with a full-text index (sqlite.org/fts5).
///
/// It holds much and nothing that could not be had again from the server or lost without harm: its
/// writes reach the disk when the system likes, and a damaged file is set aside. Readers do not wait
/// for the writer.
public final class ScrollbackFile: Scrollback {
  public let isFresh: Bool
  /// Sentences from the opening, for the operator.
  public let notices: [String]

  let database: any DatabaseWriter
  private let path: String

  private init(
    _ database: any DatabaseWriter, path: String, isFresh: Bool, notices: [String] = []
  ) {
    self.database = database
    self.path = path
    self.isFresh = isFresh
    self.notices = notices
  }

  /// Opens or creates `transcripts.sqlite` in a folder that is there, for this user only; throws
  /// `RegistryError` where it cannot be written or is of a newer program.
  public static func open(folder: String) throws -> ScrollbackFile {
    let lock = try FolderLock(folder)
    defer { lock.release() }
    let path = "\(folder)/transcripts.sqlite"
    do {
      return try open(path, notices: [])
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      let aside = "\(path).damaged-\(time(nil))"
      guard rename(path, aside) == 0 else {
        throw RegistryError.unusable(path: path, reason: "it is damaged: \(error.reason)")
      }
      for suffix in ["-wal", "-journal", "-shm"] { unlink(path + suffix) }
      let notice =
        "the file of transcripts was damaged and set aside as \(aside); what comes is kept anew"
      do {
        return try open(path, notices: [notice])
      } catch let error as DatabaseError {
        throw RegistryError.unusable(path: path, reason: error.reason)
      }
    } catch let error as DatabaseError {
      throw RegistryError.unusable(path: path, reason: error.reason)
    }
  }

  private static func open(_ path: String, notices: [String]) throws -> ScrollbackFile {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw RegistryError.unusable(path: path, reason: String(cString: strerror(errno)))
    }
    fchmod(file, 0o600)
    close(file)
    var configuration = Configuration()
    configuration.label = "transcripts"
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 2
    configuration.keepFewPages()
    let database = try DatabasePool(path: path, configuration: configuration)
    let migrator = ScrollbackSchema.migrator
    if try database.read(migrator.hasBeenSuperseded) {
      let schema = try database.read { try migrator.appliedIdentifiers($0).max() } ?? "?"
      throw RegistryError.newer(
        path: path, schema: schema, known: migrator.migrations.last ?? "none")
    }
    try migrator.migrate(database)
    return ScrollbackFile(
      database, path: path, isFresh: try database.read(Self.isEmpty), notices: notices)
  }

  /// One that forgets everything at the end.
  public static func inMemory() throws -> ScrollbackFile {
    let database = try DatabaseQueue()
    try ScrollbackSchema.migrator.migrate(database)
    return ScrollbackFile(database, path: "the transcripts in memory", isFresh: true)
  }

  private static func isEmpty(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT 1 FROM leaf LIMIT 1") == nil
  }

  public func write(_ changes: [ScrollbackChange]) async throws {
    guard !changes.isEmpty else { return }
    try await named {
      try await database.write { database in
        for change in changes { try database.write(change) }
      }
    }
  }

  public func window(
    _ worker: String, at place: ScrollbackPlace
  ) async throws -> ScrollbackWindow? {
    try await named {
      try await database.read { try $0.window(worker, at: place) }
    }
  }

  public func search(_ search: ScrollbackSearch) async throws -> Finds {
    try await named {
      try await database.read { try $0.finds(search) }
    }
  }

  /// An error of the disk is given as a sentence with the file's name.
  private func named<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
    do {
      return try await work()
    } catch let error as DatabaseError {
      throw RegistryError.unusable(path: path, reason: error.reason)
    }
  }
}

enum ScrollbackSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.execute(sql: version1) }
    return migrator
  }()

  /// Names and texts have an index each (`Leaf.Section`); they hold no text of their own and read that of
  /// `leaf`.
  private static let version1 = """
    CREATE TABLE leaf (
      position INTEGER PRIMARY KEY,
      worker TEXT NOT NULL CHECK (worker <> ''),
      section INTEGER NOT NULL,
      number INTEGER NOT NULL,
      turn INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL,
      details TEXT,
      startedAt REAL,
      endedAt REAL,
      UNIQUE (worker, section, number)
    ) STRICT;
    CREATE VIRTUAL TABLE named USING fts5(
      words, content = 'leaf', content_rowid = 'position',
      tokenize = 'unicode61 remove_diacritics 2');
    CREATE TRIGGER namedAdded AFTER INSERT ON leaf WHEN new.words <> '' AND new.section < 4 BEGIN
      INSERT INTO named (rowid, words) VALUES (new.position, new.words);
    END;
    CREATE TRIGGER namedGone AFTER DELETE ON leaf WHEN old.words <> '' AND old.section < 4 BEGIN
      INSERT INTO named (named, rowid, words) VALUES ('delete', old.position, old.words);
    END;
    CREATE TRIGGER namedChanged AFTER UPDATE OF words ON leaf
      WHEN old.words <> new.words AND old.section < 4 BEGIN
      INSERT INTO named (named, rowid, words)
        SELECT 'delete', old.position, old.words WHERE old.words <> '';
      INSERT INTO named (rowid, words) SELECT new.position, new.words WHERE new.words <> '';
    END;
    CREATE VIRTUAL TABLE found USING fts5(
      words, content = 'leaf', content_rowid = 'position',
      tokenize = 'unicode61 remove_diacritics 2');
    CREATE TRIGGER foundAdded AFTER INSERT ON leaf WHEN new.words <> '' AND new.section = 4 BEGIN
      INSERT INTO found (rowid, words) VALUES (new.position, new.words);
    END;
    CREATE TRIGGER foundGone AFTER DELETE ON leaf WHEN old.words <> '' AND old.section = 4 BEGIN
      INSERT INTO found (found, rowid, words) VALUES ('delete', old.position, old.words);
    END;
    CREATE TRIGGER foundChanged AFTER UPDATE OF words ON leaf
      WHEN old.words <> new.words AND old.section = 4 BEGIN
      INSERT INTO found (found, rowid, words)
        SELECT 'delete', old.position, old.words WHERE old.words <> '';
      INSERT INTO found (rowid, words) SELECT new.position, new.words WHERE new.words <> '';
    END;
    """
}
