/// Databases as older programs left them; never edited.
enum Fixture {
  static let version1 = """
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('v1');
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
    INSERT INTO worker VALUES (4, 'wrk_9', 'Old', 'look', 'standard', 12, 1, '{}', 13);
    INSERT INTO draft VALUES (1, 'followUp', 'wrk_9', 't', 1, 'low');
    INSERT INTO intent VALUES (2, 'i', 'continue', 'wrk_9', 'in', 'high', 14);
    INSERT INTO preference VALUES ('theme', 'okabe');
    """
}
