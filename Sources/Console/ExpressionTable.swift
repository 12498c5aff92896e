/// The ways through an expression's steps as a table that grows by what texts ask for: a state is
/// the steps that are to be entered next, and each kind of mark leads from one state to another.
struct ExpressionTable: Sendable {
  /// States and cells that are kept; past either all are forgotten, and the table begins anew.
  static let stateLimit = 1_000
  static let cellLimit = 1 << 18
  /// The state from which nothing can be found any more, of an anchored table.
  static let dead = 0

  /// What stands before a place.
  enum Side: Hashable, Sendable { case nothing, word, other }

  /// Where a mark leads.
  struct Way {
    fileprivate var cell: Int32

    var state: Int { Int(cell >> 1) }
    /// A match ends before the mark.
    var isFound: Bool { cell & 1 == 1 }
  }

  private struct State: Hashable {
    /// What is preferred comes first.
    var open: [UInt16]
    var before: Side
  }

  private let steps: [Expression.Step]
  private let kinds: MarkKinds
  /// Matches begin where the walk begins, and of several the preferred one counts; else they begin
  /// everywhere.
  private let isAnchored: Bool
  private let asksForSide: Bool
  private let stateLimit: Int
  private var states: [State] = []
  private var numbers: [State: Int] = [:]
  /// Ways by state and kind, the end of the text last; less than nought where one is not known yet.
  private var cells: [Int32] = []
  /// Goes up when all states are forgotten.
  private var edition = 0
  private var seen: [Int]
  private var turn = 0
  /// What was done to fill it, in looks at a mark.
  private(set) var work = 0

  init(_ steps: [Expression.Step], _ kinds: MarkKinds, isAnchored: Bool) {
    self.steps = steps
    self.kinds = kinds
    self.isAnchored = isAnchored
    asksForSide = steps.contains { $0 == .start || $0 == .edge || $0 == .noEdge }
    stateLimit = min(Self.stateLimit, Self.cellLimit / (kinds.first.count + 1))
    seen = Array(repeating: 0, count: steps.count)
    clear()
  }

  /// The state of a walk's beginning.
  mutating func start(after side: Side) -> Int {
    number(of: State(open: isAnchored ? [0] : [], before: asksForSide ? side : .other))
  }

  mutating func way(from state: Int, by kind: UInt16) -> Way {
    let cell = cells[state * width + Int(kind)]
    return cell >= 0 ? Way(cell: cell) : fill(state, Int(kind))
  }

  /// What the end of the text leads to.
  mutating func end(from state: Int) -> Way { way(from: state, by: UInt16(kinds.first.count)) }

  private var width: Int { kinds.first.count + 1 }

  private mutating func fill(_ state: Int, _ kind: Int) -> Way {
    let mark = kind < kinds.first.count ? kinds.first[kind] : nil
    let (taken, isFound) = walk(from: states[state], mark)
    let edition = edition
    var next = Self.dead
    if let mark {
      let side: Side = Expression.isWord(mark) ? .word : .other
      let isOver = isAnchored && taken.isEmpty
      // Where matches begin everywhere, the order tells nothing.
      next = number(
        of: State(
          open: isAnchored ? taken : taken.sorted(),
          before: asksForSide && !isOver ? side : .other))
    }
    let way = Way(cell: Int32(next) << 1 | (isFound ? 1 : 0))
    if edition == self.edition { cells[state * width + kind] = way.cell }
    return way
  }

  /// Enters the steps up to those that take a mark; answers what stands behind those that take this
  /// one, and whether the end was reached. No mark is the end of the text.
  private mutating func walk(from state: State, _ mark: UInt32?) -> ([UInt16], Bool) {
    turn += 1
    let isWord = Expression.isWord(mark)
    var open = (isAnchored ? [] : [0]) + state.open.reversed().map { Int($0) }
    var taken: [UInt16] = []
    var isFound = false
    while let place = open.popLast() {
      work += 1
      guard seen[place] != turn else { continue }
      seen[place] = turn
      switch steps[place] {
      case .take(let marks):
        work += marks.ranges.count
        if let mark, marks.contains(mark) { taken.append(UInt16(place + 1)) }
      case .split(let one, let other):
        open.append(other)
        open.append(one)
      case .jump(let target): open.append(target)
      case .start: if state.before == .nothing { open.append(place + 1) }
      case .end: if mark == nil { open.append(place + 1) }
      case .edge: if (state.before == .word) != isWord { open.append(place + 1) }
      case .noEdge: if (state.before == .word) == isWord { open.append(place + 1) }
      case .accept:
        isFound = true
        // What is still open is less preferred.
        if isAnchored { return (taken, true) }
      }
    }
    return (taken, isFound)
  }

  private mutating func number(of state: State) -> Int {
    if let number = numbers[state] { return number }
    if states.count >= stateLimit { clear() }
    work += state.open.count + width / 8
    return add(state)
  }

  private mutating func clear() {
    edition += 1
    states.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    // The dead one comes first.
    _ = add(State(open: [], before: .other))
  }

  private mutating func add(_ state: State) -> Int {
    let number = states.count
    states.append(state)
    numbers[state] = number
    cells.append(contentsOf: repeatElement(-1, count: width))
    return number
  }
}
