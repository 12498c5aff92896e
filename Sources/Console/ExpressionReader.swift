/// Reads a regular expression into steps.
struct ExpressionReader {
  static let word = Expression.Marks(ranges: [48...57, 65...90, 95...95, 97...122])
  private static let digits = Expression.Marks(ranges: [48...57])
  private static let blanks = Expression.Marks(ranges: [9...13, 32...32])
  /// Groups within groups.
  private static let depthLimit = 50
  private static let repeatLimit = 100

  private let marks: [Unicode.Scalar]
  private let isBackward: Bool
  private var place = 0
  private var depth = 0
  private(set) var hasCapital = false

  /// The steps of a backward one go through a text from its end.
  init(_ text: String, isBackward: Bool = false) {
    marks = Array(text.unicodeScalars)
    self.isBackward = isBackward
  }

  mutating func read() throws(Expression.Problem) -> [Expression.Step] {
    guard marks.count <= 500 else { throw Expression.Problem("this pattern is too long") }
    let steps = try choice()
    guard place == marks.count else { throw Expression.Problem("a ) closes nothing") }
    return steps + [.accept]
  }

  private var next: Unicode.Scalar? { place < marks.count ? marks[place] : nil }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard next == mark else { return false }
    place += 1
    return true
  }

  /// Alternatives between bars.
  private mutating func choice() throws(Expression.Problem) -> [Expression.Step] {
    var steps = try row()
    while take("|") {
      let other = try row()
      steps = Self.either(steps, other)
      try check(steps)
    }
    return steps
  }

  private mutating func row() throws(Expression.Problem) -> [Expression.Step] {
    var steps: [Expression.Step] = []
    while let mark = next, mark != "|", mark != ")" {
      let (one, isMark) = try atom()
      let repeated = try repetition(of: one, isMark: isMark)
      steps =
        isBackward
        ? repeated + Self.moved(steps, by: repeated.count)
        : steps + Self.moved(repeated, by: steps.count)
      try check(steps)
    }
    return steps
  }

  /// One mark, class, anchor or group; false for what cannot be repeated.
  private mutating func atom() throws(Expression.Problem) -> ([Expression.Step], Bool) {
    let mark = marks[place]
    place += 1
    switch mark {
    case ".": return ([.take(Expression.Marks(ranges: [], isInverted: true))], true)
    case "^": return ([isBackward ? .end : .start], false)
    case "$": return ([isBackward ? .start : .end], false)
    case "[": return ([.take(try set())], true)
    case "(": return (try group(), true)
    case "*", "+", "?", "{":
      throw Expression.Problem("nothing stands before \(mark) to be repeated")
    case "\\": return try escape()
    default: return ([.take(literal(mark))], true)
    }
  }

  private mutating func group() throws(Expression.Problem) -> [Expression.Step] {
    if take("?") {
      guard take(":") else { throw Expression.Problem("only (?: is taken after (, no look around") }
    }
    depth += 1
    guard depth <= Self.depthLimit else { throw Expression.Problem("too many groups in groups") }
    let steps = try choice()
    depth -= 1
    guard take(")") else { throw Expression.Problem("a ( is not closed") }
    return steps
  }

  private mutating func escape() throws(Expression.Problem) -> ([Expression.Step], Bool) {
    guard let mark = next else { throw Expression.Problem("nothing stands after \\") }
    place += 1
    if mark == "b" { return ([.edge], false) }
    if mark == "B" { return ([.noEdge], false) }
    if let marks = Self.kind(mark) { return ([.take(marks)], true) }
    if mark == "t" { return ([.take(literal("\t"))], true) }
    if (48...57).contains(mark.value) {
      throw Expression.Problem("\\\(mark) is not taken: what was found before cannot be asked for")
    }
    return ([.take(literal(mark))], true)
  }

  private static func kind(_ mark: Unicode.Scalar) -> Expression.Marks? {
    var marks: Expression.Marks
    switch mark {
    case "d", "D": marks = digits
    case "w", "W": marks = word
    case "s", "S": marks = blanks
    default: return nil
    }
    marks.isInverted = mark.value < 97
    return marks
  }

  private mutating func literal(_ mark: Unicode.Scalar) -> Expression.Marks {
    if Expression.small(mark) != mark.value { hasCapital = true }
    return Expression.Marks(ranges: [mark.value...mark.value])
  }

  private mutating func set() throws(Expression.Problem) -> Expression.Marks {
    var set = Expression.Marks(ranges: [], isInverted: take("^"))
    var isFirst = true
    while let mark = next, isFirst || mark != "]" {
      isFirst = false
      place += 1
      var low = mark
      if mark == "\\", let escaped = next {
        place += 1
        if let kind = Self.kind(escaped) {
          guard !kind.isInverted else {
            throw Expression.Problem("\\\(escaped) is not taken between [ and ]")
          }
          set.ranges += kind.ranges
          continue
        }
        low = escaped
      }
      var high = low
      if next == "-", place + 1 < marks.count, marks[place + 1] != "]" {
        high = marks[place + 1]
        place += 2
      }
      guard low.value <= high.value else {
        throw Expression.Problem("\(low)-\(high) is the wrong way round")
      }
      if Expression.small(low) != low.value || Expression.small(high) != high.value {
        hasCapital = true
      }
      set.ranges.append(low.value...high.value)
    }
    guard take("]") else { throw Expression.Problem("a [ is not closed") }
    return set
  }

  /// What follows an atom: `*`, `+`, `?`, `{2,5}`; with a `?` after it as few as will do.
  private mutating func repetition(
    of one: [Expression.Step], isMark: Bool
  ) throws(Expression.Problem) -> [Expression.Step] {
    var steps = one
    while let mark = next {
      let bounds: (Int, Int?)
      switch mark {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{": bounds = try counts()
      default: return steps
      }
      if mark != "{" { place += 1 }
      guard isMark else { throw Expression.Problem("nothing stands before \(mark) to be repeated") }
      let isLazy = take("?")
      steps = Self.times(steps, bounds.0, bounds.1, isLazy)
      try check(steps)
    }
    return steps
  }

  /// `{n}`, `{n,}` or `{n,m}`.
  private mutating func counts() throws(Expression.Problem) -> (Int, Int?) {
    guard let end = marks[place...].firstIndex(of: "}") else {
      throw Expression.Problem("a { is not closed")
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: marks[(place + 1)..<end])
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let high = parts.count == 2 && parts[1].isEmpty ? nil : parts.last.flatMap { Int($0) }
    guard let low = parts.first.flatMap({ Int($0) }), (1...2).contains(parts.count),
      high != nil || parts.last?.isEmpty == true, low >= 0, high ?? low >= low,
      max(low, high ?? 0) <= Self.repeatLimit
    else { throw Expression.Problem("{\(text)} is no count up to \(Self.repeatLimit)") }
    place = end + 1
    return (low, high)
  }

  private func check(_ steps: [Expression.Step]) throws(Expression.Problem) {
    guard steps.count < Expression.limit else {
      throw Expression.Problem("this pattern is too long")
    }
  }

  private static func either(_ one: [Expression.Step], _ other: [Expression.Step]) -> [Expression
    .Step]
  {
    let second = one.count + 2
    return [.split(1, second)] + moved(one, by: 1) + [.jump(second + other.count)]
      + moved(other, by: second)
  }

  private static func times(
    _ one: [Expression.Step], _ low: Int, _ high: Int?, _ isLazy: Bool
  ) -> [Expression.Step] {
    var steps: [Expression.Step] = []
    /// What is preferred comes first.
    func split(_ more: Int, _ enough: Int) -> Expression.Step {
      isLazy ? .split(enough, more) : .split(more, enough)
    }
    for _ in 0..<low where steps.count < Expression.limit { steps += moved(one, by: steps.count) }
    guard let high else {
      let start = steps.count
      return steps + [split(start + 1, start + one.count + 2)] + moved(one, by: start + 1)
        + [.jump(start)]
    }
    for _ in low..<max(low, high) where steps.count < Expression.limit {
      let start = steps.count
      steps += [split(start + 1, start + one.count + 1)] + moved(one, by: start + 1)
    }
    return steps
  }

  /// Targets are counted from the first step of the whole.
  private static func moved(_ steps: [Expression.Step], by count: Int) -> [Expression.Step] {
    guard count > 0 else { return steps }
    return steps.map { step in
      switch step {
      case .split(let one, let other): .split(one + count, other + count)
      case .jump(let target): .jump(target + count)
      default: step
      }
    }
  }
}
