import Canvas

/// The list of themes; the whole screen behind it is the preview.
enum ThemesOverlay {
  static func draw(_ view: View, _ names: [String], _ index: Int, into frame: inout Frame) {
    let height = min(names.count, max(3, view.screen.size.rows - 8))
    let outer = Rect(
      x: view.screen.size.columns - 30, y: 2, width: 28, height: height + 2
    ).intersection(frame.bounds)
    frame.fill(outer, view.theme[.overlay])
    view.drawBox(outer, "Themes", into: &frame)
    let inner = outer.inset(2, 1)
    var scroll = Scroll()
    scroll.reveal(index: index, of: names.count, height: inner.height)
    for (row, number) in scroll.visible(of: names.count, height: inner.height).enumerated() {
      let isChosen = number == index
      let text = (isChosen ? "> " : "  ") + names[number]
      frame.write(
        Width.padded(text, to: inner.width), x: inner.x, y: inner.y + row,
        view.theme[isChosen ? .inputFocused : .text].over(view.theme[.overlay]), in: inner)
    }
  }
}
