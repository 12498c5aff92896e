import Canvas
import Fleet

/// The top line: server, link, counts, spending, clock.
enum Header {
  /// A part of the line; where there is too little room, those of the least weight go first.
  private struct Part {
    var text: String
    var role: Role
    var weight: Int
  }

  static func draw(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.header
    let base = view.theme[.header]
    frame.fill(rect, base)
    let link = link(view)
    let wanted = link.width
    var left = [
      Part(text: "signalbox", role: .header, weight: 2),
      Part(text: Sanitise.line(view.screen.server), role: .dim, weight: 1),
    ].filter { !$0.text.isEmpty }
    var right = facts(view)
    func room(_ parts: [Part]) -> Int { parts.reduce(0) { $0 + Width.of($1.text) + 2 } }
    while room(left) + wanted + room(right) > rect.width, !(left + right).isEmpty {
      let least = (left + right).map(\.weight).min()
      left.removeAll { $0.weight == least }
      right.removeAll { $0.weight == least }
    }
    let gap = Span("  ", base)
    let start = Line(left.flatMap { [Span($0.text, view.theme[$0.role]), gap] } + [link])
    let end = Line(Array(right.flatMap { [gap, Span($0.text, view.theme[$0.role])] }.dropFirst()))
    let line = Line.row(start, end, width: rect.width, ellipsis: view.ellipsis)
    frame.write(line, x: rect.x, y: rect.y, over: base, in: rect)
  }

  /// The link's state with the age of the last byte.
  static func link(_ view: View) -> Span {
    switch view.fleet.link {
    case .idle:
      return view.fleet.order.isEmpty
        ? Span("IDLE", view.theme[.dim]) : Span("CONNECTING", view.theme[.headerRetry])
    case .live(let at):
      // Seconds are only said while they are drawn anew every second.
      let isRecent = view.now - at < (view.isLively ? 5 : 60)
      let age = isRecent ? "" : ", heard \(view.age(since: at)) ago"
      return Span("LIVE\(age)", view.theme[.headerLive])
    case .down(let since, let retryAt, _):
      let retry =
        retryAt.map {
          $0 > view.now ? ", retry in \(Figures.age($0 - view.now + 0.99))" : ", trying"
        } ?? ""
      return Span("DOWN \(Figures.age(view.now - since))\(retry)", view.theme[.headerDown])
    case .refused:
      return Span("KEY REFUSED", view.theme[.headerDown])
    }
  }

  private static func facts(_ view: View) -> [Part] {
    let counts = view.screen.list(view.fleet).counts
    let failed = view.fleet.workers.unreadFailures
    var parts: [Part] = []
    func add(_ number: Int, _ word: String, _ role: Role, weight: Int) {
      if number > 0 { parts.append(Part(text: "\(number) \(word)", role: role, weight: weight)) }
    }
    add(counts[.running] ?? 0, "run", .workerRunning, weight: 6)
    add(counts[.pending] ?? 0, "pend", .workerPending, weight: 0)
    add((counts[.needsYou] ?? 0) - failed, "new", .workerUnread, weight: 7)
    add(failed, "fail", .workerFailed, weight: 8)
    add(view.fleet.uncertain.count, "?", .workerUncertain, weight: 9)
    if let total = total(view) { parts.append(Part(text: total, role: .headerCost, weight: 4)) }
    let zone = view.screen.shownZone
    let clock = "\(Figures.clock(view.now, zone)) \(zone.name(at: view.now))"
    parts.append(Part(text: clock, role: .dim, weight: 5))
    return parts
  }

  /// The sum of what all known workers have spent, as last reported.
  private static func total(_ view: View) -> String? {
    let spent = view.fleet.workers.spent
    let (credits, dollars) = (spent.credits, spent.dollars)
    let parts = [
      credits > 0 ? "\(Figures.credits(credits)) cr" : nil,
      dollars > 0 ? "$\(Figures.decimal(dollars, 2))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " + ") + " in all"
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
    guard !rect.isEmpty else { return }
    guard let (text, role) = message(view) else { return }
    let line = Line([Span("> ", view.theme[.dim]), Span(Sanitise.line(text), view.theme[role])])
    frame.write(line.cut(to: rect.width, ellipsis: view.ellipsis), x: rect.x, y: rect.y, in: rect)
  }

  /// What was just said about a key; else what is wrong with the link, unless something happened
  /// since; else the latest notice.
  private static func message(_ view: View) -> (String, Role)? {
    if let remark = view.screen.remark { return (remark, .messageInfo) }
    let notice = view.fleet.notice
    switch view.fleet.link {
    case .down(let since, _, let reason) where notice.map({ $0.at <= since }) ?? true:
      return ("\(reason); it is tried again by itself", .messageWarning)
    case .refused(let reason) where notice.map({ view.now - $0.at > 10 }) ?? true:
      return (
        "\(reason): quit, set HANDINGER_API_KEY to a key that this server takes, start again",
        .messageError
      )
    default: break
    }
    guard let notice else { return nil }
    let age = view.now - notice.at
    let text = notice.text + (age >= 60 ? "  (\(Figures.age(age)) ago)" : "")
    return switch notice.level {
    case .info: (text, .messageInfo)
    case .warning: (text, .messageWarning)
    case .error: (text, .messageError)
    }
  }
}
