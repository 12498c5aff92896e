import Canvas
import Fleet

extension Screen {
  /// Moves the cursor of a list, or the text of the output.
  mutating func move(_ command: Command, _ fleet: State) -> [Outcome] {
    let height = max(1, (arrangement(fleet).panes[focus]?.height ?? 2) - 1)
    let step =
      switch command {
      case .moveDown: 1
      case .moveUp: -1
      case .halfPageDown: height / 2
      case .halfPageUp: -(height / 2)
      case .pageDown: height - 1
      case .pageUp: -(height - 1)
      case .top: -1_000_000_000
      default: 1_000_000_000
      }
    switch focus {
    case .workers:
      let ids = list(fleet).ids
      guard !ids.isEmpty else { return [] }
      let start = selected.flatMap { ids.firstIndex(of: $0) } ?? 0
      return select(ids[min(max(0, start + step), ids.count - 1)])
    case .output:
      output.scroll(by: step)
    case .info:
      let offset = (scrolls[.info]?.offset ?? 0) + step
      scrolls[.info] = Scroll(offset: min(max(0, offset), 200))
    case .sources, .files, .schedules:
      let count = itemCount(focus, fleet)
      cursors[focus] = min(max(0, (cursors[focus] ?? 0) + step), max(0, count - 1))
    }
    return []
  }

  func itemCount(_ pane: Pane, _ fleet: State) -> Int {
    let worker = selected.flatMap { fleet.workers[$0] }
    return switch pane {
    case .sources: worker?.sources.count ?? 0
    case .files: worker?.files.count ?? 0
    case .schedules: agenda(fleet).count
    default: 0
    }
  }

  /// The schedules that the pane shows: of this worker, or of all, the soonest first.
  func agenda(_ fleet: State) -> [AgendaItem] {
    let ids = showsAgenda ? fleet.order : [selected].compactMap(\.self)
    return Agenda.items(of: ids, in: fleet)
  }

  /// Where there is room beside the worker's own panes, the schedules of all workers are shown.
  var showsAgenda: Bool { agendaChoice ?? (size.columns >= 100 && size.rows >= 28) }
}
