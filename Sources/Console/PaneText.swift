import Canvas
import Fleet
import WorkerAPI

/// The rows of the panes as plain text: uncut, and with the addresses that the screen has no room for.
enum PaneText {
  /// The columns of each row, in the order in which the pane shows them.
  static func rows(_ pane: Pane, _ view: View) -> [[String]] {
    switch pane {
    case .workers:
      view.screen.list(view.fleet).ids.compactMap { view.fleet.workers[$0] }
        .map { row($0, view) }
    case .sources:
      (view.worker?.sources ?? []).enumerated().map { index, source in
        ["[\(index + 1)]", source.title ?? "", source.url]
      }
    case .files:
      (view.worker?.files ?? []).map { file in
        [
          file.filename ?? "", file.mediaType, file.size.map(Figures.bytes) ?? "size not known",
          file.url,
        ]
      }
    case .schedules: view.screen.agenda(view.fleet).map { row($0, view) }
    case .info:
      view.worker.map { worker in
        Facts.text(worker, view)
      } ?? []
    case .output: []
    }
  }

  /// One line a row, the columns below each other, nothing in it that a terminal obeys.
  static func table(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(Sanitise.line) }
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.count > column ? Width.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { Width.padded($1, to: widths[$0]) }
      return cells.joined(separator: "  ")[...].trimmingSuffix { $0 == " " } + "\n"
    }.joined()
  }

  private static func row(_ worker: WorkerState, _ view: View) -> [String] {
    [
      view.sign(of: worker).word, worker.title, worker.known.budget.word,
      Figures.money(worker.meter.spent) ?? "-", worker.id, WorkersPane.activity(worker, view),
    ]
  }

  private static func row(_ item: AgendaItem, _ view: View) -> [String] {
    let zone = view.screen.shownZone
    let next = item.schedule.nextRunAt.map {
      "\(Figures.date($0, zone, now: view.now)) \(zone.name(at: $0))"
    }
    return [
      item.schedule.kind.words, next ?? "not known", item.schedule.budget.word, item.title,
      item.schedule.id, item.schedule.input,
    ]
  }
}
