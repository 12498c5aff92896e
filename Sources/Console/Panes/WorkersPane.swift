import Canvas
import Fleet
import WorkerAPI

/// The list of workers: a glyph, a title, what it is doing, how long and how much.
enum WorkersPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, rest) = rect.top(1)
    let list = view.screen.list(view.fleet)
    view.rule(
      .workers, title(view, list),
      right: summary(view, list, height: rest.height, width: rect.width), in: ruleRow, into: &frame)
    guard !list.rows.isEmpty else { return view.empty(absence(view), in: rest, into: &frame) }
    var scroll = view.screen.workerScroll
    if let selected = view.screen.selected {
      scroll.reveal(list, selected, height: rest.height)
    }
    let columns = Columns(width: rest.width)
    for (row, number) in scroll.visible(of: list.rows.count, height: rest.height).enumerated() {
      let place = Rect(x: rest.x, y: rest.y + row, width: rest.width, height: 1)
      switch list.rows[number] {
      case .group(let group, let count):
        let isOld = [.running, .pending].contains(group) && view.fleet.isDeaf(at: view.now)
        frame.write(
          "\(group.title) \(isOld ? "~" : "")\(count)", x: place.x, y: place.y, view.theme[.group],
          in: place)
      case .worker(let id):
        guard let worker = view.fleet.workers[id] else { continue }
        let isSelected = id == view.screen.selected
        frame.write(line(worker, columns, isSelected, view), x: place.x, y: place.y, in: place)
        if isSelected { view.highlight(place, .workers, into: &frame) }
      case .activity(let id):
        guard let worker = view.fleet.workers[id] else { continue }
        frame.write(doing(worker, place.width, view), x: place.x, y: place.y, in: place)
        if id == view.screen.selected { view.highlight(place, .workers, into: &frame) }
      }
    }
  }

  private static func title(_ view: View, _ list: WorkerList) -> String {
    let total = view.fleet.order.count
    guard total > 0 else { return "Workers" }
    return view.screen.listing.isNarrowed
      ? "Workers \(list.ids.count)/\(total)" : "Workers \(total)"
  }

  /// What an empty list says.
  private static func absence(_ view: View) -> [String] {
    if !view.fleet.isRecalled { return ["Reading the registry" + view.ellipsis] }
    if view.fleet.order.isEmpty {
      let start = view.fleet.isReadOnly ? "" : "\(view.screen.startHint); "
      let adopt = view.key(.adoptWorkers, in: .workers)
      return ["No workers yet.", "\(start)\(adopt) adopts one that runs already."]
    }
    guard view.screen.listing.filter != nil else {
      return ["Nothing needs you.", "\(view.key(.showUrgent, in: .workers)) lists all again."]
    }
    let change = view.key(.filterList, in: .workers)
    let clear = view.key(.dismiss, in: .workers)
    return ["No worker matches.", "\(change) changes the filter, \(clear) clears it."]
  }

  /// Which columns there is room for.
  struct Columns {
    var title: Int
    var showsState: Bool
    var showsBudget: Bool
    var activity: Int
    /// Columns of the bars that show how much came lately.
    var spark: Int
    let time = 6
    let amount = 7

    init(width: Int) {
      showsState = width >= 60
      showsBudget = width >= 44
      let fixed = 4 + time + amount + (showsState ? 6 : 0) + (showsBudget ? 5 : 0)
      let room = max(6, width - fixed)
      title = width >= 60 ? min(max(22, room * 2 / 5), 34) : room
      activity = max(0, room - title - 2)
      if activity < 10 {
        title = room
        activity = 0
      }
      spark = activity >= 24 ? min(12, activity / 4) : 0
    }
  }

  /// The filter, what is marked and what is on its way, the order, and the place of the cursor where
  /// rows are out of sight; what there is no room for is left out from the end.
  private static func summary(_ view: View, _ list: WorkerList, height: Int, width: Int) -> Line {
    let (marked, sending) = (view.fleet.workers.marked.count, view.fleet.sending.count)
    let listing = view.screen.listing
    let room = max(14, width - 11 - Width.of(title(view, list)))
    var marks = marked > 0 ? "\(marked) marked" : ""
    var parts: [(String, Role)] = []
    if let filter = listing.filter {
      let text = Sanitise.line(filter.text)
      if marked > 0, Width.of(text) + 4 + Width.of(marks) > room { marks = "+\(marked)" }
      let columns = min(24, max(4, room - 2 - (marked > 0 ? Width.of(marks) + 2 : 0)))
      parts.append(("/ " + Width.cut(text, to: columns, ellipsis: view.ellipsis), .accent))
    }
    if marked > 0 { parts.append((marks, .accent)) }
    if sending > 0 { parts.append(("sending \(sending)\(view.ellipsis)", .accent)) }
    if listing.showsUrgent { parts.append(("! needs you", .accent)) }
    if let order = listing.order.summary { parts.append((order, .dim)) }
    if list.rows.count > height, let place = view.screen.selected.flatMap(list.index) {
      parts.append(("\(place + 1) of \(list.ids.count)", .dim))
    }
    var line = Line()
    for (text, role) in parts {
      let gap = line.spans.isEmpty ? 0 : 2
      guard line.width + gap + Width.of(text) <= room else { break }
      if gap > 0 { line.append(Span("  ")) }
      line.append(Span(text, view.theme[role]))
    }
    return line
  }

  /// The second line of a worker that runs: what it does, and how much came lately.
  private static func doing(_ worker: WorkerState, _ width: Int, _ view: View) -> Line {
    let spark = spark(worker, 10, view)
    let room = width - 6 - spark.width
    let text = Width.cut(activity(worker, view), to: room, ellipsis: view.ellipsis)
    return Line([Span("     " + Width.padded(text, to: room) + " ", view.theme[.dim]), spark])
  }

  private static func spark(_ worker: WorkerState, _ width: Int, _ view: View) -> Span {
    let values = worker.pulse.value.recent(at: view.now).suffix(width).drop { $0 == 0 }
    guard !values.isEmpty else { return Span("") }
    return Span(
      Width.padded(
        Sparkline.pulse(Array(values), width: width, unicode: view.unicode),
        to: width, alignment: .right), view.theme[.spark])
  }

  private static func line(
    _ worker: WorkerState, _ columns: Columns, _ isSelected: Bool, _ view: View
  ) -> Line {
    let sign = view.sign(of: worker)
    let style = view.theme[sign.role]
    let titleStyle = worker.known.isUnread ? view.theme[.workerUnread] : view.theme[.text]
    let title = Width.cut(Sanitise.line(worker.title), to: columns.title, ellipsis: view.ellipsis)
    var line = Line([
      Span(sign.glyph(isSelected: isSelected, worker.known) + " ", style),
      Span(Width.padded(title, to: columns.title), titleStyle),
    ])
    if columns.showsState { line.append(Span(" " + Width.padded(sign.word, to: 5), style)) }
    if columns.showsBudget {
      let isOpen = worker.known.budget == .unlimited
      line.append(
        Span(
          (columns.showsState ? "" : " ") + Width.padded(worker.known.budget.short, to: 4),
          view.theme[isOpen ? .messageWarning : .dim]))
    }
    if columns.activity > 0 {
      let isRunning = worker.phase.value == .running && !worker.known.isArchived
      let spark = isRunning && columns.spark > 0 ? spark(worker, columns.spark, view) : Span("")
      let room = columns.activity - spark.width - (spark.width > 0 ? 1 : 0)
      let text = Width.cut(activity(worker, view), to: room, ellipsis: view.ellipsis)
      line.append(Span("  " + Width.padded(text, to: room), view.theme[.dim]))
      if spark.width > 0 { line.append(Span(" ")) }
      line.append(spark)
    }
    line.append(
      Span(
        Width.padded(view.time(of: worker), to: columns.time, alignment: .right), view.theme[.text])
    )
    let (amount, isStale) = self.amount(worker, view)
    line.append(
      Span(
        Width.padded(amount, to: columns.amount, alignment: .right),
        view.theme[isStale ? .stale : .text]))
    return line
  }

  private static func amount(_ worker: WorkerState, _ view: View) -> (String, Bool) {
    guard let amount = worker.meter.amount else { return ("-", false) }
    let age = view.now - (worker.meter.readAt ?? 0)
    let isStale = worker.phase.value.isActive && age > 30
    let text =
      worker.meter.isInCredits ? Figures.credits(amount) : "$" + Figures.decimal(amount, 2)
    return ((isStale ? "~" : "") + text, isStale)
  }

  static func activity(_ worker: WorkerState, _ view: View) -> String {
    if worker.isMissing { return "the server does not know it (404)" }
    if worker.known.isArchived, worker.phase.value.isActive {
      return "ran when last looked at, \(view.age(since: worker.phase.at)) ago"
    }
    switch worker.phase.value {
    case .failed(let reason): return Sanitise.line(reason)
    case .running:
      let said = worker.transcript.activity ?? (worker.stream.isFollowed ? "starting" : "running")
      return Sanitise.line(Address.unschemed(said))
    case .pending: return "waiting to start"
    case .unknown: return "not asked yet"
    case .done:
      if let next = worker.nextRunAt {
        let zone = view.screen.shownZone
        return "next run \(Figures.soon(next, zone, now: view.now)) \(zone.name(at: next))"
      }
      let sources = worker.worker?.sources.count ?? 0
      let files = worker.worker?.files.count ?? 0
      let parts = [
        sources > 0 ? Figures.counted(sources, "source") : nil,
        files > 0 ? Figures.counted(files, "file") : nil,
      ].compactMap(\.self)
      return parts.isEmpty ? "" : parts.joined(separator: ", ")
    }
  }
}

extension Scroll {
  /// Shows a worker's row, with what belongs to it: the line below it, and a heading right above.
  mutating func reveal(_ list: WorkerList, _ id: String, height: Int) {
    let index = list.row(of: id) ?? 0
    if list.rows.indices.contains(index + 1), case .activity = list.rows[index + 1] {
      reveal(index: index + 1, of: list.rows.count, height: height)
    }
    reveal(index: index, of: list.rows.count, height: height)
    if index > 0, offset == index, height > 2, case .group = list.rows[index - 1] { offset -= 1 }
  }
}

extension Sparkline {
  /// Events in a span of the pulse from which on its bar is one step higher: each is three times the
  /// one before, so that a bar means the same rate in every row and at every time.
  private static let steps = [1.0, 3, 9, 27, 81, 243, 729]

  static func pulse(_ values: [Double], width: Int, unicode: Bool) -> String {
    let levels = values.map { value in Double(steps.count { $0 <= value }) }
    return text(levels, width: width, unicode: unicode, full: Double(steps.count))
  }
}
