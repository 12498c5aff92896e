/// What was done with the left button or the wheel, and where.
public struct Mouse: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case press, drag, release
    /// Turns of the wheel, down where it is positive.
    case wheel(Int)
  }

  public var kind: Kind
  public var at: Point

  public init(_ kind: Kind, at: Point) {
    self.kind = kind
    self.at = at
  }

  /// One event for two that came together: turns add up, and of a way only its end counts.
  public func joined(with next: Mouse) -> Mouse? {
    switch (kind, next.kind) {
    case (.wheel(let mine), .wheel(let its)) where (mine < 0) == (its < 0):
      Mouse(.wheel(min(max(mine + its, -1_000), 1_000)), at: next.at)
    case (.drag, .drag): next
    default: nil
    }
  }
}
