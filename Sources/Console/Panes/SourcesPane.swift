import Canvas
import Fleet
import WorkerAPI

/// The pages that the worker has read, numbered, with when they came and how often they are cited.
///
/// `+new` marks what came first in the latest turn, where there is more than one.
enum SourcesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.sources, view, rect, into: &frame)
    let sources = view.worker?.sources ?? []
    guard !sources.isEmpty else { return view.empty(absence(view), in: body, into: &frame) }
    let columns = Columns(sources, view, width: body.width - 2)
    ListPane.draw(view, .sources, sources.count, body, into: &frame) { index, width in
      row(sources[index], index, columns, view, width)
    }
  }

  private static func absence(_ view: View) -> [String] {
    ListPane.absence(
      .sources, view, over: "None of its runs read a source.",
      waiting: ["No sources yet.", "They come as the worker reads."])
  }

  /// Which columns there is room for beside the title, the same in every row.
  private struct Columns {
    var number: Int
    var host = 0
    var time = 0
    var cited: Int
    var new = 0

    /// Columns that a title keeps beside the host.
    private static let title = 16
    /// Sources whose hosts are measured.
    private static let measured = 200

    init(_ sources: [WorkerSource], _ view: View, width: Int) {
      let citations = view.screen.citations
      let most = sources.indices.reduce(0) { max($0, citations.count(of: $1)) }
      number = "[\(sources.count)]".count
      cited = max(8, "cited \(most)x".count + (citations.isPartial ? 1 : 0))
      guard width >= 38 else { return }
      let arrivals = view.screen.arrivals
      if arrivals.hasNew { new = 6 }
      if width >= 48, let first = arrivals.firstAt {
        let text = Figures.clockOrDay(first, view.screen.shownZone, now: view.now)
        time = text.contains(":") && text.last != "Z" ? 5 : 6
      }
      let beside = number + 1 + 1 + (time > 0 ? time + 2 : 0) + cited + new
      let room = width - beside - 2 - Self.title
      let widest = sources.prefix(Self.measured).reduce(0) {
        max($0, Width.of(Sanitise.line(Address.host(of: $1.url))))
      }
      host = min(widest, width / 3, room)
      if host < min(widest, 10) { host = 0 }
    }
  }

  private static func row(
    _ source: WorkerSource, _ index: Int, _ columns: Columns, _ view: View, _ width: Int
  ) -> Line {
    let theme = view.theme
    let name = Width.padded("[\(index + 1)]", to: columns.number, alignment: .right)
    let title = source.title.map(Sanitise.line) ?? ""
    let words = title.isEmpty ? Sanitise.line(Address.short(source.url)) : title
    let arrival = view.screen.arrivals.byAddress[source.url]
    var right = Line()
    if columns.host > 0, !title.isEmpty {
      right.append(Span(host(source, columns.host, view) + "  ", theme[.dim]))
    }
    if columns.time > 0 {
      let zone = view.screen.shownZone
      let time = arrival?.at.map { Figures.clockOrDay($0, zone, now: view.now) } ?? ""
      right.append(
        Span(Width.padded(time, to: columns.time, alignment: .right) + "  ", theme[.dim]))
    }
    right.append(cited(index, columns.cited, view))
    if columns.new > 0 {
      let isNew = arrival?.isNew == true
      right.append(
        Span(Width.padded(isNew ? "  +new" : "", to: columns.new), theme[.workerUnread]))
    }
    return .row(
      Line([
        Span(name + " ", theme[.sourceNumber]),
        Span(words, theme[.text], link: Link.address(source.url)),
      ]), right, width: width, ellipsis: view.ellipsis)
  }

  /// The host in as many columns; what most begin with goes first where there is no room for all.
  private static func host(_ source: WorkerSource, _ columns: Int, _ view: View) -> String {
    var host = Sanitise.line(Address.host(of: source.url))
    if Width.of(host) > columns, host.hasPrefix("www.") { host.removeFirst(4) }
    return Width.padded(Width.cut(host, to: columns, ellipsis: view.ellipsis), to: columns)
  }

  /// How often the text cites it, to the right; `+` where earlier text is not loaded.
  private static func cited(_ index: Int, _ columns: Int, _ view: View) -> Span {
    let citations = view.screen.citations
    let count = citations.count(of: index)
    let more = citations.isPartial ? "+" : ""
    let text = count == 0 && more.isEmpty ? "-" : "cited \(count)x\(more)"
    return Span(
      Width.padded(text, to: columns, alignment: .right), view.theme[count > 0 ? .accent : .dim])
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

  /// Where there are no rows: whether some may still come, and the key that asks.
  static func absence(_ pane: Pane, _ view: View, over: String, waiting: [String]) -> [String] {
    guard let worker = view.worker else { return view.noWorker }
    let isOver = worker.phase.value != .unknown && !worker.phase.value.isActive
    return (isOver ? [over] : waiting)
      + ["\(view.key(.refresh, in: pane)) asks the server again."]
  }

  /// From what the rows were learned, and when; those of a running worker that are old say so.
  static func origin(_ pane: Pane, _ view: View) -> Line {
    guard let worker = view.worker else { return Line() }
    func line<Value>(_ reading: Reading<Value>?, period: Double) -> Line {
      guard let reading else { return Line() }
      let isStale = view.now - reading.at > period
      return Line("\(isStale ? "~" : "")\(view.origin(of: reading))", view.theme[.dim])
    }
    if pane == .schedules {
      let learned = view.screen.showsAgenda ? Line() : line(worker.schedules, period: 900)
      guard SchedulesPane.beginsWithTime(view) else { return learned }
      let zone = "times in \(view.screen.shownZone.name(at: view.now))"
      let gap = Span(learned.spans.isEmpty ? "" : "  ")
      return Line([Span(zone, view.theme[.dim]), gap] + learned.spans)
    }
    let isHeard = if case .live = worker.stream { true } else { false }
    let isActive = worker.phase.value.isActive && !isHeard
    let learned = line(worker.listed, period: isActive ? 30 : .infinity)
    let marked = pane == .files ? view.screen.marked(in: worker.files).count : 0
    guard marked > 0 else { return learned }
    let gap = Span(learned.spans.isEmpty ? "" : "  ")
    return Line([Span("\(marked) marked", view.theme[.accent]), gap] + learned.spans)
  }

  /// One row an item, with the cursor when the pane has the focus, and a `+` before what is marked.
  static func draw(
    _ view: View, _ pane: Pane, _ count: Int, _ rect: Rect, into frame: inout Frame,
    marked: Set<Int> = [], _ row: (Int, _ width: Int) -> Line
  ) {
    let cursor = min(view.screen.cursors[pane] ?? 0, max(0, count - 1))
    var scroll = view.screen.scrolls[pane] ?? Scroll()
    scroll.reveal(index: cursor, of: count, height: rect.height)
    for (offset, index) in scroll.visible(of: count, height: rect.height).enumerated() {
      let place = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
      frame.write(
        row(index, rect.width - 2).cut(to: rect.width - 2, ellipsis: view.ellipsis),
        x: place.x + 1, y: place.y, in: place)
      if marked.contains(index) {
        frame.write("+", x: place.x, y: place.y, view.theme[.accent], in: place)
      }
      if index == cursor, view.screen.focus == pane { view.highlight(place, pane, into: &frame) }
    }
  }
}
