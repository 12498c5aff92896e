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
      Part(text: view.fleet.isRecording ? "REC" : "", role: .messageWarning, weight: 9),
      Part(text: view.fleet.isReadOnly ? "READ-ONLY" : "", role: .messageWarning, weight: 9),
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
    if let standing = view.screen.standing { return Span(standing, view.theme[.headerRetry]) }
    switch view.fleet.link {
    case .idle where view.fleet.role == .follower, .live where view.fleet.role == .follower:
      return shared(view)
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

  /// Another console asks the server: the age is that of the newest figures it kept.
  private static func shared(_ view: View) -> Span {
    guard let at = view.fleet.sharedAt else { return Span("SHARED", view.theme[.headerLive]) }
    let isRecent = view.now - at < (view.isLively ? 10 : 60)
    let age = isRecent ? "" : ", heard \(view.age(since: at)) ago"
    return Span("SHARED\(age)", view.theme[.headerLive])
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
    parts += [today(view), burn(view)].compactMap(\.self)
    let zone = view.screen.shownZone
    let clock = "\(Figures.clock(view.now, zone)) \(zone.name(at: view.now))"
    parts.append(Part(text: clock, role: .dim, weight: 5))
    return parts
  }

  /// What was spent since midnight, of its ceiling; `~` where a part may be of the day before.
  private static func today(_ view: View) -> Part? {
    let governor = Governor(view.fleet, now: view.now)
    let sum = view.fleet.spending.tally(at: view.now, in: view.fleet.zone.value).today
    let day = governor.standings.first { $0.scope == .day }
    let level = governor.standings.map(\.level).max() ?? .clear
    let role: Role =
      switch level {
      case .clear: .headerCost
      case .near: .messageWarning
      case .reached: .messageError
      }
    let mark = sum.isExact ? "" : "~"
    guard let day else {
      return Figures.money(sum.spent).map {
        Part(text: "\(mark)\($0) today", role: role, weight: 4)
      }
    }
    return Part(text: day.sentence(in: view.fleet), role: role, weight: level == .clear ? 4 : 9)
  }

  /// What is being spent a minute, and when the nearest ceiling is reached by that.
  private static func burn(_ view: View) -> Part? {
    guard let rate = Figures.money(view.fleet.burn(at: view.now)) else { return nil }
    let next = Governor(view.fleet, now: view.now).standings.compactMap(\.reachedAt).min()
    let ceiling = next.flatMap { moment in
      moment - view.now < 86_400
        ? ", ceiling at \(Figures.clock(moment, view.screen.shownZone))" : nil
    }
    return Part(text: "\(rate)/min\(ceiling ?? "")", role: .dim, weight: 0)
  }
}

/// The two lines at the bottom: what keys do here, and the latest thing to know.
enum Footer {
  static func drawHints(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.hint
    var line = Line()
    for binding in view.screen.keymap.hints(in: view.screen.context) {
      if view.fleet.isReadOnly, Screen.orders.contains(binding.command) { continue }
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
