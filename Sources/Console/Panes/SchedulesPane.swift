import Canvas
import Fleet
import WorkerAPI

/// The schedules of this worker or of all: kind, when next, and how long until then.
enum SchedulesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.schedules, view, rect, into: &frame)
    let items = view.screen.agenda(view.fleet)
    guard !items.isEmpty else {
      return view.empty(absence(view), in: body, into: &frame)
    }
    let crowded = Agenda.crowded(in: view.fleet)
    let times = beginsWithTime(view) ? timeColumns(items, view, body) : nil
    ListPane.draw(view, .schedules, items.count, body, into: &frame) { index, width in
      times.map { timedRow(items[index], crowded, view, width, times: $0) }
        ?? row(items[index], crowded, view, width)
    }
  }

  private static func absence(_ view: View) -> [String] {
    let what = view.screen.showsAgenda ? "No schedules." : "This worker has no schedule."
    guard !view.fleet.isReadOnly, view.worker != nil else { return [what] }
    let key = view.key(.newSchedule, in: .schedules)
    return [
      what,
      view.screen.showsAgenda
        ? "\(key) schedules the selected worker."
        : "\(key) makes one: once, delay, cron, interval.",
    ]
  }

  /// A large screen shows them as a diary does: the time first, what it may cost last.
  static func beginsWithTime(_ view: View) -> Bool {
    view.screen.size.columns >= 160 && (view.arrangement.panes[.schedules]?.width ?? 0) >= 52
  }

  /// Columns for the times; more where one of them has the name of its zone beside it.
  private static func timeColumns(_ items: [AgendaItem], _ view: View, _ rect: Rect) -> Int {
    let zone = view.screen.shownZone
    let isRoomy = isRoomy(rect.width - 2)
    return items.compactMap(\.schedule.nextRunAt)
      .filter { !zone.agrees(at: $0, and: view.now) }
      .reduce(isRoomy ? 16 : 10) { max($0, Width.of(when($1, view, isRoomy: isRoomy))) }
  }

  private static func isRoomy(_ width: Int) -> Bool { width >= 100 }

  /// What about the next fire is worth a look with `i`; a mark alone where there is little room.
  private static func mark(
    _ schedule: Schedule, _ crowded: Set<Int>, _ view: View, isWide: Bool
  ) -> String? {
    guard let next = schedule.nextRunAt else { return nil }
    let zone = view.screen.shownZone
    if Forecast.disagrees(schedule, now: view.now) { return isWide ? "not its time" : "!" }
    if !zone.agrees(at: view.now, and: next) { return isWide ? "clocks change" : "!" }
    return crowded.contains(Forecast.minute(next)) ? (isWide ? "same minute" : "!") : nil
  }

  private static func row(
    _ item: AgendaItem, _ crowded: Set<Int>, _ view: View, _ width: Int
  ) -> Line {
    let lead = width >= 76 ? 20 : 12
    let name = name(item, view)
    var right = Line()
    if let mark = mark(item.schedule, crowded, view, isWide: width >= 76) {
      right.append(Span(mark + " ", view.theme[.messageWarning]))
    }
    if let next = item.schedule.nextRunAt {
      let zone = view.screen.shownZone
      let left = next - view.now
      if width >= 50 {
        let when =
          width >= 76
          ? Figures.date(next, zone, now: view.now) : Figures.soon(next, zone, now: view.now)
        right.append(Span("\(when) \(zone.name(at: next))", view.theme[.text]))
      } else if 0..<86_400 ~= left {
        let clock = Figures.clock(next, zone, beside: view.now)
        // Only where no name is cut for it.
        if lead + Width.of(name) + right.width + Width.of(clock) + 11 <= width {
          right.append(Span(clock, view.theme[.text]))
        }
      }
      let text = left <= 0 ? "due" : "in \(Figures.duration(left))"
      right.append(Span(Width.padded(text, to: 9, alignment: .right), view.theme[.scheduleNext]))
    } else {
      right.append(Span("?", view.theme[.dim]))
    }
    let left = Line([
      Span(field(item.schedule.kind.words, lead, view) + " ", view.theme[.scheduleKind]),
      Span(name, view.theme[.text]),
    ])
    return .row(left, right, width: width, ellipsis: view.ellipsis)
  }

  /// When, who, what kind, what is worth a look, and what a run of that worker costs.
  private static func timedRow(
    _ item: AgendaItem, _ crowded: Set<Int>, _ view: View, _ width: Int, times: Int
  ) -> Line {
    let theme = view.theme
    let isRoomy = isRoomy(width)
    let mark = mark(item.schedule, crowded, view, isWide: isRoomy) ?? ""
    let left = item.schedule.nextRunAt.map { $0 - view.now }
    var right = Line()
    right.append(Span(Width.padded(mark, to: isRoomy ? 14 : 2), theme[.messageWarning]))
    if isRoomy {
      let text = left.map { $0 <= 0 ? "" : "in \(Figures.duration($0))" } ?? ""
      right.append(Span(Width.padded(text, to: 9, alignment: .right), theme[.scheduleNext]))
    }
    let cost = Width.padded(cost(item.worker, view), to: 9, alignment: .right)
    right.append(Span(cost, theme[.dim]))
    let kind = isRoomy ? 20 : 12
    let title = max(4, width - times - kind - right.width - 5)
    let time = left.map { $0 <= 0 ? "due" : when($0 + view.now, view, isRoomy: isRoomy) }
    let role: Role = time == nil ? .dim : .scheduleNext
    return .row(
      Line([
        Span(Width.padded(time ?? "?", to: times) + "  ", theme[role]),
        Span(field(name(item, view), title, view) + "  ", theme[.text]),
        Span(field(item.schedule.kind.words, kind, view), theme[.scheduleKind]),
      ]), right, width: width, ellipsis: view.ellipsis)
  }

  /// `Tue 19:00` within the next six days, else `Thu 24 Dec`; with room for it both.
  private static func when(_ next: Double, _ view: View, isRoomy: Bool) -> String {
    let zone = view.screen.shownZone
    let date = zone.civil(next)
    let month = Figures.months[date.month - 1]
    let day = "\(Figures.days[date.weekday]) \(Figures.padded(date.day)) \(month)"
    let isSoon = next - view.now < 6 * 86_400
    let clock = Figures.clock(next, zone, beside: view.now)
    if isSoon, !isRoomy { return "\(Figures.days[date.weekday]) \(clock)" }
    if isSoon || date.year == zone.civil(view.now).year {
      return isRoomy ? "\(day) \(clock)" : day
    }
    return isRoomy ? "\(day) \(date.year)" : "\(month) \(date.year)"
  }

  /// A run's cost by the median of its worker's; `-` where none was watched to its end.
  private static func cost(_ worker: String, _ view: View) -> String {
    guard let spent = Forecast.typical(of: worker, in: view.fleet)?.spent else { return "-" }
    if spent.credits >= 5e-7 { return "~\(Figures.credits(spent.credits)) cr" }
    return spent.dollars >= 5e-7 ? "~$\(Figures.decimal(spent.dollars, 2))" : "-"
  }

  /// Among those of all workers the worker's title, among its own what it is to do.
  private static func name(_ item: AgendaItem, _ view: View) -> String {
    Sanitise.line(view.screen.showsAgenda ? item.title : item.schedule.input)
  }

  /// Exactly that many columns, with the ellipsis where something was left out.
  private static func field(_ text: String, _ columns: Int, _ view: View) -> String {
    Width.padded(Width.cut(text, to: columns, ellipsis: view.ellipsis), to: columns)
  }
}
