import Canvas
import Fleet
import WorkerAPI

/// The schedule form: what it would do stands below the fields before anything is sent.
enum FormOverlay {
  static func draw(_ view: View, _ form: ScheduleForm, into frame: inout Frame) {
    let theme = view.theme
    let inner = view.box(
      "Schedule: \(Sanitise.line(form.title))", width: min(76, view.screen.size.columns - 6),
      height: min(15, view.screen.size.rows - 4), into: &frame)
    var y = inner.y
    func write(_ line: Line) {
      frame.write(line, x: inner.x, y: y, over: theme[.overlay], in: inner)
      y += 1
    }
    write(kinds(form, theme))
    let (when, cursor) = whenLine(form, theme, inner)
    write(when)
    if form.field == .when { frame.cursor = Point(x: cursor, y: y - 1) }
    write(
      Line(
        indented(form.problemAt(.when) ?? form.kind.explanation),
        theme[form.problemAt(.when) == nil ? .dim : .messageError]))
    frame.write(
      label("Do", form.field == .text, theme), x: inner.x, y: y, over: theme[.overlay], in: inner)
    let text = Rect(x: inner.x + 9, y: y, width: max(1, inner.width - 9), height: 3)
    form.area.draw(
      into: &frame, rect: text, style: theme[.inputText].over(theme[.overlay]),
      showsCursor: form.field == .text)
    y += 3
    if let problem = form.problemAt(.text) { write(Line(indented(problem), theme[.messageError])) }
    BudgetRow.draw(
      view, form.budget, isFocused: form.field == .budget,
      in: Rect(x: inner.x, y: y, width: inner.width, height: 1), into: &frame)
    y += 1
    if form.field == .confirmation {
      write(
        Line(
          "No ceiling, every time it fires. Type yes, then Enter: \(form.typedYes)",
          theme[.messageWarning]))
      frame.cursor = Point(x: min(inner.maxX - 1, inner.x + 55 + form.typedYes.count), y: y - 1)
    } else if form.isArmed {
      write(Line("High budget: Enter again creates it.", theme[.messageWarning]))
    } else {
      y += 1
    }
    for line in preview(form, view).prefix(max(0, inner.maxY - y)) { write(line) }
  }

  private static func label(_ text: String, _ isFocused: Bool, _ theme: Theme) -> Line {
    Line(Width.padded(text, to: 9), theme[isFocused ? .accent : .inputLabel])
  }

  private static func indented(_ text: String) -> String { String(repeating: " ", count: 9) + text }

  private static func kinds(_ form: ScheduleForm, _ theme: Theme) -> Line {
    var line = label("Kind", form.field == .kind, theme)
    for kind in WhenReader.Kind.allCases {
      let isChosen = kind == form.kind
      let style = isChosen ? theme[form.field == .kind ? .inputFocused : .button] : theme[.dim]
      line.append(Span(isChosen ? "[\(kind.rawValue)]" : " \(kind.rawValue) ", style))
    }
    if form.field == .kind { line.append(Span("  left, right", theme[.dim])) }
    return line
  }

  private static func whenLine(
    _ form: ScheduleForm, _ theme: Theme, _ inner: Rect
  ) -> (Line, cursor: Int) {
    var line = label("When", form.field == .when, theme)
    let shown = Width.cut(form.when.text, to: inner.width - 10)
    line.append(Span(shown, theme[.inputText]))
    let before = Width.of(String(form.when.text.prefix(form.when.cursor)))
    return (line, min(inner.maxX - 1, inner.x + 9 + before))
  }

  /// The next fires, in the operator's zone and in UTC.
  private static func preview(_ form: ScheduleForm, _ view: View) -> [Line] {
    guard case .success(let kind) = form.reading else { return [] }
    let zone = view.screen.zone
    let fires = WhenReader.fires(of: kind, now: view.now)
    let heading = Line(fires.count == 1 ? "Fires" : "Fires next", view.theme[.inputLabel])
    return [heading]
      + fires.map { moment in
        let local = "\(Figures.date(moment, zone, now: view.now)) \(zone.name(at: moment))"
        let utc = "\(Figures.date(moment, .utc, now: view.now)) UTC"
        let left = "in \(Figures.duration(moment - view.now))"
        return Line([
          Span("  " + Width.padded(local, to: 27), view.theme[.text]),
          Span(Width.padded(local == utc ? "" : utc, to: 27), view.theme[.dim]),
          Span(left, view.theme[.scheduleNext]),
        ])
      }
  }
}

extension ScheduleForm {
  func problemAt(_ field: Field) -> String? {
    if let problem, problem.field == field { return problem.text }
    if field == .when, case .failure(let failure) = reading { return failure.description }
    return nil
  }
}
