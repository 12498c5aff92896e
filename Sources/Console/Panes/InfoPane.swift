import Canvas
import Fleet
import WorkerAPI

/// Figures of the worker, each with where it comes from and how old it is.
enum InfoPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, body) = rect.top(1)
    let lines = lines(view, rect)
    let scroll = scroll(of: lines.count, view, rect)
    let more = more(of: lines.count, view, rect)
    if view.arrangement.form == .stacked, view.screen.zoom != .full {
      TabRule.draw(view, ruleRow, right: Line(more, view.theme[.dim]), into: &frame)
    } else {
      let budget = view.worker.map { "\(Sanitise.line($0.known.budget.word)) budget" } ?? ""
      let words = [budget, more].filter { !$0.isEmpty }.joined(separator: "  ")
      view.rule(
        .info, "Cost and usage", right: Line(words, view.theme[.dim]), in: ruleRow, into: &frame)
    }
    guard view.worker != nil else {
      return view.empty(
        view.noWorker, in: body, into: &frame)
    }
    for (row, index) in scroll.visible(of: lines.count, height: body.height).enumerated() {
      frame.write(
        lines[index].cut(to: body.width - 2, ellipsis: view.ellipsis), x: body.x + 1,
        y: body.y + row, in: body)
    }
  }

  /// The place of so many lines in the pane, some rows further, but never past their end.
  static func scroll(of count: Int, _ view: View, _ rect: Rect, by rows: Int = 0) -> Scroll {
    let height = rect.top(1).rest.height
    let shown = (view.screen.scrolls[.info] ?? Scroll()).clamped(of: count, height: height)
    return Scroll(offset: shown.offset + rows).clamped(of: count, height: height)
  }

  /// How many lines are out of sight below.
  static func more(of count: Int, _ view: View, _ rect: Rect) -> String {
    let below = count - scroll(of: count, view, rect).offset - rect.top(1).rest.height
    return below > 0 ? "\(below) more" : ""
  }

  /// What the pane says at its width.
  static func lines(_ view: View, _ rect: Rect) -> [Line] {
    view.worker.map { lines($0, view, width: max(10, rect.width - 2)) } ?? []
  }

  /// What was spent on the left and on what on the right where there is room, else one below the other.
  private static func lines(_ worker: WorkerState, _ view: View, width: Int) -> [Line] {
    let isWide = width >= 72
    let cell = isWide ? (width - 2) / 2 : width
    let facts = Facts(worker, view, width: cell - Facts.label)
    let left = isWide ? facts.main + facts.rest : facts.main + facts.figures + facts.rest
    let right = isWide ? facts.figures : []
    return (0..<max(left.count, right.count)).map { row in
      var line = row < left.count ? self.line(left[row], cell, view) : Line()
      guard row < right.count else { return line }
      line.append(Span(String(repeating: " ", count: cell + 2 - line.width)))
      for span in self.line(right[row], cell, view).spans { line.append(span) }
      return line
    }
  }

  private static func line(_ fact: Facts.Row, _ cell: Int, _ view: View) -> Line {
    let label = Span(Width.padded(fact.label, to: Facts.label), view.theme[.inputLabel])
    return Line([label] + fact.value.cut(to: cell - Facts.label, ellipsis: view.ellipsis).spans)
  }
}
