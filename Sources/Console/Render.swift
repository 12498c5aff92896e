public import Canvas
import Fleet

/// The one way from state to picture; pure, and the same for the terminal, for pictures and for tests.
public func render(_ view: View) -> Frame {
  var frame = Frame(size: view.screen.size, style: view.theme[.text])
  if view.arrangement.form == .summary {
    SummaryLine.draw(view, into: &frame)
    if view.screen.overlays.isEmpty { Footer.drawMessage(view, into: &frame) }
  } else {
    Header.draw(view, into: &frame)
  }
  // A tiny terminal has its panes only behind a box, of which some are lines below a list.
  if view.arrangement.form != .summary || !view.screen.overlays.isEmpty {
    drawPanes(view, into: &frame)
  }
  for overlay in view.screen.overlays { draw(overlay, view, into: &frame) }
  // What a style leaves to the terminal is the theme's own paper and ink.
  let ground = view.theme.ground
  if ground != .plain { frame.restyle(frame.bounds) { $0.over(ground) } }
  if let cursor = frame.cursor, !frame.bounds.contains(x: cursor.x, y: cursor.y) {
    frame.cursor = nil
  }
  return frame
}

private func drawPanes(_ view: View, into frame: inout Frame) {
  for stroke in view.arrangement.strokes {
    Rule.vertical(
      into: &frame, x: stroke.x, y: stroke.y, height: stroke.height, style: view.theme[.rule],
      unicode: view.unicode)
  }
  for (pane, rect) in view.arrangement.panes { draw(pane, view, rect, into: &frame) }
  if let log = view.arrangement.log { RequestsOverlay.drawLog(view, log, into: &frame) }
  Footer.drawHints(view, into: &frame)
  Footer.drawMessage(view, into: &frame)
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
  case .preview(let box): PreviewOverlay.draw(view, box, into: &frame)
  case .templates(let box): TemplatesOverlay.draw(view, box, into: &frame)
  case .form(let form): FormOverlay.draw(view, form, into: &frame)
  case .confirm(let confirm): ConfirmOverlay.draw(view, confirm, into: &frame)
  case .help(let box): HelpOverlay.draw(view, into: &frame, box)
  case .forecast(let worker, let schedule):
    ForecastOverlay.draw(view, worker, schedule, into: &frame)
  case .comparison(let comparison): ComparisonOverlay.draw(view, comparison, into: &frame)
  case .command(let box): CommandOverlay.draw(view, box, into: &frame)
  case .outline(let index): OutlineOverlay.draw(view, index, into: &frame)
  case .merged: MergedOverlay.draw(view, into: &frame)
  case .find(let box): FindOverlay.draw(view, box, into: &frame)
  case .copying: CopyOverlay.draw(view, into: &frame)
  case .key(let field): KeyOverlay.draw(view, field, into: &frame)
  case .adopt(let field): AdoptOverlay.draw(view, field, into: &frame)
  case .palette(let palette): PaletteOverlay.draw(view, palette, into: &frame)
  case .inspection(let inspection): InspectionOverlay.draw(view, inspection, into: &frame)
  case .letter(let purpose): LetterOverlay.draw(view, purpose, into: &frame)
  case .filter(let box): FilterOverlay.draw(view, box, into: &frame)
  case .order(let menu): OrderMenuOverlay.draw(view, menu, into: &frame)
  case .rename(let worker, let area): RenameOverlay.draw(view, worker, area, into: &frame)
  case .absence(let worker): AbsenceOverlay.draw(view, worker, into: &frame)
  case .search(let box): SearchOverlay.draw(view, box, into: &frame)
  case .requests(let end): RequestsOverlay.draw(view, until: end, into: &frame)
  case .doctor(let doctor, let scroll):
    DoctorOverlay.draw(view, doctor, scroll, into: &frame)
  case .spending: SpendingOverlay.draw(view, into: &frame)
  case .orders(let list): OrdersOverlay.draw(view, list, into: &frame)
  case .themes(let names, let index, _): ThemesOverlay.draw(view, names, index, into: &frame)
  }
}
