public import Canvas
import Fleet

/// The one way from state to picture; pure, and the same for the terminal, for pictures and for tests.
public func render(_ view: View) -> Frame {
  var frame = Frame(size: view.screen.size, style: view.theme[.text])
  guard view.arrangement.form != .summary else {
    drawSummary(view, into: &frame)
    return frame
  }
  Header.draw(view, into: &frame)
  for stroke in view.arrangement.strokes {
    Rule.vertical(
      into: &frame, x: stroke.x, y: stroke.y, height: stroke.height, style: view.theme[.rule],
      unicode: view.unicode)
  }
  for (pane, rect) in view.arrangement.panes { draw(pane, view, rect, into: &frame) }
  Footer.drawHints(view, into: &frame)
  Footer.drawMessage(view, into: &frame)
  for overlay in view.screen.overlays { draw(overlay, view, into: &frame) }
  return frame
}

private func draw(_ pane: Pane, _ view: View, _ rect: Rect, into frame: inout Frame) {
  switch pane {
  case .workers: WorkersPane.draw(view, rect, into: &frame)
  case .output: OutputPane.draw(view, rect, into: &frame)
  case .sources: SourcesPane.draw(view, rect, into: &frame)
  case .files: FilesPane.draw(view, rect, into: &frame)
  case .schedules: SchedulesPane.draw(view, rect, into: &frame)
  case .info: InfoPane.draw(view, rect, into: &frame)
  }
}

private func draw(_ overlay: Overlay, _ view: View, into frame: inout Frame) {
  switch overlay {
  case .composer(let composer): ComposerOverlay.draw(view, composer, into: &frame)
  case .form(let form): FormOverlay.draw(view, form, into: &frame)
  case .confirm(let confirm): ConfirmOverlay.draw(view, confirm, into: &frame)
  case .help(let pane, let scroll): HelpOverlay.draw(view, into: &frame, pane, scroll)
  case .themes(let names, let index, _): ThemesOverlay.draw(view, names, index, into: &frame)
  }
}

/// All that fits a terminal under 30x8: how many run, need you, and whether the link is up.
private func drawSummary(_ view: View, into frame: inout Frame) {
  let counts = view.screen.list(view.fleet).counts
  let link = view.fleet.link.isUp ? "LIVE" : "DOWN"
  let text = "\(link) \(counts[.running] ?? 0) run \(counts[.needsYou] ?? 0) new"
  frame.write(
    Width.cut(text, to: view.screen.size.columns), x: 0, y: 0, view.theme[.text])
}
