import Canvas

/// The keys of the focused pane and of everywhere, from the live key table.
enum HelpOverlay {
  /// Lines of the box in a screen of that size.
  static func height(in size: Size) -> Int {
    max(1, size.rows - (size.columns < 30 || size.rows < 8 ? 2 : 5))
  }

  static func lines(_ keymap: Keymap, _ pane: Pane, _ theme: Theme) -> [Line] {
    let contexts: [Binding.Context] = [.pane(pane), .everywhere]
    return contexts.flatMap { context -> [Line] in
      let rows = keymap.bindings.filter { $0.context == context }
      guard !rows.isEmpty else { return [] }
      let heading = [Line(context.name, theme[.group])]
      return heading
        + rows.map { row in
          Line([
            Span("  " + Width.padded(row.keyNames, to: 16), theme[.hintKey]),
            Span(row.help, theme[.text]),
          ])
        } + [Line()]
    }
      + signs.map { sign in
        Line([
          Span("  " + Width.padded(sign.0, to: 16), theme[.hintKey]), Span(sign.1, theme[.text]),
        ])
      }
  }

  private static let signs = [
    ("!", "failed"), ("*", "finished and unread"), (">", "running"), (".", "pending"),
    ("-", "done"), ("?", "not known"), ("~", "an old figure"),
    ("^", "pinned"), ("+", "marked"),
  ]

  static func draw(_ view: View, into frame: inout Frame, _ pane: Pane, _ scroll: Scroll) {
    let lines = lines(view.screen.keymap, pane, view.theme)
    let width = min(76, view.screen.size.columns - 4)
    let height = min(lines.count, Self.height(in: view.screen.size))
    let inner = view.box("Keys: \(pane.name)", width: width, height: height, into: &frame)
    for (row, index) in scroll.visible(of: lines.count, height: inner.height).enumerated() {
      frame.write(
        lines[index].cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
    if lines.count > inner.height {
      let end = min(lines.count, scroll.offset + inner.height)
      let place = " \(end)/\(lines.count) "
      frame.write(
        place, x: inner.maxX - place.count, y: inner.maxY, view.theme[.overlayFrame])
    }
  }
}
