import Canvas
import Fleet
import WorkerAPI

/// What a schedule will do: its next fires, what stands in their way, and what a month may cost.
enum ForecastOverlay {
  static func draw(_ view: View, _ worker: String, _ schedule: String, into frame: inout Frame) {
    let width = max(1, min(76, view.screen.size.columns - 4))
    let item = Agenda.items(of: [worker], in: view.fleet).first { $0.schedule.id == schedule }
    guard let item else {
      let inner = view.box("Schedule", width: width, height: 1, into: &frame)
      frame.write(
        "It fired, or was cancelled; the server has it no more.", x: inner.x, y: inner.y,
        view.theme[.text].over(view.theme[.overlay]), in: inner)
      return
    }
    let lines = lines(item, view, width)
    let inner = view.box(
      "\(item.schedule.kind.words) of \(Sanitise.line(item.title))", width: width,
      height: lines.count, into: &frame)
    for (row, line) in lines.prefix(inner.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  static func lines(_ item: AgendaItem, _ view: View, _ width: Int) -> [Line] {
    let theme = view.theme
    let forecast = Forecast(item, in: view.fleet, now: view.now)
    func fact(_ name: String, _ text: String, _ role: Role = .text) -> Line {
      Line([Span(Width.padded(name, to: 9), theme[.inputLabel]), Span(text, theme[role])])
    }
    var lines = [
      fact("does", Sanitise.line(String(item.schedule.input.prefix(1_000)))),
      fact("budget", Sanitise.line(item.schedule.budget.word)),
    ]
    lines += fires(forecast, view, width)
    if forecast.disagrees, let next = item.schedule.nextRunAt {
      let date = moment(next, view, width)
      lines.append(fact("", "the server says \(date): look at its clock", .messageWarning))
    }
    lines.append(fact("month", month(forecast), .text))
    return lines
  }

  private static func fires(_ forecast: Forecast, _ view: View, _ width: Int) -> [Line] {
    let theme = view.theme
    let zone = view.screen.shownZone
    guard !forecast.fires.isEmpty else {
      return [Line([Span("fires    not known", theme[.dim])])]
    }
    var offset = zone.offset(view.now).seconds
    return forecast.fires.enumerated().map { index, fire in
      let own = zone.offset(fire.at).seconds
      defer { offset = own }
      let date = moment(fire.at, view, width)
      var marks: [String] = []
      if own != offset { marks.append("clocks change before it") }
      if let other = fire.others.first {
        let more = fire.others.count > 1 ? " and \(fire.others.count - 1) more" : ""
        marks.append("together with \(Sanitise.line(other))\(more)")
      }
      let left = fire.at - view.now
      return Line([
        Span(Width.padded(index == 0 ? "fires" : "", to: 9), theme[.inputLabel]),
        Span(Width.padded(date, to: hasBoth(view, width) ? 32 : 24) + " ", theme[.text]),
        Span(
          Width.padded(left <= 0 ? "due" : "in \(Figures.duration(left))", to: 10),
          theme[.scheduleNext]),
        Span(marks.joined(separator: "; "), theme[.messageWarning]),
      ])
    }
  }

  /// A time in the shown zone, and in UTC where that is another and there is room.
  private static func moment(_ moment: Double, _ view: View, _ width: Int) -> String {
    let zone = view.screen.shownZone
    let date = "\(Figures.date(moment, zone, now: view.now)) \(zone.name(at: moment))"
    guard hasBoth(view, width) else { return date }
    let isSameDay = zone.civil(moment).isSameDay(as: Zone.utc.civil(moment))
    let utc =
      isSameDay ? Figures.clock(moment, .utc) : Figures.soon(moment, .utc, now: moment)
    return "\(date), \(utc) UTC"
  }

  private static func hasBoth(_ view: View, _ width: Int) -> Bool {
    width >= 60 && view.screen.shownZone.name(at: view.now) != "UTC"
  }

  private static func month(_ forecast: Forecast) -> String {
    guard let fires = forecast.monthlyFires else { return "not known" }
    let times = fires == 1 ? "1 fire in 30 days" : "\(fires) fires in 30 days"
    guard let typical = forecast.typical, let each = Figures.money(typical.spent) else {
      return "\(times); no run to judge the cost by"
    }
    let total = Spent(
      credits: (typical.spent.credits * Double(fires)).rounded(),
      dollars: typical.spent.dollars * Double(fires))
    let runs = forecast.runs == 1 ? "its one run" : "median of \(forecast.runs) runs"
    return "\(times), about \(Figures.money(total) ?? "nothing") (\(each) each, \(runs))"
  }
}
