/// Finds what lines are sifted by, and knows how much of that may be done before the next frame.
///
/// Words take so little that they are looked for at once in all lines; an expression has an allowance
/// for each frame. Lines that it does not reach wait for the frames after it, so that keys are
/// answered meanwhile; the count shows with a `+` that there may be more.
struct Look: Sendable {
  /// Looks at marks: two hundredths of a second, and more than all that is in memory takes with an
  /// expression that does not lead to ever new states.
  static let allowance = 1 << 21

  private var filter: ExpressionFinder?
  private var search: ExpressionFinder?
  private(set) var left = Look.allowance
  /// Of some lines only a part was looked at, because they took too much work.
  private(set) var isCut = false

  init(_ sift: Sift = Sift()) {
    if case .expression(let expression)? = sift.filter?.sought.kind {
      filter = ExpressionFinder(expression)
    }
    if case .expression(let expression)? = sift.search?.kind {
      search = ExpressionFinder(expression)
    }
  }

  /// The allowance of this frame is used up.
  var isSpent: Bool { left <= 0 }

  mutating func renew(to allowance: Int) { left = allowance }

  /// A line is to be shown; also one of which that cannot be told.
  mutating func admits(_ bytes: inout [UInt8], _ rule: LineFilter) -> Bool {
    switch rule.sought.kind {
    case .words(let pattern):
      pattern.fold(&bytes)
      return pattern.isFound(in: bytes) != rule.excludes
    case .expression:
      guard let before = filter?.work else { return true }
      let isFound = filter?.isFound(in: bytes)
      left -= (filter?.work ?? before) - before
      if isFound == nil { isCut = true }
      return isFound != rule.excludes
    }
  }

  /// The bytes of each match of an expression in a line.
  mutating func places(in bytes: [UInt8]) -> [Range<Int>] {
    guard let before = search?.work, let found = search?.find(in: bytes) else { return [] }
    left -= (search?.work ?? before) - before
    if found.isCut { isCut = true }
    return found.places
  }
}
