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
    view.worker.map {
      lines($0, view, width: max(10, rect.width - 2), height: rect.top(1).rest.height)
    } ?? []
  }

  /// What was spent on the left and on what on the right where there is room, else one below the other.
  private static func lines(
    _ worker: WorkerState, _ view: View, width: Int, height: Int
  ) -> [Line] {
    let isWide = width >= 72
    let cell = isWide ? (width - 2) / 2 : width
    let facts = Facts(worker, view, width: cell - Facts.label)
    let left = isWide ? facts.main + facts.rest : facts.main + facts.figures + facts.rest
    let right = isWide ? facts.figures : []
    let (one, other) = (
      lines(left, cell, view, height: height), lines(right, cell, view, height: height)
    )
    return (0..<max(one.count, other.count)).map { row in
      var line = row < one.count ? one[row] : Line()
      guard row < other.count else { return line }
      line.append(Span(String(repeating: " ", count: cell + 2 - line.width)))
      for span in other[row].spans { line.append(span) }
      return line
    }
  }

  /// A row each; a value that is longer goes on below while there are rows that nothing else needs.
  private static func lines(
    _ facts: [Facts.Row], _ cell: Int, _ view: View, height: Int
  ) -> [Line] {
    // The pane that has the whole screen scrolls rather than cuts.
    var free = view.screen.zoom == .full ? Int.max : height - facts.count
    return facts.flatMap { fact -> [Line] in
      let rows = Wrap.lines(fact.value, width: cell - Facts.label)
      guard rows.count > 1, rows.count - 1 <= free else { return [line(fact, cell, view)] }
      free -= rows.count - 1
      return rows.enumerated().map { line(($0 == 0 ? fact.label : "", $1), cell, view) }
    }
  }

  private static func line(_ fact: Facts.Row, _ cell: Int, _ view: View) -> Line {
    let label = Span(Width.padded(fact.label, to: Facts.label), view.theme[.inputLabel])
    return Line([label] + fact.value.cut(to: cell - Facts.label, ellipsis: view.ellipsis).spans)
  }
}
