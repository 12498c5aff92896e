/// One column of one row of a frame.
public struct Cell: Hashable, Sendable {
  /// One folded cluster (`Width.fold`); a blank is a space; the right half of a wide glyph is
  /// empty.
  public var glyph: String
  public var style: Style

  public init(glyph: String = " ", style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }
}
