/// A terminal's extent in character cells.
public struct Size: Hashable, Sendable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place, counted from zero at the top left.
public struct Point: Hashable, Sendable {
  public var x: Int
  public var y: Int

  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// An area of cells; every operation clamps, so that no side is ever negative.
public struct Rect: Hashable, Sendable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  public init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.columns, height: size.rows)
  }

  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The first column to the right of the area.
  public var maxX: Int { x + width }
  /// The first row below the area.
  public var maxY: Int { y + height }

  public func contains(x column: Int, y row: Int) -> Bool {
    column >= x && column < maxX && row >= y && row < maxY
  }

  /// The shared area, empty at the nearer corner when there is none.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// Takes `dx` columns from both sides and `dy` rows from top and bottom.
  public func inset(_ dx: Int, _ dy: Int) -> Rect {
    let across = min(max(0, dx), width / 2 + width % 2)
    let down = min(max(0, dy), height / 2 + height % 2)
    return Rect(x: x + across, y: y + down, width: width - 2 * across, height: height - 2 * down)
  }

  public func top(_ count: Int) -> (top: Rect, rest: Rect) {
    let taken = min(max(0, count), height)
    return (
      Rect(x: x, y: y, width: width, height: taken),
      Rect(x: x, y: y + taken, width: width, height: height - taken)
    )
  }

  public func bottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
    let parts = top(height - min(max(0, count), height))
    return (parts.top, parts.rest)
  }

  public func left(_ count: Int) -> (left: Rect, rest: Rect) {
    let taken = min(max(0, count), width)
    return (
      Rect(x: x, y: y, width: taken, height: height),
      Rect(x: x + taken, y: y, width: width - taken, height: height)
    )
  }

  public func right(_ count: Int) -> (rest: Rect, right: Rect) {
    let parts = left(width - min(max(0, count), width))
    return (parts.left, parts.rest)
  }

  /// An area of the wanted extent in the middle, smaller where this one is too small for it.
  public func centered(width wanted: Int, height tall: Int) -> Rect {
    let across = min(max(0, wanted), width)
    let down = min(max(0, tall), height)
    return Rect(
      x: x + (width - across) / 2, y: y + (height - down) / 2, width: across, height: down)
  }
}
