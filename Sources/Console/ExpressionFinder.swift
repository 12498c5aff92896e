/// Finds an expression in lines: one walk from a line's end learns where matches begin, and one from
/// the beginning of each learns where it ends. A mark takes one look, however many ways there are.
struct ExpressionFinder: Sendable {
  /// Looks at marks for one line, as a new state of the tables takes many; past them the rest of the
  /// line is left out, and the answer says so.
  static let lineLimit = 1 << 20

  struct Found: Hashable, Sendable {
    /// The bytes of each match that has some, without overlaps.
    var places: [Range<Int>] = []
    /// The line took too much work, and there may be more.
    var isCut = false
  }

  private let kinds: MarkKinds
  private var back: ExpressionTable
  private var ahead: ExpressionTable
  private var line: [UInt16] = []
  /// Where matches begin, the first one last.
  private var begins: [Int] = []
  private var looks = 0

  init(_ expression: Expression) {
    kinds = MarkKinds(expression)
    back = ExpressionTable(expression.backward, kinds, isAnchored: false)
    ahead = ExpressionTable(expression.steps, kinds, isAnchored: true)
  }

  /// What was done until now.
  var work: Int { looks + back.work + ahead.work }

  /// It is somewhere in a line, be it without a mark; nil where that took too much work.
  mutating func isFound(in bytes: [UInt8]) -> Bool? {
    let limit = take(bytes)
    return findBegins(isOneEnough: true, limit) ? !begins.isEmpty : nil
  }

  /// All matches in a line from its beginning on.
  mutating func find(in bytes: [UInt8]) -> Found {
    let limit = take(bytes)
    var found = Found()
    guard findBegins(isOneEnough: false, limit) else {
      found.isCut = true
      return found
    }
    var from = 0
    while let begin = begins.popLast() {
      guard begin >= from else { continue }
      guard work < limit else {
        found.isCut = true
        return found
      }
      guard let end = end(ofMatchAt: begin, limit), end > begin else { continue }
      found.places.append(begin..<end)
      from = end
    }
    return found
  }

  /// Answers the work at which the line is left.
  private mutating func take(_ bytes: [UInt8]) -> Int {
    kinds.sort(bytes, into: &line)
    looks += bytes.count
    return work + max(Self.lineLimit, bytes.count * 8)
  }

  /// False where it took too much work.
  private mutating func findBegins(isOneEnough: Bool, _ limit: Int) -> Bool {
    begins.removeAll(keepingCapacity: true)
    let limit = limit - looks - ahead.work
    var state = back.start(after: .nothing)
    var place = line.count
    var index = line.count
    while index > 0 {
      index -= 1
      let kind = line[index]
      guard kind != MarkKinds.none else { continue }
      let way = back.way(from: state, by: kind)
      if way.isFound {
        begins.append(place)
        if isOneEnough { return true }
      }
      guard back.work < limit else { return false }
      state = way.state
      place = index
    }
    if back.end(from: state).isFound { begins.append(0) }
    return true
  }

  private mutating func end(ofMatchAt begin: Int, _ limit: Int) -> Int? {
    let limit = limit - looks - back.work
    var state = ahead.start(after: side(before: begin))
    var end: Int?
    var index = begin
    defer { looks += index - begin }
    while index < line.count {
      let kind = line[index]
      if kind != MarkKinds.none {
        let way = ahead.way(from: state, by: kind)
        if way.isFound { end = index }
        guard way.state != ExpressionTable.dead, ahead.work < limit else { return end }
        state = way.state
      }
      index += 1
    }
    return ahead.end(from: state).isFound ? line.count : end
  }

  private func side(before place: Int) -> ExpressionTable.Side {
    guard let kind = line[..<place].last(where: { $0 != MarkKinds.none }) else { return .nothing }
    return Expression.isWord(kinds.first[Int(kind)]) ? .word : .other
  }
}
