import Canvas
import Fleet

extension Screen {
  /// The view that has the focus as a new file: the output as Markdown, a list as text.
  mutating func save(_ fleet: State, now: Double) -> [Outcome] {
    let worker = selected.flatMap { fleet.workers[$0] }
    let title = worker.map { Sanitise.line($0.title) } ?? ""
    if focus == .output, let lines = selectedLines(fleet) {
      output.selection = nil
      return export(
        "\(title) lines.txt", Sanitise.export(lines) + "\n", said: "the selected lines")
    }
    if focus == .output, let events = events(fleet) {
      guard !events.entries.isEmpty else {
        remark = "no event has come yet"
        return []
      }
      return export(
        "\(title) events.txt", Sanitise.export(events.text) + "\n", said: events.title + ",")
    }
    if focus == .output {
      guard let worker, !worker.transcript.isEmpty else {
        remark = "there is no output to save yet"
        return []
      }
      let part =
        worker.transcript.isCutOff
        ? "the output that is loaded, not what came before," : "the output"
      return export("\(title).md", TranscriptMarkdown.text(worker), said: part)
    }
    let rows = PaneText.rows(focus, View(fleet: fleet, screen: self, now: now))
    guard !rows.isEmpty else {
      remark = "there is nothing to save here yet"
      return []
    }
    let pane = focus.name.lowercased()
    let isOfAll = focus == .workers || focus == .schedules && showsAgenda
    return export(
      isOfAll ? "\(pane).txt" : "\(title) \(pane).txt", PaneText.table(rows),
      said: "\(pane), \(rows.count == 1 ? "1 row" : "\(rows.count) rows"),")
  }

  private func export(_ name: String, _ text: String, said: String) -> [Outcome] {
    [.fleet(.export(Export(place: .saved, name: name, text: text, said: said)))]
  }
}
