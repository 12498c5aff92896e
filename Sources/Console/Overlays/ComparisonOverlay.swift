import Canvas

/// What is gone and what is new, with signs before it: never by colour alone.
enum ComparisonOverlay {
  static func height(in size: Size) -> Int { max(1, size.rows - 8) }

  private static func width(in size: Size) -> Int { max(1, min(110, size.columns - 4)) }

  static func draw(_ view: View, _ comparison: Comparison, into frame: inout Frame) {
    let size = view.screen.size
    let inner = view.box(
      "\(comparison.before) and \(comparison.after)", width: width(in: size),
      height: height(in: size) + 1, into: &frame)
    let (list, foot) = inner.bottom(1)
    let lines = lines(comparison, view.screen)
    for (row, index) in comparison.scroll.visible(of: lines.count, height: list.height).enumerated()
    {
      frame.write(
        lines[index], x: list.x, y: list.y + row, over: view.theme[.overlay], in: list)
    }
    frame.write(
      Width.cut(words(comparison), to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y,
      view.theme[.dim].over(view.theme[.overlay]), in: foot)
  }

  /// Wrapped, with the sign before the first line of each row.
  static func lines(_ comparison: Comparison, _ screen: Screen) -> [Line] {
    let width = width(in: screen.size)
    return comparison.rows.flatMap { row in
      let (sign, text, role): (String, String, Role) =
        switch row {
        case .same(let text): ("  ", text, .dim)
        case .gone(let text): ("- ", text, .toolFailed)
        case .new(let text): ("+ ", text, .toolDone)
        case .skipped(let count): ("  ", "(\(count) equal lines)", .rule)
        }
      let style = screen.theme[role]
      return Wrap.lines(Line(text, style), width: max(1, width - 2)).enumerated().map {
        Line([Span($0 == 0 ? sign : "  ", style)] + $1.spans)
      }
    }
  }

  private static func words(_ comparison: Comparison) -> String {
    if comparison.gone == 0, comparison.new == 0, comparison.left == 0 {
      return "no line differs"
    }
    let left = comparison.left > 0 ? "; \(comparison.left) lines beyond were not compared" : ""
    return "- \(comparison.gone) only in \(comparison.before)  "
      + "+ \(comparison.new) only in \(comparison.after)\(left)"
  }
}
