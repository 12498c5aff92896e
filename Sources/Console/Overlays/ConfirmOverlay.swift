import Canvas

/// A question that names what it is about.
enum ConfirmOverlay {
  static func draw(_ view: View, _ confirm: Confirm, into frame: inout Frame) {
    let room = view.arrangement.content.height - 4 - confirm.lines.count
    let lines = (confirm.shownNames(rows: room) + confirm.lines).map(Sanitise.line)
    let longest = ([confirm.title] + lines).map(Width.of).max() ?? 20
    let width = min(max(longest, 34), view.screen.size.columns - 4)
    let inner = view.box(confirm.title, width: width, height: lines.count + 2, into: &frame)
    for (row, text) in lines.enumerated() {
      frame.write(
        Width.cut(text, to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        view.theme[.text].over(view.theme[.overlay]), in: inner)
    }
    if let typed = confirm.typed {
      let question = "Type yes, then Enter: \(typed)"
      frame.write(
        question, x: inner.x, y: inner.maxY - 1,
        view.theme[.messageWarning].over(view.theme[.overlay]), in: inner)
      frame.cursor = Point(x: min(inner.maxX - 1, inner.x + Width.of(question)), y: inner.maxY - 1)
      return
    }
    let isNarrow = inner.width < Width.of(confirm.yes + confirm.no) + 15
    let keys = Line([
      Span("y", view.theme[.hintKey]),
      Span(isNarrow ? " yes  " : " yes, \(confirm.yes)  ", view.theme[.text]),
      Span("n", view.theme[.hintKey]),
      Span(isNarrow ? " no" : " no, \(confirm.no)", view.theme[.text]),
    ])
    frame.write(keys, x: inner.x, y: inner.maxY - 1, over: view.theme[.overlay], in: inner)
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
