/// What an instruction asks for by name: files to write, addresses to cite, a failure.
struct Errand: Hashable, Sendable {
  /// Paths of files in the order in which they are named, each once, `limit` at most.
  private(set) var files: [String] = []
  /// Names of files under which nothing is published, because they would lead out of the folder.
  private(set) var refused: [String] = []
  /// Addresses of pages, each once, `limit` at most.
  private(set) var addresses: [String] = []
  /// The instruction says “fail”.
  private(set) var fails = false
  /// The instruction asks to go on until the budget is used up.
  private(set) var spendsBudget = false

  /// Files and addresses that one run takes care of; further ones are left out.
  static let limit = 20

  init(_ input: String) {
    var words: [String] = []
    for token in Self.tokens(of: input) {
      if let address = Self.address(in: token.text) {
        if addresses.count < Self.limit, !addresses.contains(address) { addresses.append(address) }
      } else if token.isQuoted {
        take(token.text)
      } else {
        for piece in token.text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
          let name = Self.trimmed(piece)
          if Self.isFile(name) { take(name) } else { words += Self.words(of: name) }
        }
      }
    }
    fails = words.contains { $0 == "fail" || $0 == "fails" }
    spendsBudget =
      words.contains("budget")
      && words.contains { ["until", "exhaust", "exhausted", "spend", "long"].contains($0) }
  }

  /// Nothing is asked for by name.
  var isEmpty: Bool { files.isEmpty && refused.isEmpty && addresses.isEmpty && !fails }

  private mutating func take(_ name: String) {
    let path = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
    if FilePath.isPublishable(path) {
      if files.count < Self.limit, !files.contains(path) { files.append(path) }
    } else if refused.count < Self.limit, !refused.contains(name) {
      refused.append(name)
    }
  }

  /// A piece of the instruction between spaces, or what stands between quotes and names a file.
  private struct Token {
    var text: String
    var isQuoted = false
  }

  /// Characters of a name in quotes; what is longer is a quotation.
  private static let quotedLimit = 300

  private static func tokens(of input: String) -> [Token] {
    var tokens: [Token] = []
    var word = ""
    var rest = input[...]
    func isEnd(_ character: Character) -> Bool { character.isWhitespace }
    while let character = rest.popFirst() {
      let closing: Character? =
        switch character {
        case "`", "\"": character
        case "“": "”"
        default: nil
        }
      if let closing, word.allSatisfy({ "([{<".contains($0) }) {
        let inside = rest.prefix(quotedLimit).prefix { $0 != closing && !$0.isNewline }
        let end = inside.endIndex
        if end < rest.endIndex, rest[end] == closing, isFile(String(inside)) {
          tokens.append(Token(text: String(inside), isQuoted: true))
          word = ""
          rest = rest[rest.index(after: end)...]
          continue
        }
      }
      if isEnd(character) {
        if !word.isEmpty { tokens.append(Token(text: word)) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { tokens.append(Token(text: word)) }
    return tokens
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter }.map(String.init)
  }

  /// Without the punctuation of the sentence around it.
  private static func trimmed(_ piece: Substring) -> String {
    let marks: Set<Character> = [
      "(", ")", "[", "]", "{", "}", "<", ">", "\"", "'", "`", "“", "”", "‘", "’", "!", "?", ":",
      "*", "„", "«", "»",
    ]
    var rest = piece.drop { marks.contains($0) }
    while let last = rest.last, marks.contains(last) || last == "." { rest.removeLast() }
    return String(rest)
  }

  /// The `http` or `https` address in a token, without the punctuation behind it.
  private static func address(in token: String) -> String? {
    let lower = token.lowercased()
    guard lower.utf8.count == token.utf8.count,
      let scheme = ["https://", "http://"].compactMap({ lower.firstRange(of: $0) })
        .min(by: { $0.lowerBound < $1.lowerBound })
    else { return nil }
    let start = lower.utf8.distance(from: lower.startIndex, to: scheme.lowerBound)
    var rest = String(decoding: token.utf8.dropFirst(start), as: UTF8.self)[...]
    rest = rest.prefix { !"<>\"`“”{}|\\^".contains($0) }
    while let last = rest.last, ".,;:!?)]}'’*".contains(last) {
      if last == ")", rest.contains("(") { break }
      rest.removeLast()
    }
    let host = rest.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
    guard !host.isEmpty, rest.utf8.count <= 2_000,
      host.utf8.contains(where: { $0 != UInt8(ascii: ".") }),
      !rest.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { return nil }
    return String(rest)
  }

  /// A name with an extension; without a folder before it the extension must be a known one, so that
  /// a version, a date or a host is none.
  private static func isFile(_ name: String) -> Bool {
    let fileExtension = FilePath.fileExtension(of: name)
    guard fileExtension.utf8.contains(where: { $0 > 0x39 }), !name.contains("://") else {
      return false
    }
    if name.contains("/") || name.contains("\\") { return true }
    return MediaType.isKnown(fileExtension) && !name.contains("@")
      && !products.contains(name.lowercased())
  }

  /// Names of software that look like names of files.
  private static let products: Set<String> = [
    "node.js", "next.js", "nuxt.js", "vue.js", "react.js", "express.js", "three.js", "d3.js",
    "chart.js", "ember.js", "backbone.js", "socket.io",
  ]
}
