import Canvas
import Fleet
import WorkerAPI

/// The list of uncertain orders, the text of the chosen one below it.
enum OrdersOverlay {
  static func draw(_ view: View, _ list: OrderList, into frame: inout Frame) {
    let theme = view.theme
    let orders = view.fleet.uncertain
    let paper = theme[.overlay]
    let width = max(1, min(90, view.screen.size.columns - 4))
    // The screen closes a list that has become empty.
    guard !orders.isEmpty else { return }
    let inner = view.box(
      "Orders without an answer", width: width, height: min(orders.count, 8) + 5, into: &frame)
    let chosen = list.index(orders)
    let (top, foot) = inner.bottom(min(5, inner.height - 1))
    var scroll = Scroll()
    scroll.reveal(index: chosen, of: orders.count, height: top.height)
    for (row, number) in scroll.visible(of: orders.count, height: top.height).enumerated() {
      let order = orders[number]
      let isChosen = number == chosen
      let words = Sanitise.line(OrderList.words(order, view.fleet))
      let left = Line([
        Span(isChosen ? "> " : "  ", theme[.accent]), Span("? ", theme[.workerUncertain]),
        Span(words, theme[isChosen ? .inputFocused : .text]),
      ])
      let budget = order.kind == .cancel ? "" : "\(order.budget.word)  "
      let age = "\(view.age(since: order.madeAt)) ago"
      let line = Line.row(
        left, Line(Sanitise.line(budget) + age, theme[.dim]), width: top.width,
        ellipsis: view.ellipsis)
      frame.write(line, x: top.x, y: top.y + row, over: paper, in: top)
    }
    drawFoot(view, list, orders[chosen], foot, into: &frame)
  }

  /// The order's own words in two lines, then what can be done, or the field for the id.
  private static func drawFoot(
    _ view: View, _ list: OrderList, _ order: Intent, _ foot: Rect, into frame: inout Frame
  ) {
    let theme = view.theme
    let paper = theme[.overlay]
    let text = order.kind == .cancel ? "schedule \(order.input)" : order.input
    // Far more than two rows hold; wrapping a text of a megabyte for them would be a waste.
    let head = Sanitise.line(String(text.prefix(2_000)))
    let lines = Wrap.lines(Line(head, theme[.text]), width: foot.width)
    for (row, line) in lines.prefix(2).enumerated() {
      let shown = row == 1 && lines.count > 2 ? Line(line.spans + [Span(view.ellipsis)]) : line
      frame.write(
        shown.cut(to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y + 1 + row,
        over: paper, in: foot)
    }
    let last = foot.maxY - 1
    if let field = list.adoption {
      let line = Line([Span("It became worker: ", theme[.accent])])
      frame.write(line, x: foot.x, y: last, over: paper, in: foot)
      let (_, place) = foot.bottom(1)
      field.draw(
        view,
        Rect(
          x: foot.x + line.width, y: place.y, width: max(1, foot.width - line.width), height: 1),
        into: &frame)
    }
    let remark =
      list.problem
      ?? (list.adoption == nil
        ? "Sent, and no answer came: it may have arrived, or not."
        : "Type or paste its id or address.")
    let role: Role = list.problem == nil ? .dim : .messageError
    frame.write(
      Width.cut(Sanitise.line(remark), to: foot.width, ellipsis: view.ellipsis), x: foot.x,
      y: list.adoption == nil ? last : last - 1, theme[role].over(paper), in: foot)
  }
}
