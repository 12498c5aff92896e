/// How far the operator moved the lines between the panes.
public struct Split: Hashable, Sendable {
  /// A line that can be moved; the preference keeps their numbers in this order.
  public enum Edge: Int, Hashable, Sendable, CaseIterable {
    /// Right of the list; under it where the panes are stacked.
    case columns, rows
    /// Left of the right one of three columns, and between sources and files in two.
    case right, gap
    /// Above agenda, sources and cost where there are two columns.
    case agenda, lists, cost
    /// Above these panes in the right one of three columns.
    case files, schedules, info

    /// It is dragged to the left and to the right.
    var isUpright: Bool { [.columns, .right, .gap].contains(self) }
  }

  /// Cells that a line stands further to the right or further down than by itself.
  private var cells = Edge.allCases.map { _ in 0 }

  public init(columns: Int = 0, rows: Int = 0) {
    self[.columns] = columns
    self[.rows] = rows
  }

  public subscript(edge: Edge) -> Int {
    get { cells[edge.rawValue] }
    set { cells[edge.rawValue] = min(max(newValue, -500), 500) }
  }

  /// As a preference: `12,-3`, or more numbers; those of a later version are left out.
  init?(_ text: String) {
    let words = text.split(separator: ",")
    let numbers = words.compactMap { Int($0) }
    guard numbers.count >= 2, numbers.count == words.count else { return nil }
    for (edge, number) in zip(Edge.allCases, numbers) { self[edge] = number }
  }

  var text: String {
    let last = cells.lastIndex { $0 != 0 } ?? 0
    return cells.prefix(max(2, last + 1)).map { "\($0)" }.joined(separator: ",")
  }
}

/// A line between panes that the mouse has hold of, and where all stood before.
struct Grip: Hashable, Sendable {
  var edge: Split.Edge
  var before: Split
}
