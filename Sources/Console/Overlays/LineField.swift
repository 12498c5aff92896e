import Canvas

/// One line of text that is typed or pasted in a box.
public struct LineField: Hashable, Sendable {
  var area: TextArea
  /// Characters that are taken; what comes beyond them is left out.
  var limit: Int
  /// Pasted line ends stay, and are drawn as a sign; elsewhere they become blanks.
  var keepsLines: Bool

  init(_ text: String = "", limit: Int, keepsLines: Bool = false) {
    area = TextArea(text: text)
    self.limit = limit
    self.keepsLines = keepsLines
  }

  var text: String { area.text }

  mutating func type(_ key: Key) {
    guard case .character(let character) = key else {
      _ = area.edit(key, width: 10_000)
      return
    }
    if area.text.count < limit { _ = area.insert(String(character)) }
  }

  /// Takes what there is room for; answers how many characters were left out.
  @discardableResult
  mutating func paste(_ text: String) -> Int {
    let clean = keepsLines ? Sanitise.text(text) : Sanitise.line(text)
    let taken = clean.prefix(max(0, limit - area.text.count))
    _ = area.insert(String(taken))
    return clean.count - taken.count
  }

  /// Keeps the cursor in sight.
  func draw(
    _ view: View, _ rect: Rect, over ground: Role = .overlay, into frame: inout Frame
  ) {
    let sign = view.unicode ? "\u{23CE}" : "\\n"
    let shown = { (text: String) in keepsLines ? text.replacing("\n", with: sign) : text }
    let before = Width.of(shown(String(area.text.prefix(area.cursor))))
    let hidden = max(0, before - max(1, rect.width - 1))
    let style = view.theme[.inputText].over(view.theme[ground])
    frame.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), style)
    frame.write(
      Line(shown(area.text), view.theme[.inputText]).dropping(columns: hidden), x: rect.x,
      y: rect.y, over: style, in: rect)
    frame.cursor = Point(x: min(rect.maxX - 1, rect.x + before - hidden), y: rect.y)
  }

  /// The field in a box of its own, with a line below it: a note, or what is wrong.
  func drawBox(
    _ view: View, _ title: String, note: String, problem: String?, into frame: inout Frame
  ) {
    drawBox(
      view, title, rows: [Sanitise.line(problem ?? note)], isProblem: problem != nil, into: &frame)
  }

  /// Columns of such a box.
  static func boxWidth(_ view: View) -> Int { max(1, min(76, view.screen.size.columns - 4)) }

  /// The same with several rows below the field.
  func drawBox(
    _ view: View, _ title: String, rows: [String], isProblem: Bool, into frame: inout Frame
  ) {
    let theme = view.theme
    let inner = view.box(
      title, width: Self.boxWidth(view), height: 1 + rows.count, into: &frame)
    let (place, foot) = inner.bottom(rows.count)
    draw(view, place, into: &frame)
    let role: Role = isProblem ? .messageError : .dim
    for (y, row) in rows.enumerated() {
      frame.write(
        Width.cut(row, to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y + y,
        theme[role].over(theme[.overlay]), in: foot)
    }
  }
}
