/// What lines are looked through for: words, or a regular expression between slashes.
struct Sought: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case words(Pattern)
    case expression(Expression)
  }

  /// As it was typed.
  let text: String
  let kind: Kind

  /// `/expr/` is an expression, and `"/words/"` in quotes is none; all else is words as they stand.
  init(_ text: String) throws(Expression.Problem) {
    self.text = text
    if let inner = Self.inside(text[...]) {
      kind = .expression(try Expression(String(inner)))
    } else {
      let inner = text.dropFirst().dropLast()
      let isQuoted = text.hasPrefix("\"") && text.hasSuffix("\"") && Self.inside(inner) != nil
      kind = .words(Pattern(isQuoted ? String(inner) : text))
    }
  }

  var isExpression: Bool { if case .expression = kind { true } else { false } }

  /// What stands between slashes, the last of which is not behind a `\`; nil where nothing does.
  private static func inside(_ text: Substring) -> Substring? {
    guard text.count > 2, text.first == "/", text.last == "/" else { return nil }
    let inner = text.dropFirst().dropLast()
    return inner.reversed().prefix { $0 == "\\" }.count.isMultiple(of: 2) ? inner : nil
  }
}

/// What the output is searched for, and what lines are left out.
struct Sift: Hashable, Sendable {
  var search: Sought?
  var filter: LineFilter?

  var isEmpty: Bool { search == nil && filter == nil }
}

/// Which lines are shown: those with some words, or those without.
struct LineFilter: Hashable, Sendable {
  var sought: Sought
  var excludes: Bool

  /// Words or an expression after a `!` are what is left out; nil where nothing is.
  static func read(_ text: String) throws(Expression.Problem) -> LineFilter? {
    let excludes = text.hasPrefix("!")
    let words = excludes ? String(text.dropFirst()) : text
    return words.isEmpty ? nil : LineFilter(sought: try Sought(words), excludes: excludes)
  }

  var text: String { (excludes ? "!" : "") + sought.text }
}
