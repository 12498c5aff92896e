/// A text cut as a model streams it: one to four words at a time, with the space behind them.
struct Tokens: Sequence, IteratorProtocol {
  private var words: ArraySlice<Substring>
  private var random: SplitMix64

  init(_ text: String, random: SplitMix64) {
    words = Self.words(of: text)[...]
    self.random = random
  }

  mutating func next() -> String? {
    guard !words.isEmpty else { return nil }
    let count = random.number(1...4)
    var token = ""
    for _ in 0..<count {
      guard let word = words.popFirst() else { break }
      token += word
      if word.hasSuffix("\n") { break }
    }
    return token
  }

  /// Every word with the white space that follows it.
  private static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var isInSpace = false
    for (index, byte) in zip(text.utf8.indices, text.utf8) {
      let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x09
      if isInSpace, !isSpace {
        words.append(text[start..<index])
        start = index
      }
      isInSpace = isSpace
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }

  /// About four bytes are a token of a model.
  static func count(_ text: String) -> Int { Swift.max(1, text.utf8.count / 4) }

  /// A text cut into pieces of at most `count` characters.
  static func pieces(of text: String, count: Int) -> [String] {
    var pieces: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }
}
