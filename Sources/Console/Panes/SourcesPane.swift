import Canvas
import Fleet
import WorkerAPI

/// The pages that the worker has read, numbered.
enum SourcesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.sources, view, rect, into: &frame)
    let sources = view.worker?.sources ?? []
    guard !sources.isEmpty else {
      let lines =
        view.worker == nil
        ? ["No worker is selected."] : ["No sources yet.", "They come as the worker reads."]
      return view.empty(lines, in: body, into: &frame)
    }
    ListPane.draw(view, .sources, sources.count, body, into: &frame) { index, width in
      let source = sources[index]
      let name = "[\(index + 1)]"
      let number = Span(
        Width.padded(name, to: max(4, "\(sources.count)".count + 2)) + " ",
        view.theme[.sourceNumber])
      let cited = cited(index, view)
      let title = source.title.map(Sanitise.line) ?? ""
      let address = Sanitise.line(Address.short(source.url))
      let link = Link.address(source.url)
      guard !title.isEmpty else {
        return .row(
          Line([number, Span(address, view.theme[.text], link: link)]), cited, width: width,
          ellipsis: view.ellipsis)
      }
      let host = Width.cut(
        Sanitise.line(Address.host(of: source.url)), to: width / 3, ellipsis: view.ellipsis)
      var right = width >= 38 ? Line(host + "  ", view.theme[.dim]) : Line()
      for span in cited.spans { right.append(span) }
      return .row(
        Line([number, Span(title, view.theme[.text], link: link)]), right, width: width,
        ellipsis: view.ellipsis)
    }
  }

  /// How often the text cites it, in as few columns; `+` where earlier text is not loaded.
  private static func cited(_ index: Int, _ view: View) -> Line {
    let citations = view.screen.citations
    let count = citations.count(of: index)
    let more = citations.isPartial ? "+" : ""
    let text = count == 0 && more.isEmpty ? "-" : "cited \(count)x\(more)"
    return Line(
      Width.padded(text, to: 8, alignment: .right), view.theme[count > 0 ? .accent : .dim])
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
