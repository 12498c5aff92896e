import Canvas
import Fleet

extension Screen {
  /// The address under the cursor, for a browser that is elsewhere; a text goes to the pager.
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
      guard let worker = selected.flatMap({ fleet.workers[$0] }), !worker.transcript.isEmpty else {
        remark = "there is no output to open yet"
        return []
      }
      return [.handOver(Handover(.page, TranscriptMarkdown.text(worker), name: "output.md"))]
    case .schedules, .info:
      let rows = PaneText.rows(focus, View(fleet: fleet, screen: self, now: now))
      let name = "\(focus.name.lowercased()).txt"
      return [.handOver(Handover(.page, PaneText.table(rows), name: name))]
    }
  }
}
