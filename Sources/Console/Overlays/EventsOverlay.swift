import Canvas
import Fleet

/// The selected worker's events as they come over the wire, the newest at the bottom.
enum EventsOverlay {
  static func draw(_ view: View, until end: Int?, into frame: inout Frame) {
    guard let log = view.fleet.wire else { return }
    let height = RequestsOverlay.height(in: view.screen.size)
    let rows = LogPlace.visible(log.entries, of: log.count, until: end, height: height)
    let zone = view.screen.shownZone
    let newer = end.map { $0 < log.count ? ", \(log.count - $0) newer" : "" } ?? ""
    let title = Sanitise.line(view.fleet.workers[log.worker]?.title ?? log.worker)
    let inner = view.box(
      "Raw events: \(title)\(newer), times in \(zone.name(at: view.now))",
      width: max(1, view.screen.size.columns - 4),
      height: max(1, min(height, log.entries.count)), into: &frame)
    guard !log.entries.isEmpty else {
      let since = Figures.clock(log.since, zone, beside: view.now, seconds: true)
      frame.write(
        Line("No event since \(since); they come while it runs.", view.theme[.dim])
          .cut(to: inner.width, ellipsis: view.ellipsis),
        x: inner.x, y: inner.y, over: view.theme[.overlay], in: inner)
      return
    }
    for (row, entry) in rows.prefix(inner.height).enumerated() {
      frame.write(
        line(entry, view).cut(to: inner.width, ellipsis: view.ellipsis),
        x: inner.x, y: inner.y + row, over: view.theme[.overlay], in: inner)
    }
  }

  private static func line(_ entry: WireLog.Entry, _ view: View) -> Line {
    let zone = view.screen.shownZone
    let time = Figures.clock(entry.at, zone, beside: view.now, seconds: true)
    let size = Width.padded("\(entry.raw.bytes)", to: 6, alignment: .right)
    let id = entry.id.isEmpty ? "" : Sanitise.line(entry.id) + "  "
    return Line([
      Span("\(time) \(size)  ", view.theme[.dim]), Span(id, view.theme[.accent]),
      Span(Sanitise.line(entry.raw.text), view.theme[.text]),
    ])
  }
}

/// A place in a log whose oldest entries go: the number of the entry after the last that is shown.
enum LogPlace {
  /// The entries on the screen; a place that is gone gives the oldest ones.
  static func visible<Entry>(
    _ entries: [Entry], of count: Int, until end: Int?, height: Int
  ) -> ArraySlice<Entry> {
    let gone = count - entries.count
    let last = min(max((end ?? count) - gone, min(height, entries.count)), entries.count)
    return entries[max(0, last - height)..<last]
  }

  /// Where a key leads; nil follows the newest.
  static func scrolled(
    _ end: Int?, _ entries: Int, of count: Int, by step: Int, height: Int
  ) -> Int? {
    let wanted = (end ?? count).addingReportingOverflow(step).partialValue
    let place = max(wanted, count - entries + min(height, entries))
    return place >= count ? nil : place
  }

  /// How far a key goes; nil for one that goes nowhere.
  static func step(_ command: Command?, height: Int, count: Int) -> Int? {
    switch command {
    case .moveUp: -1
    case .moveDown: 1
    case .pageUp: -height
    case .pageDown: height
    case .top: -count
    case .bottom: count
    default: nil
    }
  }
}

extension Screen {
  mutating func openEvents() -> [Outcome] {
    guard let selected else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    overlays.append(.events(until: nil))
    return [.fleet(.tap(selected))]
  }

  mutating func walkEvents(_ end: Int?, _ fleet: State, _ command: Command?) -> [Outcome] {
    if command == .dismiss {
      overlays.removeLast()
      return [.fleet(.tap(nil))]
    }
    let height = RequestsOverlay.height(in: size)
    guard let log = fleet.wire,
      let step = LogPlace.step(command, height: height, count: log.count)
    else { return [] }
    overlays[overlays.count - 1] = .events(
      until: LogPlace.scrolled(
        end, log.entries.count, of: log.count, by: step, height: height))
    return []
  }
}
