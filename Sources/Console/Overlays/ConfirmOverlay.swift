import Canvas

/// A question that names what it is about and what follows; its last row has the answers.
enum ConfirmOverlay {
  /// Columns of a row of prose, and rows of an instruction.
  private static let measure = 64
  private static let quoteRows = 3

  static func draw(_ view: View, _ confirm: Confirm, into frame: inout Frame) {
    let theme = view.theme
    // Two columns and a row on each side are the frame.
    let content = view.arrangement.content
    let most = max(1, view.screen.size.columns - 4)
    let rows = rows(
      confirm, width: min(measure, most), limit: content.height - 3, ellipsis: view.ellipsis)
    let longest = ([confirm.title, question(confirm, most)] + rows).map(Width.of).max() ?? 0
    let inner = view.box(
      confirm.title, width: min(max(longest, 34), most), height: rows.count + 1, into: &frame)
    let (body, foot) = inner.bottom(1)
    for (row, text) in rows.prefix(body.height).enumerated() {
      frame.write(
        text, x: body.x, y: body.y + row, theme[.text].over(theme[.overlay]), in: body)
    }
    guard confirm.typed == nil else {
      let question = question(confirm, foot.width)
      frame.write(
        question, x: foot.x, y: foot.y, theme[.messageWarning].over(theme[.overlay]), in: foot)
      frame.cursor = Point(x: min(foot.maxX - 1, foot.x + Width.of(question)), y: foot.y)
      return
    }
    let isNarrow = Width.of(question(confirm, most)) > foot.width
    let keys = Line([
      Span("y", theme[.hintKey]),
      Span(isNarrow ? " yes  " : " yes, \(confirm.yes)  ", theme[.text]),
      Span("n", theme[.hintKey]), Span(isNarrow ? " no" : " no, \(confirm.no)", theme[.text]),
    ])
    frame.write(keys, x: foot.x, y: foot.y, over: theme[.overlay], in: foot)
  }

  /// The last row: the answers, or where yes is typed.
  private static func question(_ confirm: Confirm, _ width: Int) -> String {
    guard let typed = confirm.typed else { return "y yes, \(confirm.yes)  n no, \(confirm.no)" }
    let long = "Type yes, then Enter: "
    return (Width.of(long) + 4 <= width ? long : "yes, Enter: ") + typed
  }

  /// What stands above the answers in that many rows: first what is said besides gives way, then the
  /// instruction, then the long form of the consequence; a title gives way to an id.
  static func rows(
    _ confirm: Confirm, width: Int, limit: Int, ellipsis: String
  ) -> [String] {
    func wrapped(_ text: String) -> [String] {
      text.isEmpty
        ? [] : Wrap.lines(Line(Sanitise.line(text)), width: width).map(\.text)
    }
    func quote(_ count: Int) -> [String] {
      // Far more than the rows hold; an instruction may be a megabyte.
      let all = wrapped(String(confirm.quote.prefix(2_000)))
      guard all.count > count, count > 0 else { return count > 0 ? all : [] }
      return all.prefix(count - 1)
        + [Width.cut(all[count - 1] + " " + all[count], to: width, ellipsis: ellipsis)]
    }
    let consequence = wrapped(confirm.consequence)
    let people = confirm.shownNames(rows: limit - consequence.count - confirm.lines.count - 1)
      .map { Width.cut(Sanitise.line($0), to: width, ellipsis: ellipsis) }
    let names = people + confirm.lines.flatMap(wrapped)
    let first = confirm.lines.prefix(1).map {
      Width.cut(Sanitise.line($0), to: width, ellipsis: ellipsis)
    }
    let brief = wrapped(confirm.brief.isEmpty ? confirm.consequence : confirm.brief)
    let others: [String] = confirm.lines.dropFirst().flatMap(wrapped)
    let short: [String] = first + others
    let most: [String] = names + quote(quoteRows) + consequence
    let forms: [[String]] = [
      most + wrapped(confirm.aside) + [""], most + [""], most, names + quote(1) + consequence,
      names + consequence, names + brief, short + brief,
      others + brief,
    ]
    if let form = forms.first(where: { $0.count <= limit }) { return form }
    return Array(short.prefix(max(0, limit - brief.count))) + brief.prefix(max(0, limit))
  }
}

extension Confirm {
  /// The names that fit in so many rows, with the number of the others.
  func shownNames(rows: Int) -> [String] {
    guard names.count > rows else { return names }
    return rows < 2 ? [] : names.prefix(rows - 1) + ["and \(names.count - rows + 1) more"]
  }

  /// Takes a key in; true when the answer is yes.
  mutating func takeTyped(_ key: Key, _ command: Command?) -> Bool {
    guard let before = typed else { return command == .yes }
    if command == .accept { return before == "yes" }
    if case .character(let character) = key, before.count < 8 { typed = before + [character] }
    if key == .backspace { typed = String(before.dropLast()) }
    return false
  }
}
