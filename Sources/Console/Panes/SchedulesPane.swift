import Canvas
import Fleet
import WorkerAPI

/// The schedules of this worker or of all: kind, when next, and how long until then.
enum SchedulesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.schedules, view, rect, into: &frame)
    let items = view.screen.agenda(view.fleet)
    guard !items.isEmpty else {
      let lines =
        view.screen.showsAgenda
        ? ["No schedules.", "n schedules the selected worker."]
        : ["This worker has no schedule.", "n makes one: once, delay, cron, interval."]
      return view.empty(lines, in: body, into: &frame)
    }
    let crowded = Agenda.crowded(in: view.fleet)
    ListPane.draw(view, .schedules, items.count, body, into: &frame) { index, width in
      row(items[index], crowded, view, width)
    }
  }

  /// What about the next fire is worth a look with `i`; a mark alone where there is little room.
  private static func mark(
    _ schedule: Schedule, _ crowded: Set<Int>, _ view: View, isWide: Bool
  ) -> String? {
    guard let next = schedule.nextRunAt else { return nil }
    let zone = view.screen.shownZone
    if Forecast.disagrees(schedule, now: view.now) { return isWide ? "not its time" : "!" }
    if zone.offset(view.now).seconds != zone.offset(next).seconds {
      return isWide ? "clocks change" : "!"
    }
    return crowded.contains(Forecast.minute(next)) ? (isWide ? "same minute" : "!") : nil
  }

  private static func row(
    _ item: AgendaItem, _ crowded: Set<Int>, _ view: View, _ width: Int
  ) -> Line {
    var right = Line()
    if let mark = mark(item.schedule, crowded, view, isWide: width >= 76) {
      right.append(Span(mark + " ", view.theme[.messageWarning]))
    }
    if let next = item.schedule.nextRunAt {
      if width >= 50 {
        let zone = view.screen.shownZone
        let when =
          width >= 76
          ? Figures.date(next, zone, now: view.now) : Figures.soon(next, zone, now: view.now)
        right.append(Span("\(when) \(zone.name(at: next))", view.theme[.text]))
      }
      let left = next - view.now
      let text = left <= 0 ? "due" : "in \(Figures.duration(left))"
      right.append(Span(Width.padded(text, to: 9, alignment: .right), view.theme[.scheduleNext]))
    } else {
      right.append(Span("?", view.theme[.dim]))
    }
    let kind = item.schedule.kind.words
    let lead = width >= 76 ? 20 : 12
    let name = view.screen.showsAgenda ? item.title : item.schedule.input
    let left = Line([
      Span(
        Width.padded(Width.cut(kind, to: lead, ellipsis: view.ellipsis), to: lead) + " ",
        view.theme[.scheduleKind]),
      Span(Sanitise.line(name), view.theme[.text]),
    ])
    return .row(left, right, width: width, ellipsis: view.ellipsis)
  }
}
