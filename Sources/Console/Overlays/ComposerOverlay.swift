import Canvas
import Fleet
import WorkerAPI

/// The composer as a box over the lower part of the screen.
enum ComposerOverlay {
  static func draw(_ view: View, _ composer: Composer, into frame: inout Frame) {
    let theme = view.theme
    let width = min(100, view.screen.size.columns - 6)
    let height = min(14, max(5, view.screen.size.rows - 8))
    let title: String =
      switch composer.purpose {
      case .newWorker: "New worker"
      case .followUp(_, let title): "Continue: \(Sanitise.line(title))"
      }
    let inner = view.box(title, width: width, height: height, into: &frame)
    let (text, foot) = inner.bottom(2)
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
    let (message, role) = status(composer)
    frame.write(
      Width.cut(message, to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y + 1,
      theme[role].over(theme[.overlay]), in: foot)
    if composer.field == .confirmation {
      frame.cursor = Point(x: min(foot.maxX - 1, foot.x + Width.of(message)), y: foot.y + 1)
    }
  }

  private static func status(_ composer: Composer) -> (String, Role) {
    if composer.field == .confirmation {
      return ("Unlimited has no ceiling. Type yes, then Enter: \(composer.typed)", .messageWarning)
    }
    if let problem = composer.problem { return (problem, .messageError) }
    if composer.isArmed { return ("High budget: Enter again sends it.", .messageWarning) }
    if composer.isTooEarly {
      return ("It still runs: what you write is kept as a draft.", .messageWarning)
    }
    let words = composer.area.text.split(whereSeparator: \.isWhitespace).count
    return ("\(words) \(words == 1 ? "word" : "words"), kept as you type", .dim)
  }
}

/// The four budgets in a row, the chosen one marked.
enum BudgetRow {
  static func draw(
    _ view: View, _ budget: Budget, isFocused: Bool, in rect: Rect, into frame: inout Frame
  ) {
    let theme = view.theme
    var line = Line([Span(Width.padded("Budget", to: 9), theme[.inputLabel])])
    for choice in Budget.all {
      let isChosen = choice == budget
      let style = isChosen ? theme[isFocused ? .inputFocused : .button] : theme[.dim]
      line.append(Span(isChosen ? "[\(choice.word)]" : " \(choice.word) ", style))
    }
    if isFocused { line.append(Span("  left, right", theme[.dim])) }
    frame.write(line, x: rect.x, y: rect.y, over: theme[.overlay], in: rect)
  }
}
