import Fleet
import GRDB

extension Database {
  /// Names before texts, and of texts those first that say the words most often for their length.
  func finds(_ search: ScrollbackSearch) throws -> Finds {
    var finds = Finds(search: search)
    guard let query = SearchQuery(search.words)?.text else { return finds }
    let condition = search.worker == nil ? "" : "AND leaf.worker = ?2"
    let arguments: [(any DatabaseValueConvertible)?] =
      [query] + (search.worker.map { [$0.storable] } ?? [])
    finds.count =
      try Int.fetchOne(
        self,
        sql: search.worker == nil
          ? "SELECT count(*) FROM found WHERE found MATCH ?1"
          : """
          SELECT count(*) FROM found JOIN leaf ON position = found.rowid
          WHERE found MATCH ?1 \(condition)
          """, arguments: StatementArguments(arguments)) ?? 0
    // The texts are marked after the best are known: marking reads each from end to end.
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT position, leaf.worker, section, number, kind
        FROM found JOIN leaf ON position = found.rowid
        WHERE found MATCH ?1 \(condition) ORDER BY section, rank LIMIT \(max(0, search.limit))
        """, arguments: StatementArguments(arguments))
    finds.finds = try rows.compactMap { row in
      guard let position = row.whole("position"), let worker = row.text("worker"),
        let section = row.whole("section").flatMap(Leaf.Section.init(rawValue:)),
        let number = row.whole("number"),
        let kind = row.text("kind").flatMap(Leaf.Kind.init(rawValue:)),
        let marked = try String.fetchOne(
          self,
          sql: """
            SELECT highlight(found, 0, '\(Snippet.start)', '\(Snippet.end)') FROM found
            WHERE found MATCH ? AND rowid = ?
            """, arguments: [query, position])
      else { return nil }
      let snippet = Snippet(marked)
      return Finds.Find(
        worker: worker, section: section, number: number, kind: kind, snippet: snippet.pieces,
        line: snippet.line)
    }
    return finds
  }
}

/// What was typed, as a query of FTS5 (sqlite.org/fts5, section 3) that is never an error: each word
/// stands in quotes, so that no word is an operator.
struct SearchQuery {
  /// Words that are used; further ones are left out.
  static let limit = 32

  var text: String

  /// Nil when there is no word to find.
  init?(_ typed: String) {
    var phrases: [(text: Substring, isWhole: Bool)] = []
    for (index, part) in typed.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index.isMultiple(of: 2) {
        phrases += part.split(whereSeparator: \.isWhitespace).map { ($0, false) }
      } else {
        phrases.append((part, true))
      }
    }
    let words = phrases.filter { phrase in
      phrase.text.contains { $0.isLetter || $0.isNumber }
    }.prefix(Self.limit)
    guard let last = words.indices.last else { return nil }
    text = words.indices.map { index in
      let word = words[index]
      let quoted = "\"" + word.text.filter { $0 != "\0" } + "\""
      return index == last && !word.isWhole ? quoted + "*" : quoted
    }.joined(separator: " ")
  }
}

/// The surroundings of the first marked place of a text.
struct Snippet {
  /// Characters of the last private plane; where a text holds them, the wrong words are marked.
  static let start = "\u{10FFFC}"
  static let end = "\u{10FFFD}"
  private static let mark: [UInt8] = [0xF4, 0x8F, 0xBF]
  private static let startByte: UInt8 = 0xBC
  private static let endByte: UInt8 = 0xBD
  /// Bytes before the place, and in all.
  private static let lead = 48
  private static let length = 320

  var pieces: [Finds.Piece] = []
  /// Lines of the text before the place.
  var line = 0

  init(_ marked: String) {
    let bytes = Array(marked.utf8)
    let first = marked.utf8.firstRange(of: Self.start.utf8)
    let place = first.map { marked.utf8.distance(from: marked.startIndex, to: $0.lowerBound) } ?? 0
    line = bytes[..<place].count { $0 == UInt8(ascii: "\n") }
    let row = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var from = max(row, place - Self.lead)
    // Whole words, and never the half of a character.
    if from > row {
      from = bytes[from..<place].firstIndex(of: 0x20).map { $0 + 1 } ?? place
    }
    var until = min(bytes.count, from + Self.length)
    while until < bytes.count, bytes[until] & 0xC0 == 0x80 { until -= 1 }
    var text: [UInt8] = from > row ? Array("... ".utf8) : []
    var isMatch = false
    var index = from
    while index < until {
      let sign =
        index + 3 < bytes.count && bytes[index...].starts(with: Self.mark)
        ? bytes[index + 3] : 0
      if sign == Self.startByte || sign == Self.endByte {
        add(text, isMatch)
        text = []
        isMatch = sign == Self.startByte
        index += 4
      } else {
        let isBlank = bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
        text.append(isBlank ? 0x20 : bytes[index])
        index += 1
      }
    }
    add(text, isMatch)
  }

  private mutating func add(_ bytes: [UInt8], _ isMatch: Bool) {
    guard !bytes.isEmpty else { return }
    pieces.append(Finds.Piece(String(decoding: bytes, as: UTF8.self), isMatch: isMatch))
  }
}
