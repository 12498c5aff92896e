import GRDB

extension Registry {
  /// The version of SQLite.
  public static var engineVersion: String {
    (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "?"
  }
}
