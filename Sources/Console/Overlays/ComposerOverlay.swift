import Canvas
import Fleet
import WorkerAPI

/// The composer as a box over the lower part of the screen.
enum ComposerOverlay {
  /// Columns of the text in a screen of that size.
  static func width(in size: Size) -> Int { max(1, min(100, size.columns - 4)) }

  static func draw(_ view: View, _ composer: Composer, into frame: inout Frame) {
    let theme = view.theme
    let width = width(in: view.screen.size)
    // It grows with its text, so that the work behind it stays in sight.
    let rows = composer.area.layout(width: width)
    let wanted = FollowUpRows.count(composer, in: view.screen.size)
    let height = min(
      max(7, rows.rows.count + 4) + wanted, 14 + wanted,
      max(5 + wanted, view.screen.size.rows - 8))
    let title: String =
      switch composer.purpose {
      case .newWorker: "New worker"
      case .followUp(_, let title): "Continue: \(Sanitise.line(title))"
      }
    let inner = view.box(title, width: width, height: height, into: &frame)
    // In a tiny screen the text needs their place.
    let extra = inner.height >= 5 + wanted ? wanted : 0
    let (text, foot) = inner.bottom(2 + extra)
    composer.area.draw(
      into: &frame, rect: text, style: theme[.inputText].over(theme[.overlay]),
      showsCursor: composer.field == .text)
    if composer.area.text.isEmpty {
      frame.write(
        "What should it do?", x: text.x + 1, y: text.y, theme[.dim].over(theme[.overlay]), in: text)
    }
    BudgetRow.draw(
      view, composer.budget, isFocused: composer.field == .budget,
      in: Rect(x: foot.x, y: foot.y, width: foot.width, height: 1), into: &frame)
    let choices = FollowUpRows.lines(composer, view, foot.width, rows: extra)
    for (row, line) in choices.enumerated() {
      frame.write(line, x: foot.x, y: foot.y + 1 + row, over: theme[.overlay], in: foot)
    }
    let last = foot.y + 1 + extra
    // Without a row of its own, a choice that has the focus stands where there is nothing to say.
    if extra == 0, let line = FollowUpRows.focused(composer, view, foot.width),
      composer.problem == nil, composer.note == nil
    {
      frame.write(line, x: foot.x, y: last, over: theme[.overlay], in: foot)
      return
    }
    let (message, role) = status(composer, view, foot.width)
    // Where the cursor is in a text that does not fit.
    let place =
      rows.rows.count > text.height ? "row \(rows.cursor.y + 1) of \(rows.rows.count)" : ""
    frame.write(
      .row(
        Line(message, theme[role]), Line(place, theme[.dim]), width: foot.width,
        ellipsis: view.ellipsis),
      x: foot.x, y: last, over: theme[.overlay], in: foot)
    if composer.field == .confirmation {
      frame.cursor = Point(x: min(foot.maxX - 1, foot.x + Width.of(message)), y: last)
    }
  }

  /// The longest form of the question that leaves room for the answer.
  static func question(_ long: String, _ reason: String?, _ width: Int) -> String {
    let short = reason == nil ? "No ceiling! yes, Enter: " : "Ceiling reached! yes, Enter: "
    return [long, short].first { Width.of($0) + 4 <= width } ?? "yes, Enter: "
  }

  private static func status(
    _ composer: Composer, _ view: View, _ width: Int
  ) -> (String, Role) {
    if composer.field == .confirmation {
      let reason = composer.obstacle.map { "Ceiling reached: \(Sanitise.line($0))." }
      let long = "\(reason ?? "Unlimited has no ceiling.") Type yes, then Enter: "
      return (question(long, reason, width) + composer.typed, .messageWarning)
    }
    if let problem = composer.problem { return (problem, .messageError) }
    if let note = composer.note { return (note, .messageInfo) }
    if composer.isArmed { return ("High budget: Enter again sends it.", .messageWarning) }
    if let place = composer.standing {
      let end = composer.isTooEarly ? "; it still runs" : ""
      let words = composer.past[place].words(
        width: width - Width.of(end), ellipsis: view.ellipsis)
      return (words + end, composer.isTooEarly ? .messageWarning : .dim)
    }
    if composer.isTooEarly {
      return ("It still runs: what you write is kept as a draft.", .messageWarning)
    }
    let words = composer.area.text.wordCount
    return ("\(words) \(words == 1 ? "word" : "words"), kept as you type", .dim)
  }
}

/// The four budgets in a row, the chosen one marked; where they do not fit, the chosen one alone.
enum BudgetRow {
  static func draw(
    _ view: View, _ budget: Budget, isFocused: Bool, in rect: Rect, into frame: inout Frame
  ) {
    let theme = view.theme
    let known = Budget.all.contains(budget) ? Budget.all : Budget.all + [budget]
    let all = choices(known.map(\.word), budget.word, isFocused, theme)
    let label = Line(Width.padded("Budget", to: 9), theme[isFocused ? .accent : .inputLabel])
    let line: Line =
      if label.width + all.width <= rect.width {
        Line(label.spans + all.spans)
      } else if all.width <= rect.width {
        all
      } else {
        choices([budget.word], budget.word, isFocused, theme)
      }
    let hint = Line("  left, right", theme[.dim])
    let isHinted = isFocused && line.width + hint.width <= rect.width
    frame.write(
      Line(line.spans + (isHinted ? hint.spans : [])), x: rect.x, y: rect.y, over: theme[.overlay],
      in: rect)
  }

  /// Words in a row, the chosen one in brackets.
  static func choices(_ words: [String], _ chosen: String, _ isFocused: Bool, _ theme: Theme)
    -> Line
  {
    Line(
      words.map { word in
        let shown = Sanitise.line(word)
        return word == chosen
          ? Span("[\(shown)]", theme[isFocused ? .inputFocused : .button])
          : Span(" \(shown) ", theme[.dim])
      })
  }
}
