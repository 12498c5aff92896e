import Canvas
import Fleet
import WorkerAPI

/// The conversation, live.
enum OutputPane {
  /// The title rule with the tabs of the stacked layout, else the worker's name; then the text.
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, body) = rect.top(1)
    if view.arrangement.form == .stacked, view.screen.zoom != .full {
      TabRule.draw(view, ruleRow, right: status(view), into: &frame)
    } else {
      let title = view.worker.map { "Output: \(Sanitise.line($0.title))" } ?? "Output"
      view.rule(.output, title, right: status(view), in: ruleRow, into: &frame)
    }
    guard let worker = view.worker else {
      return view.empty(
        view.noWorker, in: body, into: &frame)
    }
    let output = view.screen.output
    guard output.rendition.lineCount > 0 else {
      let words =
        output.filter.map { filtered($0, isWhole: !output.rendition.isLooking) }
        ?? waiting(view, worker)
      return view.empty(words, in: body, into: &frame)
    }
    let transcript = shown(view, worker)
    // Each of these looks through all sections: once a frame is enough.
    let (top, selected, cursor) = (output.top, output.selectedRows, output.cursorRow)
    for row in 0..<min(body.height, output.rendition.lineCount - top) {
      guard let found = output.rendition.row(at: top + row) else { break }
      let place = Rect(x: body.x, y: body.y + row, width: body.width, height: 1)
      if case .turn(let turn) = output.rendition.sections[found.section].source {
        TurnRule.draw(view, turn, transcript, place, into: &frame)
      } else {
        draw(found, view, transcript, place, into: &frame)
      }
      if view.screen.reading.isClean, place.width == frame.size.columns, row + 1 < body.height,
        found.line.width >= place.width - 1,
        output.rendition.row(at: top + row + 1)?.line.joint != nil
      {
        frame.join(row: place.y)
      }
      if selected?.contains(top + row) == true || cursor == top + row {
        view.highlight(place, .output, into: &frame)
      }
    }
  }

  private static func draw(
    _ row: Rendition.Row, _ view: View, _ transcript: Transcript, _ rect: Rect,
    into frame: inout Frame
  ) {
    let output = view.screen.output
    let source = output.rendition.sections[row.section].source
    let margin = row.lead == nil ? 0 : output.rendition.setting?.margin ?? 0
    if row.isFirst, let time = time(of: source, view, transcript) {
      frame.write(
        time, x: rect.x + EntryLayout.margin, y: rect.y, view.theme[.dim], in: rect)
    }
    if let lead = row.lead { frame.write(lead.text, x: rect.x, y: rect.y, lead.style, in: rect) }
    let (_, place) = rect.left(margin)
    let shift =
      row.isWhole(section: output.rendition.sections[row.section], place.width)
      ? 0 : output.shift
    frame.write(row.line.dropping(columns: shift), x: place.x, y: place.y, in: place)
    defer { mark(row.line, shift, view, place, into: &frame) }
    guard let search = output.search, let index = row.index else { return }
    let section = output.rendition.sections[row.section]
    for match in section.matches(of: search.sought, on: index) {
      let hit = Rendition.Hit(source: section.source, ordinal: match.ordinal)
      var style = view.theme[.match]
      if hit == search.current { style.attributes.formUnion([.bold, .underline]) }
      let columns = Rect(
        x: place.x + match.columns.lowerBound - shift, y: place.y, width: match.columns.count,
        height: 1)
      frame.restyle(columns.intersection(place)) { _ in style }
    }
  }

  /// Signs where a line that is not broken goes on to the left or right.
  private static func mark(
    _ line: Line, _ shift: Int, _ view: View, _ place: Rect, into frame: inout Frame
  ) {
    let reading = view.screen.reading
    guard !reading.isWrapped, !reading.isClean, place.width > 1 else { return }
    let style = view.theme[.dim]
    if shift > 0, line.width > 0 {
      frame.write(view.unicode ? "‹" : "<", x: place.x, y: place.y, style, in: place)
    }
    if line.width - shift > place.width {
      frame.write(view.unicode ? "›" : ">", x: place.maxX - 1, y: place.y, style, in: place)
    }
  }

  /// When a part came, if this console watched; of another day the date.
  private static func time(
    of source: Rendition.Section.Source, _ view: View, _ transcript: Transcript
  ) -> String? {
    guard let moment = moment(of: source, view, transcript) else { return nil }
    switch view.screen.reading.times {
    case .off: return nil
    case .ages: return view.age(since: moment)
    case .local, .utc:
      let zone = view.screen.reading.times == .utc ? Zone.utc : view.screen.zone
      return Figures.clockOrDay(moment, zone, now: view.now)
    }
  }

  private static func moment(
    of source: Rendition.Section.Source, _ view: View, _ transcript: Transcript
  ) -> Double? {
    switch source {
    case .entry(let number):
      let index = number - transcript.firstNumber
      return transcript.entries.indices.contains(index) ? transcript.entries[index].startedAt : nil
    case .prompt(let turn, let index):
      // A turn begins with the last of what was said before it.
      guard transcript.turns.indices.contains(turn), index == transcript.prompts[turn].count - 1
      else { return nil }
      return transcript.turns[turn].startedAt
    case .event(let number):
      return view.fleet.wire.flatMap { $0.entries.dropFirst(number - $0.first).first?.at }
    case .turn, .loss: return nil
    }
  }

  private static func filtered(_ filter: LineFilter, isWhole: Bool) -> [String] {
    let words = Sanitise.line(filter.sought.text)
    guard isWhole else { return ["Looking for \(words)."] }
    return [
      filter.excludes ? "Every line has \(words)." : "No line has \(words).",
      "Esc shows all lines, & takes other words.",
    ]
  }

  private static func waiting(_ view: View, _ worker: WorkerState) -> [String] {
    if view.screen.reading.form == .events { return waiting(view.screen.events(view.fleet)) }
    switch worker.stream {
    case .refused(let reason): return [Sanitise.line(reason)]
    case .waiting(_, let reason): return ["No stream: \(Sanitise.line(reason))."]
    default:
      return worker.phase.value == .done
        ? ["Nothing was written."] : ["Waiting for the first words."]
    }
  }

  private static func waiting(_ events: WireLog?) -> [String] {
    switch events?.stream {
    case .refused(let reason): [Sanitise.line(reason)]
    case .waiting(_, let reason): ["No stream: \(Sanitise.line(reason))."]
    case .live: ["The stream is open; no event has come yet."]
    case .ended: ["The stream ended without an event."]
    case .opening, .closed, nil: ["The stream is asked for from its beginning."]
    }
  }

  /// What the view does with new text, and the turn on the screen where there is room for it.
  static func status(_ view: View) -> Line {
    guard let worker = view.worker else { return Line() }
    let whole = Self.state(view, worker)
    let state = isRoomy(whole, view) ? whole : Self.state(view, worker, isShort: true)
    guard view.screen.size.columns >= 80, let turn = Self.turn(view, worker) else { return state }
    let line = Line([Span("\(turn)  ", view.theme[.dim])] + state.spans)
    return isRoomy(line, view) ? line : state
  }

  private static func isRoomy(_ line: Line, _ view: View) -> Bool {
    let hasTabs = view.arrangement.form == .stacked && view.screen.zoom != .full
    return !hasTabs || TabRule.isRoomy(beside: line, view)
  }

  /// The turn of the top line of all turns; of an output that is followed the last one.
  private static func turn(_ view: View, _ worker: WorkerState) -> String? {
    let output = view.screen.output
    guard view.screen.reading.form != .events else { return nil }
    let transcript = shown(view, worker)
    let all = [transcript, worker.transcript].map { max($0.turns.count, $0.prompts.count) }
    guard let last = all.max(), last > 1 else { return nil }
    let top = output.isFollowing ? nil : output.rendition.turn(at: output.top, transcript)
    return "turn \(top.map { $0 + 1 } ?? last)/\(last)"
  }

  /// What is drawn: the worker's transcript, or a stretch of it from the scrollback.
  private static func shown(_ view: View, _ worker: WorkerState) -> Transcript {
    guard view.screen.output.isWindow else { return worker.transcript }
    return view.fleet.scrollback?.window?.transcript ?? worker.transcript
  }

  /// The short one leaves out where in the scrollback the reader is while there is something new.
  private static func state(
    _ view: View, _ worker: WorkerState, isShort: Bool = false
  ) -> Line {
    let output = view.screen.output
    var line = Line()
    let events = view.screen.events(view.fleet)
    if case .waiting = events?.stream ?? worker.stream {
      line.append(Span("RETRY  ", view.theme[.headerRetry]))
    }
    let zone = view.screen.zone.name(at: view.now)
    for words in view.screen.reading.words(zone, shift: output.shift) {
      line.append(Span("\(words)  ", view.theme[.dim]))
    }
    if events?.stream == .ended { line.append(Span("ended  ", view.theme[.dim])) }
    if view.screen.size.columns >= 160, let setting = output.rendition.setting, setting.isWrapped {
      line.append(Span("wrap \(EntryLayout.columns(setting))  ", view.theme[.dim]))
    }
    if let filter = output.filter {
      let words = Width.cut(Sanitise.line(filter.text), to: 16, ellipsis: view.ellipsis)
      line.append(Span("&\(words)  ", view.theme[.messageWarning]))
    }
    if let count = output.matchWords {
      line.append(Span("\(count)  ", view.theme[.accent]))
    }
    if output.goal == .top {
      line.append(Span("READING", view.theme[.messageWarning]))
    } else if let share = output.share {
      let new = output.isFollowing ? nil : Self.new(output)
      if output.isFollowing {
        line.append(Span("STORED", view.theme[.dim]))
      } else if !isShort || new == nil {
        let gap = new == nil ? "" : "  "
        line.append(Span("EARLIER \(share) %\(gap)", view.theme[.messageWarning]))
      }
      if let new { line.append(Span(new, view.theme[.messageWarning])) }
    } else if let rows = output.selectedRows {
      line.append(
        Span("SELECT \(rows.count) \(rows.count == 1 ? "line" : "lines")", view.theme[.accent]))
    } else if output.isFollowing {
      line.append(Span("FOLLOW", view.theme[.accent]))
    } else {
      line.append(Span(Self.new(output) ?? "PAUSED", view.theme[.messageWarning]))
    }
    return line
  }

  private static func new(_ output: OutputView) -> String? {
    let count = output.newLines
    guard count > 0 else { return nil }
    return output.hasMoreNew ? "+\(count) or more new" : "+\(count) new"
  }
}

extension Rendition.Row {
  /// The one line of a call or thought: where it fits it does not move, for its right side belongs
  /// to the edge.
  fileprivate func isWhole(section: Rendition.Section, _ width: Int) -> Bool {
    section.isFoldable && index == 0 && (section.isTool || section.lines.count == 1)
      && line.width <= width
  }
}

extension Rendition {
  /// The turn of a row; what stands for lines that are gone belongs to the one after it.
  fileprivate func turn(at row: Int, _ transcript: Transcript) -> Int? {
    guard lineCount > 0 else { return nil }
    for section in sections[sectionIndex(of: row)...] {
      switch section.source {
      case .loss, .event: continue
      case .prompt(let turn, _), .turn(let turn): return turn
      case .entry(let number):
        let index = number - transcript.firstNumber
        if transcript.entries.indices.contains(index) { return transcript.entries[index].turn }
      }
    }
    return nil
  }
}

/// The tabs of the stacked layout: which detail pane is shown, and what the others hold.
enum TabRule {
  static func draw(_ view: View, _ rect: Rect, right: Line, into frame: inout Frame) {
    var line = Line()
    for tab in tabs(view, width: rect.width, right) { line.append(tab) }
    Rule.draw(
      into: &frame, rect: rect, left: line, right: right, style: view.theme[.rule],
      unicode: view.unicode)
  }

  /// The pane whose tab stands in a column of the rule; nil where there are no tabs.
  static func pane(at column: Int, _ view: View, _ rect: Rect) -> Pane? {
    guard view.arrangement.form == .stacked, view.screen.zoom != .full else { return nil }
    let right =
      switch view.screen.detail {
      case .info: Line(InfoPane.more(of: InfoPane.lines(view, rect).count, view, rect))
      case .sources, .files, .schedules: ListPane.origin(view.screen.detail, view)
      case .output, .workers: OutputPane.status(view)
      }
    // Two strokes and a blank come first.
    var x = rect.x + 3
    for (pane, tab) in zip(Pane.details, tabs(view, width: rect.width, right)) {
      if (x..<x + tab.width).contains(column) { return pane }
      x += tab.width
    }
    return nil
  }

  /// The tabs still count what their panes hold beside that right side.
  static func isRoomy(beside right: Line, _ view: View) -> Bool {
    width(of: tabs(view, .shortNames)) <= room(view.screen.size.columns, right)
  }

  private static func tabs(_ view: View, width: Int, _ right: Line) -> [Span] {
    let choices = Wording.allCases.map { tabs(view, $0) }
    return choices.first { self.width(of: $0) <= room(width, right) } ?? choices[choices.count - 1]
  }

  /// Columns for the tabs in a rule of that width.
  private static func room(_ width: Int, _ right: Line) -> Int {
    width - right.width - (right.width > 0 ? 9 : 6)
  }

  private static func width(of tabs: [Span]) -> Int { tabs.reduce(0) { $0 + $1.width } }

  /// How much the tabs say, as there is room.
  private enum Wording: CaseIterable { case full, shortNames, noCounts, numbers }

  private static func tabs(_ view: View, _ wording: Wording) -> [Span] {
    Pane.details.map { pane in
      let isShown = pane == view.screen.detail
      let isFocused = view.isFocused(pane)
      let isCounted = wording == .full || wording == .shortNames
      let count = isCounted ? view.screen.itemCount(pane, view.fleet) : 0
      let name = wording != .full && pane == .schedules ? "Sched" : pane.name
      let text =
        wording == .numbers && !isShown
        ? "\(pane.rawValue)" : "\(pane.rawValue) \(name)" + (count > 0 ? " \(count)" : "")
      let role: Role = isFocused ? .titleFocused : isShown ? .title : .dim
      return Span(isShown ? "[\(text)]" : " \(text) ", view.theme[role])
    }
  }
}
