import Canvas
import Fleet

/// The top line: server, link, counts, spending, clock.
enum Header {
  /// A part of the line; where there is too little room, those of the least weight go first.
  private struct Part {
    var text: String
    var style: Style
    var weight: Int
    var isLeft = false
    /// Columns that it takes at least, so that what follows stays where it is while it changes.
    var least = 0
    /// What it says in place of `text` where room is left, shorter before longer.
    var longer: [String] = []
    /// Of the parts that can say more, the one with the lowest rank is the first to.
    var rank = 0

    var columns: Int { max(least, Width.of(text)) }
    /// With the gap beside it.
    var room: Int { columns > 0 ? columns + 2 : 0 }
  }

  static func draw(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.header
    let base = view.theme[.header]
    frame.fill(rect, base)
    let names = names(view)
    let parts = fitted(names + facts(view), to: rect.width)
    func line(_ parts: ArraySlice<Part>) -> Line {
      var line = Line()
      for part in parts where part.room > 0 {
        let before = line.spans.isEmpty ? "" : "  "
        let after = String(repeating: " ", count: part.columns - Width.of(part.text))
        line.append(Span(before, base))
        line.append(Span(part.text, part.style))
        line.append(Span(after, base))
      }
      return line
    }
    let first = parts.firstIndex { !$0.isLeft } ?? parts.endIndex
    let row = Line.row(
      line(parts[..<first]), line(parts[first...]), width: rect.width, ellipsis: view.ellipsis)
    frame.write(row, x: rect.x, y: rect.y, over: base, in: rect)
  }

  /// The parts that there is room for, each as long as can be.
  private static func fitted(_ parts: [Part], to width: Int) -> [Part] {
    var parts = parts
    func isTooLong(_ parts: [Part]) -> Bool { parts.reduce(-2) { $0 + $1.room } > width }
    while isTooLong(parts), let least = parts.map(\.weight).min(), least < .max {
      parts.removeAll { $0.weight == least }
    }
    for index in parts.indices.sorted(by: { parts[$0].rank < parts[$1].rank }) {
      for text in parts[index].longer {
        var longer = parts
        longer[index].text = text
        if isTooLong(longer) { break }
        parts = longer
      }
    }
    return parts
  }

  /// Who is shown, and how the link stands.
  private static func names(_ view: View) -> [Part] {
    let theme = view.theme
    let link = link(view)
    let mode = view.fleet.isReadOnly ? "READ-ONLY" : ""
    let (answers, polls) = asking(view)
    return [
      Part(text: "signalbox", style: theme[.header], weight: 2),
      Part(text: Sanitise.line(view.screen.server), style: theme[.dim], weight: 1),
      Part(text: view.fleet.isRecording ? "REC" : "", style: theme[.messageWarning], weight: 9),
      Part(text: mode, style: theme[.messageWarning], weight: 9),
      Part(
        text: link.text, style: link.style, weight: .max,
        least: showsSeconds(view) && link.text.hasPrefix("LIVE") ? 8 : 0),
      Part(text: "", style: theme[.dim], weight: 0, longer: answers, rank: 3),
      Part(text: "", style: theme[.dim], weight: 0, longer: polls, rank: 5),
    ].map { part in
      var part = part
      part.isLeft = true
      return part
    }
  }

  /// How long answers take, and how many of the known workers are asked for again and again; only
  /// of a server that this console asks itself.
  private static func asking(_ view: View) -> (answers: [String], polls: [String]) {
    let fleet = view.fleet
    let columns = view.screen.size.columns
    guard columns >= 120, view.screen.standing == nil, fleet.role == .leader, fleet.link.isUp
    else { return ([], []) }
    let answers = fleet.requests.answerTime.map { "link \(Figures.answer($0))" }
    let polls: String? =
      columns >= 160 && fleet.workers.polled > 0
      ? "poll \(fleet.workers.polled)/\(fleet.order.count)" : nil
    return ([answers].compactMap(\.self), [polls].compactMap(\.self))
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
      return Span("LIVE\(silence(since: at, view))", view.theme[.headerLive])
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

  /// How long nothing came, where that is worth a word.
  private static func silence(since at: Double, _ view: View) -> String {
    let seconds = view.now - at
    if showsSeconds(view), seconds < 60 { return seconds < 2 ? "" : " \(Figures.age(seconds))" }
    let isRecent = seconds < (view.isLively ? 5 : 60)
    return isRecent ? "" : ", heard \(view.age(since: at)) ago"
  }

  /// Whether seconds of silence are said: only while each second is drawn, and where there is room.
  private static func showsSeconds(_ view: View) -> Bool {
    view.isLively && view.screen.size.columns >= 100 && view.arrangement.form != .summary
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
    let failed = view.fleet.workers.failures
    let isOld = view.fleet.isDeaf(at: view.now)
    var parts: [Part] = []
    func add(_ number: Int, _ word: String, _ role: Role, weight: Int, mark: String = "") {
      guard number > 0 else { return }
      let style = view.theme[mark.isEmpty ? role : .stale]
      parts.append(Part(text: "\(mark)\(number) \(word)", style: style, weight: weight))
    }
    add(counts[.running] ?? 0, "run", .workerRunning, weight: 6, mark: isOld ? "~" : "")
    add(counts[.pending] ?? 0, "pend", .workerPending, weight: 0, mark: isOld ? "~" : "")
    add((counts[.needsYou] ?? 0) - failed, "new", .workerUnread, weight: 7)
    add(failed, "fail", .workerFailed, weight: 8)
    add(view.fleet.uncertain.count, "?", .workerUncertain, weight: 9)
    if let done = counts[.done], done > 0, view.screen.size.columns >= 160 {
      parts.append(
        Part(text: "", style: view.theme[.dim], weight: 0, longer: ["\(done) done"], rank: 4))
    }
    return parts + [today(view), burn(view), clock(view)].compactMap(\.self)
  }

  /// The time with its zone; where there is room with seconds, while every second is drawn, and
  /// with the time in UTC.
  private static func clock(_ view: View) -> Part {
    let zone = view.screen.shownZone
    let (offset, name) = zone.offset(view.now)
    let columns = view.screen.size.columns
    let isExact = columns >= 120 && view.isLively
    let minutes = "\(Figures.clock(view.now, zone)) \(name)"
    let local = "\(Figures.clock(view.now, zone, seconds: isExact)) \(name)"
    var longer = isExact ? [local] : []
    if columns >= 160, offset != 0 {
      longer.append("\(local) (\(Figures.clock(view.now, .utc))Z)")
    }
    return Part(text: minutes, style: view.theme[.dim], weight: 5, longer: longer, rank: 2)
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
        Part(text: "\(mark)\($0) today", style: view.theme[role], weight: 4)
      }
    }
    return Part(
      text: day.sentence(in: view.fleet), style: view.theme[role],
      weight: level == .clear ? 4 : 9)
  }

  /// What is being spent a minute, and when the nearest ceiling is reached by that.
  private static func burn(_ view: View) -> Part? {
    guard let rate = Figures.money(view.fleet.burn(at: view.now)) else { return nil }
    let next = Governor(view.fleet, now: view.now).standings.compactMap(\.reachedAt).min()
    let ceiling = next.flatMap { moment -> String? in
      guard moment - view.now < 86_400 else { return nil }
      let time = Figures.clock(moment, view.screen.shownZone, beside: view.now)
      return "\(rate)/min, ceiling at \(time)"
    }
    return Part(
      text: "\(rate)/min", style: view.theme[.dim], weight: 0,
      longer: [ceiling].compactMap(\.self), rank: 1)
  }
}

/// The two lines at the bottom: what keys do here, and the latest thing to know.
enum Footer {
  static func drawHints(_ view: View, into frame: inout Frame) {
    let rect = view.arrangement.hint
    var line = Line()
    for binding in view.screen.keymap.hints(in: view.screen.context) {
      if view.fleet.isReadOnly, Screen.orders.contains(binding.command) { continue }
      guard let key = binding.keys.first, let hint = view.screen.hint(binding, view.fleet) else {
        continue
      }
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
    guard let (text, role) = message(view) else { return }
    let words = Span(Sanitise.line(text), view.theme[role])
    if view.arrangement.form == .summary, view.screen.overlays.isEmpty {
      // All rows below the one line are free.
      let (_, rows) = Rect(view.screen.size).top(1)
      for (row, line) in Wrap.lines(Line([words]), width: rows.width)
        .prefix(rows.height).enumerated()
      {
        frame.write(line, x: rows.x, y: rows.y + row, in: rows)
      }
      return
    }
    guard !rect.isEmpty else { return }
    let line = Line([Span("> ", view.theme[.dim]), words])
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
      let way =
        view.screen.keyPlace == nil
        ? "start again with a key that this server takes"
        : "\(view.screen.keymap.name(of: .giveKey)) gives another"
      return ("\(reason): \(way)", .messageError)
    default: break
    }
    guard let notice else { return nil }
    let age = view.now - notice.at
    let zone = view.screen.shownZone
    let schedule = notice.schedule.map { ": " + $0.told(zone, now: view.now) } ?? ""
    let text = notice.text + schedule + (age >= 60 ? "  (\(Figures.age(age)) ago)" : "")
    return switch notice.level {
    case .info: (text, .messageInfo)
    case .warning: (text, .messageWarning)
    case .error: (text, .messageError)
    }
  }
}
