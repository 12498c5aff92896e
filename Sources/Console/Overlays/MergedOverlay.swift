import Canvas
import Fleet

/// The marked workers' lines across the panes, each behind its worker's name.
enum MergedOverlay {
  /// Colours of the names, one after the other; the names tell them apart without.
  private static let roles: [Role] = [
    .outputYou, .headerLive, .messageWarning, .outputReasoning, .markdownCode, .outputAI,
  ]

  static func draw(_ view: View, into frame: inout Frame) {
    guard let merged = view.screen.merged else { return }
    let rect = view.arrangement.content
    frame.fill(rect, view.theme[.text])
    let (ruleRow, body) = rect.top(1)
    let left = Line("\(merged.workers.count) workers in one", view.theme[.titleFocused])
    Rule.draw(
      into: &frame, rect: ruleRow, left: left, right: status(view, merged),
      style: view.theme[.rule], unicode: view.unicode)
    let rows = rows(view, merged).rows
    for (row, line) in rows.enumerated() {
      frame.write(line, x: body.x, y: body.y + row, in: body)
    }
    if rows.isEmpty { view.empty(["Nothing was written yet."], in: body, into: &frame) }
  }

  static func rows(_ view: View, _ merged: MergedView) -> (rows: [Line], first: Int) {
    let rect = view.arrangement.content
    return merged.rows(width: rect.width, height: max(0, rect.height - 1)) { entry, width in
      lines(entry, view, merged, width: width)
    }
  }

  private static func lines(
    _ entry: MergedView.Entry, _ view: View, _ merged: MergedView, width: Int
  ) -> [Line] {
    guard let number = entry.worker else { return [Line("-- \(entry.text) --", view.theme[.dim])] }
    let title = view.fleet.workers[merged.workers[number]]?.title ?? merged.workers[number]
    let columns = max(4, min(16, width / 4))
    let name = Width.padded(
      Width.cut(Sanitise.line(title), to: columns, ellipsis: view.ellipsis), to: columns)
    let style = view.theme[roles[number % roles.count]]
    let text = Line(Sanitise.line(entry.text), view.theme[.text])
    return Wrap.lines(text, width: max(1, width - columns - 1)).enumerated().map { row, line in
      line.led(by: Span((row == 0 ? name : Width.padded("", to: columns)) + " ", style))
    }
  }

  /// Who is not listened to, and whether the end stays in sight.
  private static func status(_ view: View, _ merged: MergedView) -> Line {
    var line = Line()
    let silent = merged.workers.count { id in
      guard let worker = view.fleet.workers[id] else { return true }
      return worker.phase.value.isActive && !worker.stream.isFollowed
    }
    if silent > 0 {
      line.append(Span("\(silent) running not followed  ", view.theme[.messageWarning]))
    }
    if merged.top == nil {
      line.append(Span("FOLLOW", view.theme[.accent]))
    } else {
      let new = merged.newLines
      line.append(Span(new > 0 ? "+\(new) new" : "PAUSED", view.theme[.messageWarning]))
    }
    return line
  }
}

extension Screen {
  mutating func openMerged(_ fleet: State) {
    let marked = fleet.workers.inOrder(fleet.workers.marked)
    guard marked.count > 1 else {
      remark = "mark two workers or more with space, and B shows their output in one"
      return
    }
    merged = MergedView(marked, fleet)
    overlays.append(.merged)
  }

  mutating func walkMerged(_ command: Command?, _ fleet: State, now: Double) -> [Outcome] {
    guard var merged else { return [] }
    let view = View(fleet: fleet, screen: self, now: now)
    let (rows, first) = MergedOverlay.rows(view, merged)
    let page = max(1, rows.count - 1)
    switch command {
    case .dismiss:
      overlays.removeLast()
      self.merged = nil
      return []
    case .moveDown: merged.scroll(by: 1, first: first, rows: rows.count)
    case .moveUp: merged.scroll(by: -1, first: first, rows: rows.count)
    case .pageDown: merged.scroll(by: page, first: first, rows: rows.count)
    case .pageUp: merged.scroll(by: -page, first: first, rows: rows.count)
    case .top: merged.scroll(by: -MergedView.limit, first: first, rows: rows.count)
    case .bottom: merged.follow()
    default: break
    }
    self.merged = merged
    return []
  }
}
