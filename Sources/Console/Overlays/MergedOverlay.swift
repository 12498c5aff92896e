import Canvas
import Fleet

/// The marked workers' lines across the panes, each behind its worker's name.
enum MergedOverlay {
  /// Colours of the names, one after the other; those that a theme has twice are left out.
  private static let roles: [Role] = [
    .outputYou, .headerLive, .messageWarning, .outputReasoning, .markdownCode, .outputAI,
    .outputTool, .markdownLink, .workerUncertain, .outputError,
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
    let names = names(view, merged, columns: max(4, min(16, rect.width / 4)))
    return merged.rows(width: rect.width, height: max(0, rect.height - 1)) { entry, width in
      lines(entry, view, names, width: width)
    }
  }

  /// The workers' names in columns of one width; numbers come first where neither the words nor the
  /// colours tell each from the others.
  private static func names(_ view: View, _ merged: MergedView, columns: Int) -> [Span] {
    var styles: [Style] = []
    for style in roles.map({ view.theme[$0] })
    where !styles.contains(where: { $0.foreground == style.foreground }) {
      styles.append(style)
    }
    func cut(_ name: String) -> String {
      Width.padded(Width.cut(name, to: columns, ellipsis: view.ellipsis), to: columns)
    }
    let titles = merged.workers.map { Sanitise.line(view.fleet.workers[$0]?.title ?? $0) }
    let isPlain = styles.count >= titles.count && Set(titles.map(cut)).count == titles.count
    return titles.enumerated().map { number, title in
      Span(cut(isPlain ? title : "\(number + 1) \(title)"), styles[number % styles.count])
    }
  }

  private static func lines(
    _ entry: MergedView.Entry, _ view: View, _ names: [Span], width: Int
  ) -> [Line] {
    guard let number = entry.worker else { return [Line("-- \(entry.text) --", view.theme[.dim])] }
    let name = names[number]
    let text = Line(Sanitise.line(entry.text), view.theme[.text])
    return Wrap.lines(text, width: max(1, width - name.width - 1)).enumerated().map { row, line in
      let lead = row == 0 ? name.text : Width.padded("", to: name.width)
      return line.led(by: Span(lead + " ", name.style))
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
    if merged.hasLost {
      line.append(Span("earlier lines are gone  ", view.theme[.messageWarning]))
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
    case .top: merged.scroll(by: -merged.end, first: first, rows: rows.count)
    case .bottom: merged.follow()
    default: break
    }
    self.merged = merged
    return []
  }
}
