import Canvas
import Fleet
import WorkerAPI

/// What a schedule will do, in words and fire by fire.
extension FormOverlay {
  /// Rows of the box in which the form shows all of it below its fields.
  private static let fullHeight = 14

  /// In a small screen the fires do not fit below the fields; they are shown before it is sent.
  static func needsReview(in size: Size) -> Bool { size.rows - 4 < fullHeight }

  /// The fires, the words of the schedule and its budget alone, until Enter.
  static func drawReview(_ view: View, _ form: ScheduleForm, _ inner: Rect, into frame: inout Frame)
  {
    let theme = view.theme
    let (body, foot) = inner.bottom(1)
    var lines = preview(form, view, inner.width)
    if form.isPast(view.now) {
      lines = [Line("that moment has passed", theme[.messageError])]
    }
    if body.height > lines.count {
      lines.insert(Line(form.words(view.screen.zone, now: view.now) ?? "", theme[.text]), at: 0)
    }
    for (row, line) in lines.prefix(body.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: body.x, y: body.y + row,
        over: theme[.overlay], in: body)
    }
    var text = question(form, inner.width)
    if form.field == .confirmation {
      frame.cursor = Point(x: min(foot.maxX - 1, foot.x + Width.of(text)), y: foot.y)
    } else {
      let budget = Sanitise.line(form.budget.word)
      let again = form.isArmed ? "Enter again" : "Enter"
      let forms = [
        "Budget \(budget). \(again) creates it, Esc goes back.", "\(budget): \(again) creates it",
      ]
      text = forms.first { Width.of($0) <= inner.width } ?? "\(budget): \(again)"
    }
    frame.write(
      Width.cut(text, to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y,
      theme[.messageWarning].over(theme[.overlay]), in: foot)
  }

  /// The next fires, in the operator's zone and in UTC.
  static func preview(_ form: ScheduleForm, _ view: View, _ width: Int) -> [Line] {
    guard case .success(let kind) = form.reading, !form.isPast(view.now) else { return [] }
    return WhenReader.fires(of: kind, now: view.now).enumerated().map { index, moment in
      width < 64
        ? narrow(moment, view, width) : wide(moment, view, isFirst: index == 0, margin(width))
    }
  }

  private static func wide(_ moment: Double, _ view: View, isFirst: Bool, _ margin: Int) -> Line {
    let zone = view.screen.zone
    let local = "\(Figures.date(moment, zone, now: view.now)) \(zone.name(at: moment))"
    let utc = "\(Figures.date(moment, .utc, now: view.now)) UTC"
    return Line(
      label(isFirst ? "Fires" : "", false, view.theme, margin).spans + [
        Span(Width.padded(local, to: 27), view.theme[.text]),
        Span(Width.padded(local == utc ? "" : utc, to: 26), view.theme[.dim]),
        Span("in \(Figures.duration(moment - view.now))", view.theme[.scheduleNext]),
      ])
  }

  /// UTC with its day only where that is another one.
  private static func narrow(_ moment: Double, _ view: View, _ width: Int) -> Line {
    let zone = view.screen.zone
    let local = Figures.date(moment, zone, now: view.now)
    let utc = Figures.date(moment, .utc, now: view.now)
    let isSameDay = local.dropLast(5) == utc.dropLast(5)
    let clock = isSameDay ? String(utc.suffix(5)) : "\(utc.prefix(3)) \(utc.suffix(5))"
    if width < 36 {
      return Line([
        Span(String(local.dropFirst(4)), view.theme[.text]),
        Span(" \(clock)Z", view.theme[.dim]),
      ])
    }
    let name = zone.name(at: moment)
    let shown = local == utc && name == "UTC" ? "" : " = \(clock) UTC"
    let line = Line([
      Span("\(local) \(name)", view.theme[.text]), Span(shown, view.theme[.dim]),
    ])
    let left = Line("in \(Figures.duration(moment - view.now))", view.theme[.scheduleNext])
    guard line.width + left.width + 1 <= width else { return line }
    return .row(line, left, width: width, ellipsis: view.ellipsis)
  }
}

extension ScheduleForm {
  /// What it would do, in words; nil while it has no meaning.
  func words(_ zone: Zone, now: Double) -> String? {
    guard case .success(let kind) = reading, !isPast(now) else { return nil }
    return switch kind {
    case .once(let moment):
      "once, on \(Figures.date(moment, zone, now: now)) \(zone.name(at: moment))"
    case .delayed(let seconds): "once, \(Figures.period(seconds)) from now"
    case .cron(let text): (try? Cron(text))?.words
    case .interval(let seconds):
      "again every \(Figures.period(seconds)), first in \(Figures.period(seconds))"
    case .other: nil
    }
  }
}
