import Fleet
import WorkerAPI

extension WorkerFilter {
  /// Reads a filter; nil where nothing is asked for.
  ///
  /// `budgets` are those that workers have beside the known ones.
  static func read(
    _ text: String, budgets: Set<Budget> = []
  ) throws(Expression.Problem) -> WorkerFilter? {
    var words: [Word] = []
    for piece in pieces(of: text) {
      guard let word = try word(piece) else { continue }
      if case .budget(let name) = word.kind { try check(name, budgets) }
      words.append(word)
    }
    guard words.count <= limit else {
      throw Expression.Problem("only \(limit) words are looked at")
    }
    return words.isEmpty ? nil : WorkerFilter(text: text, words: words)
  }

  private static func check(
    _ name: String, _ budgets: Set<Budget>
  ) throws(Expression.Problem) {
    let all = Budget.all + budgets.subtracting(Budget.all).sorted { $0.word < $1.word }
    guard !all.contains(where: { $0.begins(with: name) }) else { return }
    let known = all.map(\.word).joined(separator: " ")
    throw Expression.Problem("\(name) is no budget: \(known)")
  }

  /// The words of a line; blanks in `/a pattern/` and in `"quotes"` belong to them.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var fence: Character?
    var isEscaped = false
    for character in text {
      if let open = fence {
        piece.append(character)
        if character == open, !isEscaped { fence = nil }
        isEscaped = character == "\\" && !isEscaped
      } else if character == " " {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
      } else {
        if character == "/" || character == "\"", piece.isEmpty || piece == "!" {
          fence = character
        }
        piece.append(character)
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func word(_ piece: String) throws(Expression.Problem) -> Word? {
    let isNegated = piece.hasPrefix("!")
    let body = isNegated ? piece.dropFirst() : piece[...]
    guard let first = body.first else { return nil }
    func word(_ kind: Kind) -> Word { Word(kind: kind, isNegated: isNegated) }
    if first == "/" || first == "\"" {
      var inner = body.dropFirst()
      if inner.last == first { inner.removeLast() }
      guard !inner.isEmpty else { return nil }
      return word(
        first == "/" ? .pattern(try Expression(String(inner))) : .text(Needle(String(inner))))
    }
    if body.hasPrefix("s:") {
      let names = body.dropFirst(2).split(separator: ",").map { $0.lowercased() }
      for name in names where !states.contains(where: { $0.hasPrefix(name) }) {
        throw Expression.Problem("\(name) is no state: \(states.joined(separator: " "))")
      }
      return names.isEmpty ? nil : word(.state(names))
    }
    if body.hasPrefix("b:") {
      let name = body.dropFirst(2).lowercased()
      return name.isEmpty ? nil : word(.budget(name))
    }
    if body.hasPrefix("cost"), let kind = try cost(body.dropFirst(4)) { return word(kind) }
    return word(.text(Needle(String(body))))
  }

  private static func cost(_ text: Substring) throws(Expression.Problem) -> Kind? {
    guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
      return nil
    }
    let number = text.dropFirst(comparison.rawValue.count)
    guard let bound = Double(number), bound.isFinite else {
      throw Expression.Problem(
        "cost\(comparison.rawValue) wants a number, as in cost\(comparison.rawValue)2")
    }
    return .cost(comparison, bound)
  }
}
