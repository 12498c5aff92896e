import Canvas
import Fleet

/// How the output is laid out and moved through.
extension Screen {
  /// Columns by which long lines move sideways.
  private static let sideStep = 8

  mutating func changeReading(_ command: Command, now: Double) {
    switch command {
    case .toggleWrap:
      reading.isWrapped.toggle()
      output.shift = 0
      remark =
        reading.isWrapped ? "long lines are broken" : "long lines go on: h and l move sideways"
    case .nextTimes:
      reading.times = reading.times.next
      // Where the local zone is UTC, both would show the same.
      if reading.times == .utc, zone.name(at: now) == "UTC" { reading.times = .off }
      let isOfEvents = reading.form == .events
      let what = isOfEvents ? "each event came over this connection" : "each part came"
      let scope = isOfEvents ? "" : ", where this console watched"
      remark =
        switch reading.times {
        case .off: "no times"
        case .ages: "how long ago \(what)\(scope)"
        case .local: "when \(what) in \(zone.name(at: now))\(scope)"
        case .utc: "when \(what) in UTC\(scope)"
        }
    case .nextForm:
      show(reading.form.next)
      remark =
        switch reading.form {
        case .rendered: "Markdown as it is meant"
        case .source: "Markdown as it was written"
        case .events: "the events of the stream, asked for from the beginning and as they come"
        case .parts: "the parts of the messages as JSON"
        }
    case .cleanView:
      reading.isClean.toggle()
      if reading.isClean { zoomBefore = zoom }
      zoom = reading.isClean ? .full : zoomBefore
      output.shift = 0
      if reading.isClean { remark = "plain text for the terminal's own selection; Esc leaves" }
    default: break
    }
  }

  mutating func moveSideways(_ command: Command, _ fleet: State) -> [Outcome] {
    guard command == .sidewaysRight else {
      guard output.shift > 0 else { return focus(.workers, fleet) }
      output.shift = max(0, output.shift - Self.sideStep)
      return []
    }
    guard !reading.isWrapped else {
      remark = "lines are broken to fit; w lets them go on"
      return []
    }
    let top = output.top
    let widest = (top..<top + max(1, output.height)).reduce(0) {
      max($0, output.rendition.row(at: $1)?.line.width ?? 0)
    }
    guard widest - output.shift > output.textWidth else {
      remark = "no line on the screen goes further"
      return []
    }
    output.shift += Self.sideStep
    return []
  }

  mutating func jumpProblem(forward: Bool, _ fleet: State) {
    jump(forward: forward, none: "no error and no failed tool", name: "error", fleet, \.isProblem)
  }

  mutating func jumpTool(forward: Bool, _ fleet: State) {
    jump(forward: forward, none: "no tool call", name: "tool call", fleet, \.isTool)
  }

  /// Goes to the next such section from the one that was shown last, else from the screen.
  private mutating func jump(
    forward: Bool, none: String, name: String, _ fleet: State,
    _ isMeant: (Rendition.Section) -> Bool
  ) {
    let rendition = output.rendition
    let all = rendition.sections.indices.filter {
      isMeant(rendition.sections[$0]) && rendition.sections[$0].lineCount > 0
    }
    guard !all.isEmpty else {
      remark = none + whole(fleet)
      return
    }
    let top = output.top
    let visible = top..<top + max(1, output.height)
    let last = output.jumped.map { rendition.index(of: $0) }.flatMap {
      visible.contains($0) ? $0 : nil
    }
    let places = all.map { rendition.starts[$0] + rendition.sections[$0].gap }
    let found =
      forward
      ? places.firstIndex { $0 > last ?? (top - 1) }
      : places.lastIndex { $0 < last ?? top }
    guard let found else {
      remark = "no \(name) \(forward ? "after" : "before") this" + whole(fleet)
      return
    }
    let place = rendition.anchor(at: places[found])
    output.show(place)
    output.jumped = place
    let words = Outline.words(rendition.sections[all[found]].name(at: 0))
    remark = "\(found + 1)/\(places.count): \(words)"
  }

  mutating func clearReading() -> Bool {
    guard focus == .output, reading.isClean else { return false }
    reading.isClean = false
    zoom = zoomBefore
    return true
  }
}
