import Canvas
import Fleet
import WorkerAPI

/// The schedule form: what it would do stands below the fields before anything is sent.
enum FormOverlay {
  /// Columns of the labels, fewer in a narrow screen.
  static func margin(_ width: Int) -> Int { width >= 44 ? 9 : 5 }

  private static func width(in size: Size) -> Int { max(1, min(76, size.columns - 4)) }

  /// Columns of the instruction in a screen of that size.
  static func textWidth(in size: Size) -> Int {
    max(1, width(in: size) - margin(width(in: size)))
  }

  static func draw(_ view: View, _ form: ScheduleForm, into frame: inout Frame) {
    let theme = view.theme
    let wanted = min(15, max(5, view.screen.size.rows - 4))
    let inner = view.box(
      "Schedule: \(Sanitise.line(form.title))", width: width(in: view.screen.size),
      height: wanted, into: &frame)
    if form.isReviewing { return drawReview(view, form, inner, into: &frame) }
    let margin = margin(inner.width)
    var y = inner.y
    func write(_ line: Line) {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: y, over: theme[.overlay],
        in: inner)
      y += 1
    }
    write(kinds(form, theme, inner.width))
    write(when(form, theme, inner, y, &frame))
    for line in meaning(form, view, inner) {
      write(Line(String(repeating: " ", count: margin) + line.text, theme[line.role]))
    }
    write(label("Do", form.field == .text, theme, margin))
    let height = min(inner.height >= 13 ? 3 : 1, max(0, inner.maxY - y + 1))
    let text = Rect(
      x: inner.x + margin, y: y - 1, width: max(1, inner.width - margin), height: height)
    var area = form.area
    if form.field != .text { area.cursor = 0 }
    area.draw(
      into: &frame, rect: text, style: theme[.inputText].over(theme[.overlay]),
      showsCursor: form.field == .text)
    y = text.maxY
    if let problem = form.problemAt(.text, now: view.now) {
      write(Line(String(repeating: " ", count: margin) + problem, theme[.messageError]))
    }
    if form.field != .confirmation || inner.height >= 7 {
      BudgetRow.draw(
        view, form.budget, isFocused: form.field == .budget,
        in: Rect(x: inner.x, y: y, width: inner.width, height: 1).intersection(inner), into: &frame)
      y += 1
    }
    status(form, theme, inner, &y, &frame)
    for line in preview(form, view, inner.width).prefix(max(0, inner.maxY - y)) { write(line) }
  }

  /// What is wrong with the moment, else how it is written and what it says; one line in a small box,
  /// none in a very small one while another field is edited.
  private static func meaning(
    _ form: ScheduleForm, _ view: View, _ inner: Rect
  ) -> [(text: String, role: Role)] {
    let isOpen = inner.height >= 7 || form.field == .when
    if let problem = form.problemAt(.when, now: view.now) {
      guard inner.height >= 14 else { return [(problem, .messageError)] }
      let width = inner.width - margin(inner.width)
      return Wrap.lines(Line(problem), width: width).prefix(2).map { ($0.text, .messageError) }
    }
    guard isOpen else { return [] }
    let words = form.words(view.screen.zone, now: view.now).map { ($0, Role.text) }
    let hint = (form.kind.explanation, Role.dim)
    return inner.height >= 14 ? [hint] + (words.map { [$0] } ?? []) : [words ?? hint]
  }

  /// What has to be confirmed; empty when nothing has.
  static func question(_ form: ScheduleForm, _ width: Int) -> String {
    guard form.field == .confirmation else {
      return form.isArmed ? "High budget: Enter again creates it." : ""
    }
    let reason = form.obstacle.map { "Ceiling reached: \(Sanitise.line($0))." }
    let long = "\(reason ?? "No ceiling, every time it fires.") Type yes, then Enter: "
    return ComposerOverlay.question(long, reason, width) + form.typedYes
  }

  /// What has to be confirmed, in a row of its own; an empty one where there is room.
  private static func status(
    _ form: ScheduleForm, _ theme: Theme, _ inner: Rect, _ y: inout Int, _ frame: inout Frame
  ) {
    let text = question(form, inner.width)
    if form.field == .confirmation {
      frame.cursor = Point(x: min(inner.maxX - 1, inner.x + Width.of(text)), y: y)
    }
    guard !text.isEmpty || inner.height >= 13 else { return }
    let place = min(y, inner.maxY - 1)
    if !text.isEmpty {
      frame.fill(
        Rect(x: inner.x, y: place, width: inner.width, height: 1), theme[.overlay])
    }
    frame.write(
      text, x: inner.x, y: place, theme[.messageWarning].over(theme[.overlay]), in: inner)
    if let cursor = frame.cursor, form.field == .confirmation {
      frame.cursor = Point(x: cursor.x, y: place)
    }
    y += 1
  }

  static func label(
    _ text: String, _ isFocused: Bool, _ theme: Theme, _ margin: Int
  ) -> Line {
    Line(Width.padded(text, to: margin), theme[isFocused ? .accent : .inputLabel])
  }

  /// The four kinds, or the chosen one alone where they do not fit.
  private static func kinds(_ form: ScheduleForm, _ theme: Theme, _ width: Int) -> Line {
    let isFocused = form.field == .kind
    let label = label("Kind", isFocused, theme, margin(width))
    let words = WhenReader.Kind.allCases.map(\.rawValue)
    var choices = BudgetRow.choices(words, form.kind.rawValue, isFocused, theme)
    if label.width + choices.width > width {
      choices = BudgetRow.choices([form.kind.rawValue], form.kind.rawValue, isFocused, theme)
    }
    let hint = isFocused ? Line("  left, right", theme[.dim]) : Line()
    let line = Line(label.spans + choices.spans)
    return line.width + hint.width <= width ? Line(line.spans + hint.spans) : line
  }

  /// The field of one line; what is before the cursor moves out to the left when it is long.
  private static func when(
    _ form: ScheduleForm, _ theme: Theme, _ inner: Rect, _ y: Int, _ frame: inout Frame
  ) -> Line {
    let isFocused = form.field == .when
    let margin = margin(inner.width)
    let before = Width.of(String(form.when.text.prefix(form.when.cursor)))
    let hidden = isFocused ? max(0, before - max(1, inner.width - margin - 1)) : 0
    let text = Line(form.when.text, theme[.inputText]).dropping(columns: hidden)
    if isFocused {
      frame.cursor = Point(x: min(inner.maxX - 1, inner.x + margin + before - hidden), y: y)
    }
    return Line(label("When", isFocused, theme, margin).spans + text.spans)
  }
}

extension ScheduleForm {
  func problemAt(_ field: Field, now: Double) -> String? {
    if let problem, problem.field == field { return problem.text }
    if field == .when, isPast(now) { return "that moment has passed" }
    if field == .when, case .failure(let failure) = reading { return failure.description }
    return nil
  }
}
