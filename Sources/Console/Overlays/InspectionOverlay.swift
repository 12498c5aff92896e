import Canvas
import Fleet

/// The fields of a worker; its lines are wrapped, so that no value is cut at the edge.
enum InspectionOverlay {
  static func height(in size: Size) -> Int { max(1, size.rows - 6) }
  private static func width(in size: Size) -> Int { max(1, min(116, size.columns - 4)) }

  static func draw(_ view: View, _ inspection: Inspection, into frame: inout Frame) {
    let size = view.screen.size
    let form = inspection.isRaw ? "raw JSON" : "fields"
    let inner = view.box(
      "\(Sanitise.line(inspection.title)): \(form)", width: width(in: size),
      height: height(in: size), into: &frame)
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
  mutating func inspect(_ fleet: State, isRaw: Bool = false, now: Double) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    overlays.append(.inspection(Inspection(worker, isRaw: isRaw, now: now)))
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
      inspection = Inspection(worker, isRaw: isRaw, now: now)
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
