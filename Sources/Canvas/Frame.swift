/// A whole picture as a value: a grid of cells and where the cursor stands.
public struct Frame: Hashable, Sendable {
  public static let linkLimit = 100

  public let size: Size
  /// Where the terminal's cursor shows; nil hides it.
  public var cursor: Point?
  /// Where runs of cells lead; more than the limit are left out.
  public internal(set) var links: [Link] = []
  /// Rows whose text goes on at the start of the next one, as where a terminal breaks a line itself.
  public internal(set) var joins: Set<Int> = []
  /// Row after row, `size.columns` cells each.
  var cells: [Cell]

  public init(size: Size, style: Style = .plain) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(
      repeating: Cell(glyph: " ", style: style), count: self.size.columns * self.size.rows)
  }

  public var bounds: Rect { Rect(size) }

  /// Lets a row that is full to its last column go on in the next one.
  public mutating func join(row: Int) {
    guard row >= 0, row + 1 < size.rows else { return }
    joins.insert(row)
  }

  /// A plain blank outside of the frame.
  public subscript(x: Int, y: Int) -> Cell {
    guard bounds.contains(x: x, y: y) else { return Cell() }
    return cells[y * size.columns + x]
  }

  /// The cells of a row, none outside of the frame.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    guard y >= 0, y < size.rows else { return [] }
    return cells[(y * size.columns)..<((y + 1) * size.columns)]
  }
}
