import Canvas
import Fleet

/// All that a terminal under 30x8 shows: what runs and what waits, today's cost, a link in trouble.
enum SummaryLine {
  static func draw(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.header
    let base = view.theme[.header]
    frame.fill(rect, base)
    let (words, signs) = (counts(view, asSigns: false), counts(view, asSigns: true))
    let cost = cost(view)
    let link = link(view)
    // Signs make room before anything goes; then the link goes first.
    let choices = [
      [words, cost, link], [signs, cost, link], [words, cost], [signs, cost], [words], [signs],
    ].map { joined($0, by: "  ") }
    let line = choices.first { $0.width <= rect.width } ?? choices[choices.count - 1]
    frame.write(
      line.cut(to: rect.width, ellipsis: view.ellipsis), x: rect.x, y: rect.y, over: base,
      in: rect)
  }

  /// As the header counts: `3 run 2 new 1 fail`, or with the signs of the list `>3 *2 !1`.
  private static func counts(_ view: View, asSigns: Bool) -> Line {
    guard !view.fleet.order.isEmpty else {
      return Line(view.fleet.isRecalled ? "no workers" : "reading", view.theme[.dim])
    }
    let counts = view.screen.list(view.fleet).counts
    let failed = view.fleet.workers.failures
    let isOld = view.fleet.isDeaf(at: view.now)
    let parts: [(number: Int, word: String, sign: String, role: Role)] = [
      (counts[.running] ?? 0, "run", isOld ? "~" : ">", isOld ? .stale : .workerRunning),
      ((counts[.needsYou] ?? 0) - failed, "new", "*", .workerUnread),
      (failed, "fail", "!", .workerFailed),
    ]
    let some = parts.filter { $0.number > 0 }
    let lines = (some.isEmpty ? Array(parts.prefix(1)) : some).map { part in
      Line(
        asSigns
          ? "\(part.sign)\(part.number)"
          : "\(part.sign == "~" ? "~" : "")\(part.number) \(part.word)",
        view.theme[part.role])
    }
    return joined(lines, by: " ")
  }

  /// What was spent since midnight; `~` where a part may be of the day before.
  private static func cost(_ view: View) -> Line {
    let sum = view.fleet.spending.tally(at: view.now, in: view.fleet.zone.value).today
    let money = Figures.money(sum.spent).map { (sum.isExact ? "" : "~") + $0 }
    return Line(money ?? "", view.theme[.headerCost])
  }

  /// The link's state without its details; nothing while it is live.
  private static func link(_ view: View) -> Line {
    let link = Header.link(view)
    let state = String(link.text.prefix { $0 != "," })
    return Line(state == "LIVE" ? "" : state, link.style)
  }

  private static func joined(_ lines: [Line], by gap: String) -> Line {
    lines.filter { $0.width > 0 }.reduce(into: Line()) { whole, line in
      if whole.width > 0 { whole.append(Span(gap)) }
      for span in line.spans { whole.append(span) }
    }
  }
}
