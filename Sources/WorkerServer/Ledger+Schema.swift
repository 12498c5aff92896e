import GRDB

extension Ledger {
  /// Append-only: a migration that was released is never changed.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 workers, turns, files, schedules, answers") { connection in
      try connection.execute(
        sql: """
          CREATE TABLE workers (
            id TEXT NOT NULL PRIMARY KEY,
            created_at REAL NOT NULL,
            title TEXT
          );
          CREATE TABLE turns (
            worker TEXT NOT NULL REFERENCES workers (id),
            number INTEGER NOT NULL,
            scenario TEXT NOT NULL,
            seed INTEGER NOT NULL,
            input TEXT NOT NULL,
            budget TEXT NOT NULL,
            started_at REAL NOT NULL,
            speed REAL NOT NULL,
            lines_rate REAL NOT NULL,
            events TEXT,
            PRIMARY KEY (worker, number)
          );
          CREATE TABLE files (
            worker TEXT NOT NULL REFERENCES workers (id),
            path TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (worker, path)
          );
          CREATE TABLE schedules (
            id TEXT NOT NULL PRIMARY KEY,
            worker TEXT NOT NULL REFERENCES workers (id),
            input TEXT NOT NULL,
            budget TEXT NOT NULL,
            kind TEXT NOT NULL,
            cron TEXT,
            seconds INTEGER,
            next_run_at REAL NOT NULL
          );
          CREATE TABLE answers (
            key TEXT NOT NULL PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            body TEXT NOT NULL,
            at REAL NOT NULL
          );
          CREATE INDEX answers_by_age ON answers (at);
          """)
    }
    migrator.registerMigration("2 events as they are played, files in a folder") { connection in
      try connection.execute(
        sql: """
          CREATE TABLE events (
            worker TEXT NOT NULL,
            turn INTEGER NOT NULL,
            first INTEGER NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (worker, turn, first),
            FOREIGN KEY (worker, turn) REFERENCES turns (worker, number)
          );
          ALTER TABLE files ADD COLUMN place TEXT NOT NULL DEFAULT '';
          """)
    }
    return migrator
  }
}
