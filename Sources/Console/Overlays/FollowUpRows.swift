import Canvas
import WorkerAPI

/// What a follow-up can choose below its budget: a file to tell of, and a later time to be sent.
enum FollowUpRows {
  /// Rows that they take in a screen of that size, if the text leaves them; a new worker has none.
  static func count(_ composer: Composer, in size: Size) -> Int {
    guard composer.worker != nil else { return 0 }
    return size.rows < 24 ? 1 : 2
  }

  /// The rows; in one row both where they fit, else the one that has the focus.
  static func lines(_ composer: Composer, _ view: View, _ width: Int, rows: Int) -> [Line] {
    guard rows > 0 else { return [] }
    let margin = margin(width)
    if rows > 1 {
      return [
        files(composer, view, width, margin: margin), when(composer, view, width, margin: margin),
      ]
    }
    let right = when(composer, view, 0, margin: 5)
    if width >= 60 {
      let left = files(composer, view, width - right.width - 2, margin: margin)
      return [Line.row(left, right, width: width, ellipsis: view.ellipsis)]
    }
    if let line = focused(composer, view, width) { return [line] }
    let count = composer.files.isEmpty ? "none" : "\(composer.files.count)"
    let left = Line([label("Files", false, view, 6), Span(count, view.theme[.dim])])
    return [Line.row(left, right, width: width, ellipsis: view.ellipsis)]
  }

  /// The one of them that has the focus, in a row of its own.
  static func focused(_ composer: Composer, _ view: View, _ width: Int) -> Line? {
    switch composer.field {
    case .files: files(composer, view, width, margin: margin(width))
    case .when: when(composer, view, width, margin: margin(width))
    case .text, .budget, .confirmation: nil
    }
  }

  /// Columns of the labels: those of the budget's, fewer or none in a narrow screen.
  private static func margin(_ width: Int) -> Int { width >= 44 ? 9 : width >= 32 ? 6 : 0 }

  private static func label(
    _ text: String, _ isFocused: Bool, _ view: View, _ margin: Int
  ) -> Span {
    Span(Width.padded(text, to: margin), view.theme[isFocused ? .accent : .inputLabel])
  }

  private static func files(_ composer: Composer, _ view: View, _ width: Int, margin: Int) -> Line {
    let isFocused = composer.field == .files
    let style = view.theme[isFocused ? .inputFocused : .dim]
    let label = label("Files", isFocused, view, margin)
    guard let index = composer.fileIndex else { return Line([label, Span("none", style)]) }
    let file = composer.files[index]
    let number = "F\(index + 1) "
    let count = "  \(index + 1) of \(composer.files.count)"
    let room = max(4, width - label.width - Width.of(number) - 2 - Width.of(count))
    let name = Width.cutMiddle(
      Sanitise.line(file.filename ?? Address.short(file.url)), to: room, ellipsis: view.ellipsis)
    let hints = isFocused ? [", Enter or Space names it in the text", ", Space names it"] : []
    let hint = hints.first { Width.of(name) + Width.of($0) <= room } ?? ""
    let line = Line([
      label, Span("[\(number)\(name)]", style), Span(count + hint, view.theme[.dim]),
    ])
    return line.cut(to: width, ellipsis: view.ellipsis)
  }

  /// A follow-up goes at once; what is to go later is for the schedule form.
  private static func when(_ composer: Composer, _ view: View, _ width: Int, margin: Int) -> Line {
    let isFocused = composer.field == .when
    let label = label("When", isFocused, view, margin)
    let choices = BudgetRow.choices(["now", "later"], "now", isFocused, view.theme)
    let line = Line([label] + choices.spans)
    let hint = Line("  right, Space or Enter: in the schedule form", view.theme[.dim])
    guard isFocused, line.width + hint.width <= width else { return line }
    return Line(line.spans + hint.spans)
  }
}
