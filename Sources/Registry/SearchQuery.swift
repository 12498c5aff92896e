/// What was typed, as a query of FTS5 (sqlite.org/fts5, section 3) that is never an error: each word
/// stands in quotes, so that no word is an operator.
struct SearchQuery {
  /// Words that are used; further ones are left out.
  static let limit = 32

  var text: String
  /// The words as lower-case bytes, where all of them are plain ASCII words; else empty.
  var words: [[UInt8]] = []

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
    if words.allSatisfy({ $0.text.utf8.allSatisfy(\.isWordByte) }) {
      self.words = words.map { Array($0.text.lowercased().utf8) }
    }
    text = words.indices.map { index in
      let word = words[index]
      let quoted = "\"" + word.text.filter { $0 != "\0" } + "\""
      return index == last && !word.isWhole ? quoted + "*" : quoted
    }.joined(separator: " ")
  }
}

extension UInt8 {
  /// An ASCII letter or digit.
  var isWordByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
