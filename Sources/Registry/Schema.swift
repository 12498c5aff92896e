import GRDB

/// The tables. A migration that was released is never edited; changes come as further ones.
enum Schema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.execute(sql: version1) }
    migrator.registerMigration("v2") { try $0.execute(sql: version2) }
    migrator.registerMigration("v3") { try $0.execute(sql: version3) }
    migrator.registerMigration("v4") { try $0.execute(sql: version4) }
    migrator.registerMigration("v5") { try $0.execute(sql: version5) }
    return migrator
  }()

  /// The tables that hold what the operator would miss, in the order of a recollection.
  static let tables = ["worker", "draft", "intent", "preference"]

  /// Kinds and budgets are free words: a row with a word that is not known is left out of a
  /// recollection and kept in the file.
  private static let version1 = """
    CREATE TABLE worker (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE CHECK (id <> ''),
      title TEXT,
      instruction TEXT NOT NULL,
      budget TEXT NOT NULL,
      addedAt REAL NOT NULL,
      isUnread INTEGER NOT NULL CHECK (isUnread IN (0, 1)),
      lastSeen TEXT,
      lastSeenAt REAL
    ) STRICT;
    CREATE TABLE draft (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind <> ''),
      worker TEXT NOT NULL DEFAULT '',
      text TEXT NOT NULL CHECK (text <> ''),
      cursor INTEGER NOT NULL CHECK (cursor >= 0),
      budget TEXT NOT NULL,
      UNIQUE (kind, worker)
    ) STRICT;
    CREATE TABLE intent (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE CHECK (id <> ''),
      kind TEXT NOT NULL CHECK (kind <> ''),
      worker TEXT,
      input TEXT NOT NULL,
      budget TEXT NOT NULL,
      madeAt REAL NOT NULL
    ) STRICT;
    CREATE TABLE preference (
      name TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// The time of a schedule that was being ordered, as the JSON of a request's `when`.
  private static let version2 = #"ALTER TABLE intent ADD COLUMN "when" TEXT"#

  /// What the operator does to a worker, how far its figures are in the books, and the books.
  private static let version3 = """
    ALTER TABLE worker ADD COLUMN isPinned INTEGER NOT NULL DEFAULT 0 CHECK (isPinned IN (0, 1));
    ALTER TABLE worker ADD COLUMN isArchived INTEGER NOT NULL DEFAULT 0
      CHECK (isArchived IN (0, 1));
    ALTER TABLE worker ADD COLUMN isMarked INTEGER NOT NULL DEFAULT 0 CHECK (isMarked IN (0, 1));
    ALTER TABLE worker ADD COLUMN account TEXT;
    CREATE TABLE charge (
      quarter INTEGER NOT NULL,
      worker TEXT NOT NULL CHECK (worker <> ''),
      budget TEXT NOT NULL,
      credits REAL NOT NULL,
      dollars REAL NOT NULL,
      "from" REAL NOT NULL,
      "until" REAL NOT NULL,
      PRIMARY KEY (quarter, worker, budget)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      worker TEXT NOT NULL CHECK (worker <> ''),
      endedAt REAL NOT NULL,
      credits REAL NOT NULL,
      dollars REAL NOT NULL,
      seconds REAL
    ) STRICT;
    CREATE INDEX runOfWorker ON run (worker, position);
    CREATE TABLE download (
      worker TEXT NOT NULL CHECK (worker <> ''),
      file TEXT NOT NULL CHECK (file <> ''),
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      savedAt REAL NOT NULL,
      PRIMARY KEY (worker, file)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE input (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      text TEXT NOT NULL UNIQUE CHECK (text <> ''),
      sentAt REAL NOT NULL
    ) STRICT;
    """

  /// What changed since when, for other consoles on the file; who sends an order; and what a console
  /// shows that does not ask the server itself.
  private static let version4 =
    """
    ALTER TABLE worker ADD COLUMN schedules TEXT;
    ALTER TABLE worker ADD COLUMN schedulesAt REAL;
    ALTER TABLE worker ADD COLUMN email TEXT;
    ALTER TABLE intent ADD COLUMN owner INTEGER;
    CREATE TABLE change (
      stamp INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      UNIQUE (kind, name)
    ) STRICT;

    """
    + [
      ("worker", "id"), ("draft", nil), ("intent", nil), ("preference", nil),
      ("charge", "quarter"), ("run", "worker"), ("download", "worker"), ("input", nil),
    ].map(stamping).joined()

  /// The hash of a file that was saved.
  private static let version5 = "ALTER TABLE download ADD COLUMN digest TEXT;"

  /// Triggers that stamp a table's changes with the name of what changed, or the table as a whole.
  private static func stamping(_ table: String, by column: String?) -> String {
    [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")].map { event, row in
      let name = column.map { "CAST(\(row).\($0) AS TEXT)" } ?? "''"
      return """
        CREATE TRIGGER \(table)\(event.lowercased()) AFTER \(event) ON \(table) BEGIN
          DELETE FROM change WHERE kind = '\(table)' AND name = \(name);
          INSERT INTO change (kind, name) VALUES ('\(table)', \(name));
        END;

        """
    }.joined()
  }
}
