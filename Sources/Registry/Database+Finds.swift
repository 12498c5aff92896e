import Fleet
import GRDB

extension Database {
  /// Matches beyond which the newest come first: to weigh all of them would take seconds.
  static let weighedLimit = 1_000

  /// Names before texts, each those first that say the words most often for their length.
  func finds(_ search: ScrollbackSearch) throws -> Finds {
    var finds = Finds(search: search)
    guard let query = SearchQuery(search.words) else { return finds }
    for index in ["named", "found"] {
      let (count, isMore) = try self.count(query, search, in: index)
      finds.count += count
      finds.hasMore = finds.hasMore || isMore
      let room = search.limit - finds.finds.count
      guard count > 0, room > 0 else { continue }
      finds.finds += try self.finds(query, search, in: index, isWeighed: !isMore, limit: room)
    }
    return finds
  }

  /// How many there are, up to the limit.
  private func count(
    _ query: SearchQuery, _ search: ScrollbackSearch, in index: String
  ) throws -> (Int, isMore: Bool) {
    let scope = Self.scope(search, index)
    let count =
      try Int.fetchOne(
        self,
        sql: """
          SELECT count(*) FROM (
            SELECT 1 FROM \(index) \(scope) LIMIT \(Self.weighedLimit + 1))
          """, arguments: Self.arguments(query, search)) ?? 0
    return (min(count, Self.weighedLimit), count > Self.weighedLimit)
  }

  private func finds(
    _ query: SearchQuery, _ search: ScrollbackSearch, in index: String, isWeighed: Bool,
    limit: Int
  ) throws -> [Finds.Find] {
    let scope = Self.scope(search, index)
    let order = isWeighed ? "rank" : "\(index).rowid DESC"
    let places = try Int.fetchAll(
      self,
      sql: "SELECT \(index).rowid FROM \(index) \(scope) ORDER BY \(order) LIMIT \(limit)",
      arguments: Self.arguments(query, search))
    let finds = try places.compactMap { place -> Finds.Find? in
      guard
        let row = try Cells.fetchOne(
          self, sql: "SELECT worker, section, number, kind FROM leaf WHERE position = ?",
          arguments: [place]),
        let worker = row.text("worker"),
        let section = row.whole("section").flatMap(Leaf.Section.init(rawValue:)),
        let number = row.whole("number"),
        let kind = row.text("kind").flatMap(Leaf.Kind.init(rawValue:)),
        let snippet = try snippet(of: place, query, in: index)
      else { return nil }
      return Finds.Find(
        worker: worker, section: section, number: number, kind: kind, snippet: snippet.pieces,
        line: snippet.line)
    }
    return finds.enumerated().sorted {
      ($0.element.section.rawValue, $0.offset) < ($1.element.section.rawValue, $1.offset)
    }.map(\.element)
  }

  private static func scope(_ search: ScrollbackSearch, _ index: String) -> String {
    search.worker == nil
      ? "WHERE \(index) MATCH ?1"
      // CROSS keeps the index in front: the other way round each leaf is looked up in it.
      : "CROSS JOIN leaf ON position = \(index).rowid WHERE \(index) MATCH ?1 AND leaf.worker = ?2"
  }

  private static func arguments(
    _ query: SearchQuery, _ search: ScrollbackSearch
  ) -> StatementArguments {
    StatementArguments([query.text] + (search.worker.map { [$0.storable] } ?? []))
  }
}

extension Database {
  /// The surroundings of the first place in a leaf; the index itself marks what plain comparison of
  /// letters does not find, which takes much longer.
  fileprivate func snippet(
    of position: Int, _ query: SearchQuery, in index: String
  ) throws -> Snippet? {
    let text = try String.fetchOne(
      self, sql: "SELECT words FROM leaf WHERE position = ?", arguments: [position])
    if let text, let snippet = Snippet(text, query) { return snippet }
    return try String.fetchOne(
      self,
      sql: """
        SELECT highlight(\(index), 0, '\(Snippet.start)', '\(Snippet.end)') FROM \(index)
        WHERE \(index) MATCH ? AND rowid = ?
        """, arguments: [query.text, position]
    ).map { Snippet(marked: $0) }
  }
}
