import Canvas
import Fleet
import WorkerAPI

/// The list of workers: a glyph, a title, what it is doing, how long and how much.
enum WorkersPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, rest) = rect.top(1)
    let total = view.fleet.order.count
    let list = view.screen.list(view.fleet)
    let hidden = list.rows.count - rest.height
    view.rule(
      .workers, "Workers\(total > 0 ? " \(total)" : "")", right: summary(view, hidden: hidden),
      in: ruleRow, into: &frame)
    guard !list.rows.isEmpty else {
      let lines =
        view.fleet.isRecalled
        ? ["No workers yet.", "Press n to start one."] : ["Reading the registry" + view.ellipsis]
      return view.empty(lines, in: rest, into: &frame)
    }
    let index = view.screen.selected.flatMap(list.row) ?? 0
    var scroll = view.screen.workerScroll
    scroll.reveal(index: index, of: list.rows.count, height: rest.height)
    if index == 1, scroll.offset == 1 { scroll.offset = 0 }
    let columns = Columns(width: rest.width)
    for (row, number) in scroll.visible(of: list.rows.count, height: rest.height).enumerated() {
      let place = Rect(x: rest.x, y: rest.y + row, width: rest.width, height: 1)
      switch list.rows[number] {
      case .group(let group, let count):
        frame.write(
          "\(group.rawValue) \(count)", x: place.x, y: place.y, view.theme[.group], in: place)
      case .worker(let id):
        guard let worker = view.fleet.workers[id] else { continue }
        let isSelected = id == view.screen.selected
        frame.write(line(worker, columns, isSelected, view), x: place.x, y: place.y, in: place)
        if isSelected { view.highlight(place, .workers, into: &frame) }
      }
    }
  }

  /// Which columns there is room for.
  struct Columns {
    var title: Int
    var showsBudget: Bool
    var activity: Int
    let time = 6
    let amount = 7

    init(width: Int) {
      showsBudget = width >= 60
      let fixed = 4 + time + amount + (showsBudget ? 11 : 0)
      let room = max(6, width - fixed)
      title = width >= 60 ? min(max(22, room * 2 / 5), 34) : room
      activity = max(0, room - title - 2)
      if activity < 10 {
        title = room
        activity = 0
      }
    }
  }

  /// What is marked and what is on its way, else how many rows are out of sight.
  private static func summary(_ view: View, hidden: Int) -> Line {
    let (marked, sending) = (view.fleet.workers.marked.count, view.fleet.sending.count)
    let parts =
      (marked > 0 ? ["\(marked) marked"] : [])
      + (sending > 0 ? ["sending \(sending)\(view.ellipsis)"] : [])
    if !parts.isEmpty { return Line(parts.joined(separator: ", "), view.theme[.accent]) }
    return hidden > 0 ? Line("\(hidden) more", view.theme[.dim]) : Line()
  }

  private static func line(
    _ worker: WorkerState, _ columns: Columns, _ isSelected: Bool, _ view: View
  ) -> Line {
    let sign = Sign(worker)
    let style = view.theme[sign.role]
    let titleStyle = worker.known.isUnread ? view.theme[.workerUnread] : view.theme[.text]
    let title = Width.cut(Sanitise.line(worker.title), to: columns.title, ellipsis: view.ellipsis)
    var line = Line([
      Span(sign.glyph(isSelected: isSelected, worker.known) + " ", style),
      Span(Width.padded(title, to: columns.title), titleStyle),
    ])
    if columns.showsBudget {
      line.append(Span(" " + Width.padded(sign.word, to: 5), style))
      line.append(Span(Width.padded(worker.known.budget.short, to: 5), view.theme[.dim]))
    }
    if columns.activity > 0 {
      let text = Width.cut(activity(worker, view), to: columns.activity, ellipsis: view.ellipsis)
      line.append(Span("  " + Width.padded(text, to: columns.activity), view.theme[.dim]))
    }
    line.append(
      Span(Width.padded(time(worker, view), to: columns.time, alignment: .right), view.theme[.text])
    )
    let (amount, isStale) = self.amount(worker, view)
    line.append(
      Span(
        Width.padded(amount, to: columns.amount, alignment: .right),
        view.theme[isStale ? .stale : .text]))
    return line
  }

  /// How long the turn has run, else how long ago it was last heard of.
  private static func time(_ worker: WorkerState, _ view: View) -> String {
    if worker.phase.value.isActive {
      // A clock that goes on would say that somebody looks.
      guard worker.phase.value == .running, !worker.known.isArchived else { return "-" }
      return worker.turnStartedAt.map { Figures.duration(view.now - $0) } ?? "-"
    }
    guard let since = worker.finishedAt ?? worker.worker?.createdAt else { return "-" }
    return view.age(since: since)
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
      return Sanitise.line(
        worker.transcript.activity ?? (worker.stream.isFollowed ? "starting" : "running"))
    case .pending: return "waiting to start"
    case .unknown: return "not asked yet"
    case .done:
      if let next = worker.nextRunAt {
        return "next run \(Figures.date(next, view.screen.shownZone, now: view.now))"
      }
      let sources = worker.worker?.sources.count ?? 0
      let files = worker.worker?.files.count ?? 0
      let parts = [
        sources > 0 ? "\(sources) sources" : nil,
        files > 0 ? "\(files) \(files == 1 ? "file" : "files")" : nil,
      ].compactMap(\.self)
      return parts.isEmpty ? "" : parts.joined(separator: ", ")
    }
  }
}

/// How a worker's state is shown: never by colour alone.
struct Sign {
  var character: Character
  var word: String
  var role: Role

  init(_ worker: WorkerState) {
    (character, word, role) =
      switch worker.phase.value {
      case .failed: ("!", "fail", .workerFailed)
      case .unknown: ("?", "?", .workerUncertain)
      case .pending: (".", "pend", .workerPending)
      case .running: (">", "run", .workerRunning)
      case .done:
        worker.known.isUnread ? ("*", "new", .workerUnread) : ("-", "done", .workerDone)
      }
    if worker.isMissing { (character, word, role) = ("?", "gone", .workerUncertain) }
    // Nobody looks at it: what it was when it was archived is no news.
    if worker.known.isArchived { (character, word, role) = ("~", "arch", .stale) }
  }

  /// Two columns; a marked one has a `+` before its sign, the selected one that runs its sign
  /// twice, a pinned one a `^`.
  func glyph(isSelected: Bool, _ known: KnownWorker) -> String {
    if known.isMarked { return "+\(character)" }
    return isSelected && character == ">" ? ">>" : "\(known.isPinned ? "^" : " ")\(character)"
  }
}

extension Budget {
  var short: String {
    switch self {
    case .standard: "std"
    case .unlimited: "unl"
    case .low, .high: word
    case .other(let word): String(Sanitise.line(word).prefix(4))
    }
  }
}
