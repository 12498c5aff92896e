/// Which row of a list stands at the top of its area.
public struct Scroll: Hashable, Sendable {
  public var offset: Int

  public init(offset: Int = 0) {
    self.offset = offset
  }

  /// Moves as little as possible so that a row is inside of the area.
  public mutating func reveal(index: Int, of count: Int, height: Int) {
    guard height > 0, count > 0 else {
      offset = 0
      return
    }
    let row = min(max(0, index), count - 1)
    offset = min(max(offset, row - height + 1), row)
    self = clamped(of: count, height: height)
  }

  /// The same place, but never past the last screenful and never before the first row.
  public func clamped(of count: Int, height: Int) -> Scroll {
    Scroll(offset: min(max(0, offset), max(0, count - max(0, height))))
  }

  /// The indexes that are on the screen.
  public func visible(of count: Int, height: Int) -> Range<Int> {
    let start = clamped(of: count, height: height).offset
    return start..<max(start, min(count, start + max(0, height)))
  }
}
