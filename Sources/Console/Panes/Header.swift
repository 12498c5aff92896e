import Canvas
import Fleet

/// The top line: server, link, counts, spending, clock.
enum Header {
  static func draw(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.header
    let theme = view.theme
    frame.fill(rect, theme[.header])
    var left = Line([
      Span("signalbox", theme[.header]), Span("  ", theme[.header]),
      Span(Sanitise.line(view.screen.server), theme[.dim]), Span("  ", theme[.header]),
    ])
    left.append(link(view))
    let line = Line.row(left, facts(view), width: rect.width, ellipsis: view.ellipsis)
    frame.write(line, x: rect.x, y: rect.y, over: theme[.header], in: rect)
  }

  /// The link's state with the age of the last byte.
  static func link(_ view: View) -> Span {
    switch view.fleet.link {
    case .idle:
      return view.fleet.order.isEmpty
        ? Span("IDLE", view.theme[.dim]) : Span("CONNECTING", view.theme[.headerRetry])
    case .live(let at):
      let age = view.now - at
      return Span(age < 5 ? "LIVE" : "LIVE, heard \(Figures.age(age)) ago", view.theme[.headerLive])
    case .down(let since, let retryAt, let reason):
      let retry =
        retryAt.map {
          $0 > view.now ? ", retry in \(Figures.age($0 - view.now + 0.99))" : ", trying"
        } ?? ""
      let text = "DOWN \(Figures.age(view.now - since))\(retry): \(Sanitise.line(reason))"
      return Span(text, view.theme[.headerDown])
    case .refused(let reason):
      return Span("KEY REFUSED: \(Sanitise.line(reason))", view.theme[.headerDown])
    }
  }

  private static func facts(_ view: View) -> Line {
    let counts = view.screen.list(view.fleet).counts
    let failed = view.fleet.workers.values.count {
      if case .failed = $0.phase.value { $0.known.isUnread } else { false }
    }
    var parts: [Span] = []
    if let running = counts[.running] {
      parts.append(Span("\(running) run", view.theme[.workerRunning]))
    }
    let new = (counts[.needsYou] ?? 0) - failed
    if new > 0 { parts.append(Span("\(new) new", view.theme[.workerUnread])) }
    if failed > 0 { parts.append(Span("\(failed) fail", view.theme[.workerFailed])) }
    if let total = total(view) { parts.append(Span(total, view.theme[.headerCost])) }
    let zone = view.screen.shownZone
    parts.append(
      Span("\(Figures.clock(view.now, zone)) \(zone.name(at: view.now))", view.theme[.dim]))
    var line = Line()
    for (index, part) in parts.enumerated() {
      if index > 0 { line.append(Span("  ", view.theme[.header])) }
      line.append(part)
    }
    return line
  }

  /// The sum of what all known workers have spent, as last reported.
  private static func total(_ view: View) -> String? {
    var credits = 0.0
    var dollars = 0.0
    for worker in view.fleet.workers.values {
      guard let amount = worker.meter.amount else { continue }
      if worker.meter.isInCredits { credits += amount } else { dollars += amount }
    }
    if credits > 0 { return "\(Figures.decimal(credits, 1)) cr in all" }
    return dollars > 0 ? "$\(Figures.decimal(dollars, 2)) in all" : nil
  }
}

/// The two lines at the bottom: what keys do here, and the latest thing to know.
enum Footer {
  static func drawHints(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.hint
    var line = Line()
    for binding in view.screen.keymap.hints(in: view.screen.context) {
      guard let key = binding.keys.first, let hint = binding.hint else { continue }
      let next = Line([
        Span(line.spans.isEmpty ? "" : "  ", view.theme[.hintText]),
        Span(key.name, view.theme[.hintKey]), Span(" " + hint, view.theme[.hintText]),
      ])
      let help = view.screen.overlays.isEmpty && hint != "help" && hint != "quit" ? 16 : 0
      guard line.width + next.width + help <= rect.width else { continue }
      for span in next.spans { line.append(span) }
    }
    frame.write(line, x: rect.x, y: rect.y, in: rect)
  }

  static func drawMessage(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.message
    let text: String
    let role: Role
    if let remark = view.screen.remark {
      (text, role) = (remark, .messageInfo)
    } else if let notice = view.fleet.notice {
      let age = view.now - notice.at
      text = notice.text + (age > 60 ? "  (\(Figures.age(age)) ago)" : "")
      role =
        switch notice.level {
        case .info: .messageInfo
        case .warning: .messageWarning
        case .error: .messageError
        }
    } else {
      return
    }
    let line = Line([Span("> ", view.theme[.dim]), Span(Sanitise.line(text), view.theme[role])])
    frame.write(line.cut(to: rect.width, ellipsis: view.ellipsis), x: rect.x, y: rect.y, in: rect)
  }
}
