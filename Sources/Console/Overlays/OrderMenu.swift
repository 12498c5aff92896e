import Canvas
import Fleet

/// How the list is sorted and grouped, while it is chosen; the list behind it is the preview.
public struct OrderMenu: Hashable, Sendable {
  var isGrouping = false
  /// The order to go back to.
  var before: WorkerOrder
}

enum OrderMenuOverlay {
  static func draw(_ view: View, _ menu: OrderMenu, into frame: inout Frame) {
    let size = view.screen.size
    let order = view.screen.listing.order
    let columns: [(String, [String], Int, Bool)] = [
      (
        "Sort by", WorkerOrder.Sort.allCases.map(\.words),
        WorkerOrder.Sort.allCases.firstIndex(of: order.sort) ?? 0, !menu.isGrouping
      ),
      (
        "Group by", WorkerOrder.Grouping.allCases.map(\.words),
        WorkerOrder.Grouping.allCases.firstIndex(of: order.grouping) ?? 0, menu.isGrouping
      ),
    ]
    let width = max(1, min(46, size.columns - 4))
    let isNarrow = width < 40
    let shown = isNarrow ? columns.filter(\.3) : columns
    let inner = view.box("Order of the list", width: width, height: 8, into: &frame)
    let cell = inner.width / shown.count
    for (place, (title, names, chosen, isActive)) in shown.enumerated() {
      let x = inner.x + place * cell
      write(title, isActive ? .inputLabel : .dim, x: x, row: 0, view, inner, into: &frame)
      var scroll = Scroll()
      let height = max(1, inner.height - (inner.height > 4 ? 3 : 1))
      scroll.reveal(index: chosen, of: names.count, height: height)
      for (row, number) in scroll.visible(of: names.count, height: height).enumerated() {
        let isChosen = number == chosen
        let role: Role = isChosen ? (isActive ? .inputFocused : .accent) : .text
        let text = Width.padded((isChosen ? "> " : "  ") + names[number], to: cell - 1)
        write(text, role, x: x, row: row + 1, view, inner, into: &frame)
      }
    }
    if inner.height > 4 {
      write(
        "Growing costs move no row; ctrl-r sorts anew.", .dim, x: inner.x,
        row: inner.height - 1, view, inner, into: &frame)
    }
  }

  private static func write(
    _ text: String, _ role: Role, x: Int, row: Int, _ view: View, _ rect: Rect,
    into frame: inout Frame
  ) {
    let cut = Width.cut(text, to: rect.maxX - x, ellipsis: view.ellipsis)
    frame.write(
      cut, x: x, y: rect.y + row, view.theme[role].over(view.theme[.overlay]), in: rect)
  }
}
