import Canvas
import Fleet

extension Screen {
  /// The address under the cursor, for a browser that is elsewhere; a text goes to the pager, and
  /// so does a call that is open and too long for the pane.
  mutating func openOutside(_ fleet: State, now: Double) -> [Outcome] {
    switch focus {
    case .sources, .files:
      guard case .success(var clip) = clip(.url, fleet, now: now) else {
        remark = "no address is known here"
        return []
      }
      let text = "open in your browser: \(Sanitise.line(clip.text))"
      // A line that is cut cannot be opened: the clipboard has room for it.
      guard Width.of(text) + 2 <= size.columns else {
        clip.what = "\(clip.what) to open, too long for this line"
        return [.copy(clip)]
      }
      remark = text
      return []
    case .output, .workers:
      if focus == .output, let events = events(fleet), !events.entries.isEmpty {
        return [.handOver(Handover(.page, events.text, name: "events.txt"))]
      }
      guard let worker = selected.flatMap({ fleet.workers[$0] }), !worker.transcript.isEmpty else {
        remark = "there is no output to open yet"
        return []
      }
      if focus == .output, let call = cutCall(worker, fleet) {
        let text = TranscriptMarkdown.whole(call)
        return [.handOver(Handover(.page, text, name: "tool.md"))]
      }
      return [.handOver(Handover(.page, TranscriptMarkdown.text(worker), name: "output.md"))]
    case .schedules, .info:
      let rows = PaneText.rows(focus, View(fleet: fleet, screen: self, now: now))
      let name = "\(focus.name.lowercased()).txt"
      return [.handOver(Handover(.page, PaneText.table(rows), name: name))]
    }
  }

  private func cutCall(_ worker: WorkerState, _ fleet: State) -> ToolCall? {
    let rendition = output.rendition
    let sections = output.meantRows.lazy.joined().map { rendition.sectionIndex(of: $0) }
    guard let section = sections.first(where: { rendition.sections[$0].isCut }),
      case .entry(let number) = rendition.sections[section].source
    else { return nil }
    let window = output.isWindow ? fleet.scrollback?.window?.transcript : nil
    let transcript = window ?? worker.transcript
    let index = number - transcript.firstNumber
    guard transcript.entries.indices.contains(index),
      case .tool(let call) = transcript.entries[index].content
    else { return nil }
    return call
  }
}
