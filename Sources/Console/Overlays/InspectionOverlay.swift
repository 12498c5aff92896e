import Canvas
import Fleet
import WorkerAPI

/// The fields of a worker or of something of it; its lines are wrapped, so that no value is cut at
/// the edge.
enum InspectionOverlay {
  static func height(in size: Size) -> Int { max(1, size.rows - 6) }
  private static func width(in size: Size) -> Int { max(1, min(116, size.columns - 4)) }

  static func draw(_ view: View, _ inspection: Inspection, into frame: inout Frame) {
    let size = view.screen.size
    let json = inspection.isOriginal ? "raw JSON" : "fields as JSON"
    let form = inspection.isRaw ? json : "fields"
    let title = Width.cut(
      Sanitise.line(inspection.title), to: max(8, width(in: size) - Width.of(form) - 4),
      ellipsis: view.ellipsis)
    let inner = view.box(
      "\(title): \(form)", width: width(in: size), height: height(in: size), into: &frame)
    let lines = lines(inspection, view.screen)
    let scroll = Scroll(offset: inspection.offset)
    for (row, index) in scroll.visible(of: lines.count, height: inner.height).enumerated() {
      frame.write(
        lines[index], x: inner.x, y: inner.y + row, over: view.theme[.overlay], in: inner)
    }
    var words: [String] = []
    if let learned = inspection.learned { words.append(view.origin(of: learned)) }
    if inspection.isCut { words.append("cut after \(Inspection.lineLimit) lines") }
    let end = scroll.visible(of: lines.count, height: inner.height).upperBound
    words.append("\(end)/\(lines.count)")
    let text = " \(words.joined(separator: "  ")) "
    frame.write(
      text, x: inner.maxX - Width.of(text), y: inner.maxY, view.theme[.overlayFrame],
      in: frame.bounds)
  }

  static func lines(_ inspection: Inspection, _ screen: Screen) -> [Line] {
    let width = width(in: screen.size)
    let theme = screen.theme
    // Beside their names where there is room for both.
    let column = width < 50 ? 0 : 20
    return inspection.rows.flatMap { row -> [Line] in
      let indent = String(repeating: "  ", count: min(row.depth, max(0, width / 4)))
      if row.isHeading { return [Line(row.name, theme[.group])] }
      let name = indent + row.name
      let used = Width.of(name)
      let lead = inspection.isRaw ? used : max(column, used) + 2
      let room = max(8, width - lead)
      let wrapped = Wrap.lines(Line(row.value, theme[.text]), width: room)
      let first = Line(
        [
          Span(inspection.isRaw ? name : Width.padded(name, to: lead), theme[.inputLabel])
        ] + (wrapped.first?.spans ?? []))
      let rest = wrapped.dropFirst().map {
        Line([Span(String(repeating: " ", count: lead))] + $0.spans)
      }
      return ([first] + rest).map { $0.cut(to: width) }
    }
  }
}

extension Screen {
  /// The fields of what is under the cursor; of the worker where the pane has nothing else.
  mutating func inspect(_ fleet: State, now: Double) -> [Outcome] {
    if focus == .schedules, let item = agenda(fleet).dropFirst(cursors[.schedules] ?? 0).first {
      return inspect(.schedule(item.schedule.id), of: item.worker, fleet, now: now)
    }
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    let cursor = cursors[focus] ?? 0
    var subject = Inspection.Subject.worker
    if focus == .sources, let source = worker.sources.dropFirst(cursor).first {
      subject = .source(source.url)
    } else if focus == .files, let file = worker.files.dropFirst(cursor).first {
      subject = .file(file.key)
    }
    return inspect(subject, of: selected, fleet, now: now)
  }

  private mutating func inspect(
    _ subject: Inspection.Subject, of worker: String, _ fleet: State, now: Double
  ) -> [Outcome] {
    let found = fleet.workers[worker].flatMap {
      Inspection(subject, of: $0, isRaw: false, now: now)
    }
    guard let found else {
      remark = Self.gone
      return []
    }
    overlays.append(.inspection(found))
    return []
  }

  private static let gone = "the server has it no more"

  /// The keys of what a schedule will do.
  mutating func forecast(
    _ worker: String, _ schedule: String, _ command: Command?, _ fleet: State, now: Double
  ) -> [Outcome] {
    switch command {
    case .dismiss: overlays.removeLast()
    case .toggleRaw: return inspect(.schedule(schedule), of: worker, fleet, now: now)
    default: break
    }
    return []
  }

  mutating func inspection(
    _ inspection: inout Inspection, _ command: Command?, _ fleet: State, now: Double
  ) -> [Outcome] {
    let height = InspectionOverlay.height(in: size)
    var step = 0
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .toggleRaw, .refresh:
      guard let worker = fleet.workers[inspection.worker] else { return [] }
      let isRaw = command == .toggleRaw ? !inspection.isRaw : inspection.isRaw
      guard let fresh = Inspection(inspection.subject, of: worker, isRaw: isRaw, now: now) else {
        remark = "\(Self.gone); it is shown as it was"
        return []
      }
      inspection = fresh
    case .moveDown: step = 1
    case .moveUp: step = -1
    case .pageDown: step = height
    case .pageUp: step = -height
    case .top: step = -1_000_000
    case .bottom: step = 1_000_000
    default: break
    }
    let count = InspectionOverlay.lines(inspection, self).count
    inspection.offset =
      Scroll(offset: inspection.offset + step).clamped(of: count, height: height).offset
    overlays[overlays.count - 1] = .inspection(inspection)
    return []
  }
}
