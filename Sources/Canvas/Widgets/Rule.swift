/// Lines between areas: `── left ───── right ──`, of hyphens where there is no line drawing.
public enum Rule {
  /// A row's worth; what does not fit is cut, the right side before the left.
  public static func draw(
    into frame: inout Frame, x: Int, y: Int, width: Int, left: Line = Line(), right: Line = Line(),
    style: Style = .plain, unicode: Bool
  ) {
    let clip = Rect(x: x, y: y, width: width, height: 1)
    guard !clip.isEmpty else { return }
    let mark = unicode ? "…" : "."
    frame.write(String(repeating: unicode ? "─" : "-", count: width), x: x, y: y, style, in: clip)
    guard width >= 6 else { return }
    // Two strokes and a blank on both sides of a title.
    var room = width - 6
    var end = x + 2
    if left.width > 0, room > 0 {
      let title = left.cut(to: room, ellipsis: mark)
      end = draw(title, at: x + 2, into: &frame, y: y, style: style, clip: clip)
      room -= title.width + 3
    }
    if right.width > 0, room > 0 {
      let title = right.cut(to: room, ellipsis: mark)
      let start = max(end, x + width - 4 - title.width)
      _ = draw(title, at: start, into: &frame, y: y, style: style, clip: clip)
    }
  }

  /// The row `y` of an area-wide rectangle; only its first row is drawn.
  public static func draw(
    into frame: inout Frame, rect: Rect, left: Line = Line(), right: Line = Line(),
    style: Style = .plain, unicode: Bool
  ) {
    guard !rect.isEmpty else { return }
    draw(
      into: &frame, x: rect.x, y: rect.y, width: rect.width, left: left, right: right,
      style: style, unicode: unicode)
  }

  /// A column of strokes.
  public static func vertical(
    into frame: inout Frame, x: Int, y: Int, height: Int, style: Style = .plain, unicode: Bool
  ) {
    frame.fill(
      Rect(x: x, y: y, width: 1, height: height), style, glyph: unicode ? "│" : "|")
  }

  private static func draw(
    _ title: Line, at x: Int, into frame: inout Frame, y: Int, style: Style, clip: Rect
  ) -> Int {
    // A title has the colours of its rule where it has none, but is never as faint.
    var ground = style
    ground.attributes.remove(.dim)
    frame.write(" ", x: x, y: y, style, in: clip)
    frame.write(title, x: x + 1, y: y, over: ground, in: clip)
    frame.write(" ", x: x + 1 + title.width, y: y, style, in: clip)
    return x + 2 + title.width
  }
}
