import Canvas
import Fleet

/// All that can be done, while some of its letters are typed.
public struct Palette: Hashable, Sendable {
  var field = LineField(limit: 60)
  var index = 0
  var scroll = Scroll()

  struct Row: Hashable, Sendable {
    var binding: Binding
    /// Why it cannot be done now.
    var obstacle: String?
  }

  /// The actions that fit what is typed, the best first; those of this pane before those of all, and
  /// those of the other panes last.
  func rows(_ screen: Screen, _ fleet: State) -> [Row] {
    let others = Pane.allCases.filter { $0 != screen.focus }.map(Binding.Context.pane)
    let contexts = [.pane(screen.focus), .everywhere] + others
    var seen: Set<Command> = [.palette]
    let all = contexts.flatMap { context in
      screen.keymap.bindings.filter { $0.context == context && seen.insert($0.command).inserted }
    }
    let scored = all.enumerated().compactMap { number, binding in
      score(binding).map { (score: $0, number: number, binding: binding) }
    }
    return scored.sorted { $0.score == $1.score ? $0.number < $1.number : $0.score > $1.score }
      .map { Row(binding: $0.binding, obstacle: screen.obstacle(to: $0.binding.command, fleet)) }
  }

  /// A key that is typed as it stands finds its action.
  private func score(_ binding: Binding) -> Int? {
    let text = field.text
    if !text.isEmpty, binding.keys.contains(where: { $0.name == text }) { return 1_000 }
    let name = CommandBox.names.first { $0.command == binding.command }?.name ?? ""
    return [
      Fuzzy.score(text, in: binding.help), Fuzzy.score(text, in: name).map { $0 + 1 },
    ].compactMap(\.self).max()
  }
}

enum PaletteOverlay {
  static func height(in size: Size) -> Int { max(2, min(size.rows - 6, 22)) }

  private static func width(in size: Size) -> Int { max(1, min(80, size.columns - 4)) }

  /// The row that is drawn at a place, and whether it is the one that is chosen.
  static func row(
    at point: Point, _ view: View, _ palette: Palette
  ) -> (row: Int, isChosen: Bool)? {
    let size = view.screen.size
    let list = view.boxInside(width: width(in: size), height: height(in: size)).top(1).rest
    let count = palette.rows(view.screen, view.fleet).count
    let chosen = min(palette.index, count - 1)
    var scroll = palette.scroll
    scroll.reveal(index: chosen, of: count, height: list.height)
    let row = point.y - list.y + scroll.offset
    guard list.contains(x: point.x, y: point.y), row < count else { return nil }
    return (row, row == chosen)
  }

  static func draw(_ view: View, _ palette: Palette, into frame: inout Frame) {
    let theme = view.theme
    let size = view.screen.size
    let rows = palette.rows(view.screen, view.fleet)
    let inner = view.box(
      "What can be done", width: width(in: size), height: height(in: size), into: &frame)
    let (top, list) = inner.top(1)
    palette.field.draw(view, top, into: &frame)
    guard !rows.isEmpty else {
      frame.write(
        "nothing is called like that", x: list.x, y: list.y,
        theme[.dim].over(theme[.overlay]), in: list)
      return
    }
    let chosen = min(palette.index, rows.count - 1)
    var scroll = palette.scroll
    scroll.reveal(index: chosen, of: rows.count, height: list.height)
    for (row, number) in scroll.visible(of: rows.count, height: list.height).enumerated() {
      let place = Rect(x: list.x, y: list.y + row, width: list.width, height: 1)
      frame.write(
        line(rows[number], isChosen: number == chosen, view, width: place.width), x: place.x,
        y: place.y, over: theme[.overlay], in: place)
    }
    let count = " \(chosen + 1)/\(rows.count) "
    frame.write(
      count, x: inner.maxX - Width.of(count), y: inner.maxY, theme[.overlayFrame],
      in: frame.bounds)
  }

  private static func line(
    _ row: Palette.Row, isChosen: Bool, _ view: View, width: Int
  ) -> Line {
    let theme = view.theme
    let place: String =
      if case .pane(let pane) = row.binding.context, pane != view.screen.focus {
        "\(pane.name)  "
      } else {
        ""
      }
    let keys = Line([
      Span(place, theme[.dim]), Span(row.binding.keyNames, theme[.hintKey]),
    ])
    let role: Role = row.obstacle != nil ? .dim : isChosen ? .inputFocused : .text
    var left = Line([
      Span(isChosen ? "> " : "  ", theme[.accent]), Span(row.binding.help, theme[role]),
    ])
    if let obstacle = row.obstacle {
      left.append(Span("  " + Sanitise.line(obstacle), theme[.messageWarning]))
    }
    return Line.row(left, keys, width: width, ellipsis: view.ellipsis)
  }
}

extension Screen {
  mutating func palette(
    _ palette: inout Palette, _ key: Key, _ command: Command?, _ fleet: State, now: Double
  ) -> [Outcome] {
    let rows = palette.rows(self, fleet)
    let page = PaletteOverlay.height(in: size) - 1
    func step(_ count: Int) {
      palette.index = min(max(0, palette.index + count), max(0, rows.count - 1))
    }
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      guard rows.indices.contains(palette.index) else { return [] }
      let row = rows[palette.index]
      guard row.obstacle == nil else {
        remark = row.obstacle
        return []
      }
      overlays.removeLast()
      var outcomes: [Outcome] = []
      if case .pane(let pane) = row.binding.context, pane != focus {
        outcomes = focus(pane, fleet)
      }
      settleCursors(fleet)
      return outcomes + perform(row.binding.command, fleet, now: now)
    case .moveDown: step(1)
    case .moveUp: step(-1)
    case .pageDown: step(page)
    case .pageUp: step(-page)
    default:
      let before = palette.field.text
      palette.field.type(key)
      if palette.field.text != before { palette.index = 0 }
    }
    palette.scroll.reveal(index: palette.index, of: rows.count, height: page)
    overlays[overlays.count - 1] = .palette(palette)
    return []
  }

  /// What leads to a request that costs or changes something.
  static let orders: Set<Command> = [
    .newWorker, .continueWorker, .rerun, .newSchedule, .cancelSchedule, .chooseTemplate,
    .attachFile,
  ]

  /// Why a command could do nothing now; nil where it can be tried.
  func obstacle(to command: Command, _ fleet: State) -> String? {
    let none = "no worker is selected"
    let worker = selected.flatMap { fleet.workers[$0] }
    if fleet.isReadOnly, Self.orders.contains(command) { return State.readOnlyReason }
    switch command {
    case .rename, .pin, .archive, .forget, .mark, .continueWorker, .newSchedule, .inspect, .rerun,
      .open, .setMark:
      return worker == nil ? none : nil
    case .download, .markFile, .attachFile:
      return worker?.files.isEmpty == false ? nil : "it has no file yet"
    case .stopDownload:
      return worker?.downloads.values.contains { $0.progress != nil } == true
        ? nil : "none of its files is being saved"
    case .cancelSchedule, .forecast:
      return agenda(fleet).isEmpty ? "there is no schedule" : nil
    case .showOrders: return fleet.uncertain.isEmpty ? "every order was answered" : nil
    case .searchAll: return fleet.scrollback == nil ? "nothing is kept to be searched" : nil
    case .unmark: return fleet.workers.marked.isEmpty ? "none is marked" : nil
    case .previousWorker:
      return previous.map { fleet.workers[$0] == nil } ?? true ? "none was selected before" : nil
    case .jumpToMark: return places.isEmpty ? "m and a letter marks one first" : nil
    default: return nil
    }
  }
}
