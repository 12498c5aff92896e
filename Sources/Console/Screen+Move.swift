import Canvas
import Fleet
import WorkerAPI

extension Screen {
  /// Moves the cursor of a list, or the text of the output.
  mutating func move(_ command: Command, _ fleet: State, now: Double) -> [Outcome] {
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
    case .workers: return moveSelection(by: step, fleet)
    case .output: return moveOutput(command, by: step, fleet)
    case .info: scrollInfo(by: step, fleet, now: now)
    case .sources, .files, .schedules:
      let count = itemCount(focus, fleet)
      cursors[focus] = min(max(0, (cursors[focus] ?? 0) + step), max(0, count - 1))
      marks[focus] = itemKeys(focus, fleet).dropFirst(cursors[focus] ?? 0).first
    }
    return []
  }

  /// Selects the worker that stands so many further down in the list.
  mutating func moveSelection(by step: Int, _ fleet: State) -> [Outcome] {
    let list = list(fleet)
    let ids = list.ids
    guard !ids.isEmpty else { return [] }
    let start = selected.flatMap(list.index) ?? 0
    return select(ids[min(max(0, start + step), ids.count - 1)], fleet)
  }

  /// Moves the text of the Info pane as far as it goes.
  mutating func scrollInfo(by rows: Int, _ fleet: State, now: Double) {
    let view = View(fleet: fleet, screen: self, now: now)
    guard let rect = view.arrangement.panes[.info] else { return }
    let count = InfoPane.lines(view, rect).count
    scrolls[.info] = InfoPane.scroll(of: count, view, rect, by: rows)
  }

  /// Puts the cursors of the lists back on what they stood on; the one that is in use takes hold.
  mutating func settleCursors(_ fleet: State) {
    for pane in [Pane.sources, .files, .schedules] {
      let keys = itemKeys(pane, fleet)
      let kept = marks[pane].flatMap { keys.firstIndex(of: $0) }
      let cursor = kept ?? min(cursors[pane] ?? 0, max(0, keys.count - 1))
      cursors[pane] = cursor
      if focus == pane { marks[pane] = keys.dropFirst(cursor).first }
    }
  }

  /// What each item of a list is known by.
  private func itemKeys(_ pane: Pane, _ fleet: State) -> [String] {
    let worker = selected.flatMap { fleet.workers[$0] }
    return switch pane {
    case .sources: (worker?.sources ?? []).map(\.url)
    case .files: (worker?.files ?? []).map(\.key)
    case .schedules: agenda(fleet).map { "\($0.worker) \($0.schedule.id)" }
    default: []
    }
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
    showsAgenda
      ? Agenda.items(in: fleet) : Agenda.items(of: [selected].compactMap(\.self), in: fleet)
  }

  /// Where there is room beside the worker's own panes, the schedules of all workers are shown.
  var showsAgenda: Bool { agendaChoice ?? (size.columns >= 100 && size.rows >= 28) }
}
