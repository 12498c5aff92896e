/// A regular expression that is matched in time that only grows with text and pattern, whatever
/// they are: all ways through the pattern are walked at once, one mark of the text after the other.
///
/// That needs nothing to be made ready, which suits a title; for many lines `ExpressionFinder` learns
/// the ways once.
///
/// Taken: `. [a-z] [^x] ( ) | * + ? {2,5} ^ $ \b \d \w \s` and their opposites.
struct Expression: Hashable, Sendable {
  /// Steps of a compiled pattern.
  static let limit = 2_000

  /// Why a pattern is none.
  struct Problem: Error, Hashable, Sendable {
    var sentence: String

    init(_ sentence: String) { self.sentence = sentence }
  }

  enum Step: Hashable, Sendable {
    case take(Marks)
    case split(Int, Int)
    case jump(Int)
    case start, end, edge, noEdge
    case accept
  }

  /// The marks that a step takes.
  struct Marks: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    func contains(_ mark: UInt32) -> Bool {
      ranges.contains { $0.contains(mark) } != isInverted
    }
  }

  let steps: [Step]
  /// Those of the pattern from its end to its beginning.
  let backward: [Step]
  let ignoresCase: Bool

  /// Without a capital letter in it, capitals and small letters are the same.
  init(_ text: String) throws(Problem) {
    var reader = ExpressionReader(text)
    steps = try reader.read()
    ignoresCase = !reader.hasCapital
    var other = ExpressionReader(text, isBackward: true)
    backward = try other.read()
  }

  /// It is found somewhere in the text.
  func matches(_ text: some StringProtocol) -> Bool {
    var walk = Walk(count: steps.count)
    var before: UInt32?
    for scalar in text.unicodeScalars {
      let mark = ignoresCase ? Self.small(scalar) : scalar.value
      if enter(&walk, before, mark) { return true }
      walk.advance { place in
        if case .take(let marks) = steps[place] { marks.contains(mark) } else { false }
      }
      before = mark
    }
    return enter(&walk, before, nil)
  }

  /// Walks on from the first step, and from those that the last mark led to, up to the steps that
  /// take a mark; true when the end is reached.
  private func enter(_ walk: inout Walk, _ before: UInt32?, _ after: UInt32?) -> Bool {
    walk.open.append(0)
    while let place = walk.open.popLast() {
      guard walk.isNew(place) else { continue }
      switch steps[place] {
      case .take: walk.places.append(place)
      case .split(let one, let other): walk.open += [other, one]
      case .jump(let target): walk.open.append(target)
      case .start: if before == nil { walk.open.append(place + 1) }
      case .end: if after == nil { walk.open.append(place + 1) }
      case .edge, .noEdge:
        let isEdge = Self.isWord(before) != Self.isWord(after)
        if isEdge == (steps[place] == .edge) { walk.open.append(place + 1) }
      case .accept: return true
      }
    }
    return false
  }

  /// Where all ways through the steps stand at one place of the text.
  private struct Walk {
    /// Steps that are still to be entered.
    var open: [Int] = []
    /// Steps that take the next mark.
    var places: [Int] = []
    private var seen: [Int]
    private var turn = 1

    init(count: Int) { seen = Array(repeating: 0, count: count) }

    mutating func isNew(_ place: Int) -> Bool {
      guard seen[place] != turn else { return false }
      seen[place] = turn
      return true
    }

    mutating func advance(_ isTaken: (Int) -> Bool) {
      turn += 1
      open = places.filter(isTaken).map { $0 + 1 }
      places.removeAll(keepingCapacity: true)
    }
  }

  static func small(_ scalar: Unicode.Scalar) -> UInt32 {
    if scalar.isASCII {
      return (65...90).contains(scalar.value) ? scalar.value + 32 : scalar.value
    }
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first?.value ?? scalar.value : scalar.value
  }

  static func isWord(_ mark: UInt32?) -> Bool {
    guard let mark else { return false }
    return ExpressionReader.word.contains(mark) || mark > 127
  }
}
