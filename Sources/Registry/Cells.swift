import GRDB

/// A row's columns by name; nil also when the type is another, where GRDB's own subscripts would stop
/// the program.
///
/// The places of the columns are looked up once for all rows of a table.
struct Cells {
  let row: Row
  let places: [String: Int]

  init(row: Row, places: [String: Int]) {
    self.row = row
    self.places = places
  }

  init(_ row: Row) {
    self.init(row: row, places: Self.places(Array(row.columnNames)))
  }

  static func fetchOne(
    _ database: Database, sql: String, arguments: StatementArguments
  ) throws -> Cells? {
    try Row.fetchOne(database, sql: sql, arguments: arguments).map { Cells($0) }
  }

  static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  func text(_ column: String) -> String? { value(column).flatMap(String.fromDatabaseValue) }

  func number(_ column: String) -> Double? { value(column).flatMap(Double.fromDatabaseValue) }

  func whole(_ column: String) -> Int? { value(column).flatMap(Int.fromDatabaseValue) }

  func values(_ columns: [String]) -> [DatabaseValue] { columns.map { value($0) ?? .null } }

  private func value(_ column: String) -> DatabaseValue? {
    places[column].map { row[$0] as DatabaseValue }
  }
}
