import Canvas
import Fleet

/// What finished, failed, was found, was made, fired and was spent while nobody looked.
enum AbsenceOverlay {
  static func draw(_ view: View, _ selected: String?, into frame: inout Frame) {
    guard let absence = view.fleet.absence else { return }
    let size = view.screen.size
    let items = absence.items(view.fleet, now: view.now)
    let width = max(1, min(100, size.columns - 4))
    let rows = max(1, min(items.count, size.rows - 8))
    let end = absence.until ?? view.now
    let title = "While you were away, \(Figures.age(end - absence.since))"
    let inner = view.box(title, width: width, height: rows + 2, into: &frame)
    let chosen = items.firstIndex { $0.worker == selected } ?? 0
    let (top, foot) = inner.bottom(min(2, inner.height - 1))
    var scroll = Scroll()
    scroll.reveal(index: chosen, of: items.count, height: top.height)
    let paper = view.theme[.overlay]
    for (row, number) in scroll.visible(of: items.count, height: top.height).enumerated() {
      let line = line(items[number], view, isChosen: number == chosen, width: top.width)
      frame.write(line, x: top.x, y: top.y + row, over: paper, in: top)
    }
    frame.write(
      Width.cut(sum(items), to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.maxY - 1,
      view.theme[.dim].over(paper), in: foot)
  }

  /// What all of it cost.
  private static func sum(_ items: [Absence.Item]) -> String {
    let spent = items.reduce(Spent()) { $0 + $1.spent }
    let count = items.count == 1 ? "1 worker" : "\(items.count) workers"
    return Figures.money(spent).map { "\($0) spent, \(count)" } ?? "nothing spent, \(count)"
  }

  private static func line(
    _ item: Absence.Item, _ view: View, isChosen: Bool, width: Int
  ) -> Line {
    let theme = view.theme
    let (sign, role): (String, Role) =
      switch item.ended {
      case .failed?: ("!", .workerFailed)
      case .some: ("*", .workerUnread)
      case nil: (">", .workerRunning)
      }
    let title = view.fleet.workers[item.worker]?.title ?? item.worker
    let money = Figures.money(item.spent).map { "+\($0)" } ?? ""
    let room = max(8, width - 4 - Width.of(money) - 2)
    let name = Width.padded(
      Width.cut(Sanitise.line(title), to: min(28, room / 2), ellipsis: view.ellipsis),
      to: min(28, room / 2))
    let left = Line([
      Span(isChosen ? "> " : "  ", theme[.accent]), Span(sign + " ", theme[role]),
      Span(name + "  ", theme[isChosen ? .inputFocused : .text]),
      Span(Sanitise.line(words(item)), theme[.dim]),
    ])
    return Line.row(left, Line(money, theme[.dim]), width: width, ellipsis: view.ellipsis)
  }

  private static func words(_ item: Absence.Item) -> String {
    var words: [String] = []
    switch item.ended {
    case .failed(let reason)?: words.append("failed: \(reason)")
    case .done?: words.append("finished")
    default: break
    }
    if item.hasFired { words.append("its schedule fired") }
    if item.sources > 0 { words.append(item.sources == 1 ? "1 source" : "\(item.sources) sources") }
    if item.files > 0 { words.append(item.files == 1 ? "1 file" : "\(item.files) files") }
    return words.isEmpty ? "went on" : words.joined(separator: ", ")
  }
}

extension Screen {
  mutating func showAbsence(_ fleet: State, now: Double) -> [Outcome] {
    guard let absence = fleet.absence, !absence.items(fleet, now: now).isEmpty else {
      remark = "nothing has changed since you were here last"
      return []
    }
    overlays.append(.absence(absenceMark))
    return []
  }

  /// Through the list; the worker that is gone to gives its place to the next one.
  mutating func walk(
    _ worker: String?, _ fleet: State, _ command: Command?, now: Double
  ) -> [Outcome] {
    let items = fleet.absence?.items(fleet, now: now) ?? []
    let index = items.firstIndex { $0.worker == worker } ?? 0
    switch command {
    case .moveDown where !items.isEmpty:
      overlays[overlays.count - 1] = .absence(items[min(index + 1, items.count - 1)].worker)
    case .moveUp where !items.isEmpty:
      overlays[overlays.count - 1] = .absence(items[max(index - 1, 0)].worker)
    case .accept where !items.isEmpty:
      overlays.removeLast()
      absenceMark = items[(index + 1) % items.count].worker
      return select(items[index].worker, fleet)
    case .dismiss, .accept: overlays.removeLast()
    default: break
    }
    return []
  }
}
