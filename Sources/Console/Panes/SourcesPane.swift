import Canvas
import Fleet
import WorkerAPI

/// The pages that the worker has read, numbered.
enum SourcesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.sources, view, rect, into: &frame)
    let sources = view.worker?.sources ?? []
    guard !sources.isEmpty else {
      return view.empty(["No sources yet."], in: body, into: &frame)
    }
    ListPane.draw(view, .sources, sources.count, body, into: &frame) { index, width in
      let source = sources[index]
      let number = Span(Width.padded("[\(index + 1)]", to: 5), view.theme[.sourceNumber])
      let title = source.title.map(Sanitise.line) ?? ""
      let address = Sanitise.line(Address.short(source.url))
      if title.isEmpty { return Line([number, Span(address, view.theme[.text])]) }
      let host = Width.cut(
        Sanitise.line(Address.host(of: source.url)), to: width / 3, ellipsis: view.ellipsis)
      let right = width >= 50 ? Line(host, view.theme[.dim]) : Line()
      return .row(
        Line([number, Span(title, view.theme[.text])]), right, width: width, ellipsis: view.ellipsis
      )
    }
  }
}

/// The files that the worker was given or made.
enum FilesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.files, view, rect, into: &frame)
    let files = view.worker?.files ?? []
    guard !files.isEmpty else { return view.empty(["No files yet."], in: body, into: &frame) }
    ListPane.draw(view, .files, files.count, body, into: &frame) { index, width in
      let file = files[index]
      let name = Sanitise.line(file.filename ?? Address.short(file.url))
      var right = Line()
      if width >= 44 { right.append(Span(Sanitise.line(file.mediaType) + "  ", view.theme[.dim])) }
      right.append(state(view.worker?.downloads[file.key], file, view))
      return .row(
        Line(name, view.theme[.fileName]), right, width: width, ellipsis: view.ellipsis)
    }
  }

  private static func state(_ download: Download?, _ file: WorkerFile, _ view: View) -> Span {
    switch download {
    case nil: Span(file.size.map(Figures.bytes) ?? "d saves", view.theme[.dim])
    case .running(let bytes, let total):
      Span(
        total.map { "\(Int(min(100, Double(bytes) / Double(max(1, $0)) * 100))) %" }
          ?? Figures.bytes(bytes),
        view.theme[.toolRunning])
    case .done(_, let bytes): Span("saved \(Figures.bytes(bytes))", view.theme[.toolDone])
    case .failed: Span("not saved", view.theme[.toolFailed])
    }
  }
}

/// What the panes that are lists share.
enum ListPane {
  /// Draws the title, as a tab where the panes share one place; answers the area below.
  static func title(_ pane: Pane, _ view: View, _ rect: Rect, into frame: inout Frame) -> Rect {
    let (ruleRow, body) = rect.top(1)
    if view.arrangement.form == .stacked, view.screen.zoom != .full {
      TabRule.draw(view, ruleRow, right: origin(pane, view), into: &frame)
    } else {
      let count = view.screen.itemCount(pane, view.fleet)
      let all = pane == .schedules && view.screen.showsAgenda ? "Agenda, all workers" : pane.name
      view.rule(
        pane, all + (count > 0 ? " \(count)" : ""), right: origin(pane, view), in: ruleRow,
        into: &frame)
    }
    return body
  }

  /// From what the rows were learned, and when; those of a running worker that are old say so.
  private static func origin(_ pane: Pane, _ view: View) -> Line {
    guard let worker = view.worker else { return Line() }
    func line<Value>(_ reading: Reading<Value>?, period: Double) -> Line {
      guard let reading else { return Line() }
      let isStale = view.now - reading.at > period
      return Line("\(isStale ? "~" : "")\(view.origin(of: reading))", view.theme[.dim])
    }
    if pane == .schedules {
      return view.screen.showsAgenda ? Line() : line(worker.schedules, period: 900)
    }
    let isHeard = if case .live = worker.stream { true } else { false }
    let isActive = worker.phase.value.isActive && !isHeard
    return line(worker.listed, period: isActive ? 30 : .infinity)
  }

  /// One row an item, with the cursor when the pane has the focus.
  static func draw(
    _ view: View, _ pane: Pane, _ count: Int, _ rect: Rect, into frame: inout Frame,
    _ row: (Int, _ width: Int) -> Line
  ) {
    let cursor = min(view.screen.cursors[pane] ?? 0, max(0, count - 1))
    var scroll = view.screen.scrolls[pane] ?? Scroll()
    scroll.reveal(index: cursor, of: count, height: rect.height)
    for (offset, index) in scroll.visible(of: count, height: rect.height).enumerated() {
      let place = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
      frame.write(
        row(index, rect.width - 2).cut(to: rect.width - 2, ellipsis: view.ellipsis),
        x: place.x + 1, y: place.y, in: place)
      if index == cursor, view.screen.focus == pane { view.highlight(place, pane, into: &frame) }
    }
  }
}
