import Canvas
import Fleet
import WorkerAPI

/// What the Info pane says of a worker, label by label; numbers of one kind end in one column.
struct Facts {
  /// Columns of a label.
  static let label = 11
  /// Columns of a figure that has a bar or words beside it.
  private static let figure = 9

  typealias Row = (label: String, value: Line)

  /// What is asked first: money and state.
  private(set) var main: [Row] = []
  /// What it was spent on.
  private(set) var figures: [Row] = []
  private(set) var rest: [Row] = []
  private var rows: [Row] = []
  private let worker: WorkerState
  private let view: View
  private let width: Int

  init(_ worker: WorkerState, _ view: View, width: Int) {
    self.worker = worker
    self.view = view
    self.width = width
    addSpending()
    addState()
    addTotals()
    swap(&main, &rows)
    addCosts()
    addUsage()
    swap(&figures, &rows)
    addRest()
    swap(&rest, &rows)
  }

  /// All of it as words, without bars.
  static func text(_ worker: WorkerState, _ view: View) -> [[String]] {
    let facts = Facts(worker, view, width: 18)
    return (facts.main + facts.figures + facts.rest).map { label, value in
      [label, String(value.text.drop { $0 == " " })]
    }
  }

  private mutating func add(_ label: String, _ value: String, _ role: Role = .text) {
    rows.append((label, Line(value, view.theme[role])))
  }

  /// A figure that ends in its column, with words after it.
  private mutating func add(_ label: String, figure: String, _ words: String, _ role: Role = .text)
  {
    // Credits and dollars side by side are wider than the column.
    let columns = max(Self.figure, Width.of(figure))
    rows.append(
      (
        label,
        Line([
          Span(Width.padded(figure, to: columns, alignment: .right), view.theme[role]),
          Span(words.isEmpty ? "" : "  " + words, view.theme[.dim]),
        ])
      ))
  }

  /// A figure with a bar for its part of the whole.
  private mutating func add(_ label: String, figure: String, part: Double) {
    let percent = "\(Figures.decimal(part * 100, 0)) %"
    let room = min(14, width - Self.figure - 9)
    var line = Line(
      Width.padded(figure, to: Self.figure, alignment: .right), view.theme[.text])
    if room >= 4 {
      line.append(
        Span("  " + Gauge.text(part, width: room, unicode: view.unicode), view.theme[.gauge]))
    }
    line.append(Span(Width.padded(percent, to: 6, alignment: .right), view.theme[.dim]))
    rows.append((label, line))
  }

  private mutating func addSpending() {
    let meter = worker.meter
    if let amount = meter.amount {
      let dollars = meter.usage.map { $0.costUSD > 0 ? Self.dollars($0.costUSD) : "" } ?? ""
      if meter.isInCredits {
        add("spent", figure: "\(Figures.credits(amount, 2)) cr", dollars, .headerCost)
      } else {
        add("spent", figure: Self.dollars(amount), "", .headerCost)
      }
    } else {
      add("spent", "nothing reported yet", .dim)
    }
    addBurn()
    addRuns()
  }

  private mutating func addBurn() {
    guard worker.phase.value.isActive else { return add("burn", "not running", .dim) }
    guard let rate = worker.meter.burnPerMinute(at: view.now) else {
      return add("burn", "two readings needed", .dim)
    }
    let unit = worker.meter.isInCredits ? "cr" : "$"
    let spark = Sparkline.text(
      worker.meter.increments, width: min(16, max(4, width - 20)), unicode: view.unicode)
    rows.append(
      (
        "burn",
        Line([
          Span(
            Width.padded(Figures.decimal(rate, 2), to: Self.figure - 3, alignment: .right)
              + " \(unit)/min  ", view.theme[.text]), Span(spark, view.theme[.spark]),
        ])
      ))
  }

  /// What the run that goes on has cost, and what the earlier ones did.
  private mutating func addRuns() {
    let runs = view.fleet.runs[worker.id] ?? []
    if worker.phase.value.isActive, let settled = worker.known.account?.settled,
      let now = Figures.money(worker.meter.spent - settled.total)
    {
      let time = view.runTime(of: worker).map { "so far, in \($0)" }
      add("this run", figure: now, time ?? "so far")
    }
    if !worker.phase.value.isActive, let last = runs.last,
      let money = Figures.money(last.spent)
    {
      let end = worker.lastEnd(runs).map { end in
        "\(end.source == .found ? "seen " : "")\(view.age(since: end.at)) ago"
      }
      let time = last.seconds.map { "in \(Figures.duration($0))" }
      add("last run", figure: money, [time, end].compactMap(\.self).joined(separator: ", "))
      if runs.count == 1 { return }
    }
    guard let median = RunCost.median(of: runs), let money = Figures.money(median.spent) else {
      let isOver =
        switch worker.phase.value {
        case .done, .failed: true
        case .unknown, .pending, .running: false
        }
      return add("runs", isOver ? "none measured here" : "none finished yet", .dim)
    }
    let time = median.seconds.map { ", \(Figures.duration($0))" } ?? ""
    add(
      "runs", figure: money, runs.count == 1 ? "the last\(time)" : "median of \(runs.count)\(time)")
  }

  private mutating func addState() {
    let word: String =
      switch worker.phase.value {
      case .unknown: "not known"
      case .pending: "pending"
      case .running: "running"
      case .done: "done"
      case .failed(let reason): "failed: \(Sanitise.line(reason))"
      }
    add("state", "\(word), \(view.origin(of: worker.phase))", view.sign(of: worker).role)
    let values = worker.pulse.value.recent(at: view.now)
    if worker.phase.value == .running, values.contains(where: { $0 > 0 }) {
      let rate = values.suffix(6).reduce(0, +) / Double(max(1, min(6, values.count))) / Pulse.span
      rows.append(
        (
          "stream",
          Line([
            Span(
              Width.padded(Figures.decimal(rate, 1), to: Self.figure - 3, alignment: .right)
                + " events/s  ", view.theme[.text]),
            Span(
              Sparkline.pulse(
                values, width: min(24, max(4, width - 20)), unicode: view.unicode),
              view.theme[.spark]),
          ])
        ))
    }
    guard let at = worker.meter.readAt else { return add("figures", "none yet", .dim) }
    let isStale = worker.phase.value.isActive && view.now - at > 30
    add(
      "figures", "polled \(view.age(since: at)) ago\(isStale ? ", ~ old" : "")",
      isStale ? .stale : .dim)
  }

  /// What all workers spent; `~` where a part may be of the time before.
  private mutating func addTotals() {
    let tally = view.fleet.spending.tally(at: view.now, in: view.fleet.zone.value)
    for (name, sum) in [("today", tally.today), ("month", tally.month)] {
      let mark = sum.isExact ? "" : "~"
      add(name, figure: Figures.money(sum.spent).map { mark + $0 } ?? "nothing", "all workers")
    }
  }

  private mutating func addCosts() {
    guard let costs = worker.meter.costs else { return }
    let parts = [
      ("model", costs.model), ("tools", costs.tools), ("sandbox", costs.sandbox),
      ("internal", costs.internalCost),
    ]
    let total = parts.reduce(0) { $0 + max(0, $1.1) }
    for (name, amount) in parts {
      add(name, figure: Self.dollars(amount), part: total > 0 ? max(0, amount) / total : 0)
    }
  }

  private mutating func addUsage() {
    guard let usage = worker.meter.usage else { return }
    add("tokens in", figure: Figures.count(usage.inputTokens), "")
    add(
      "tokens out", figure: Figures.count(usage.outputTokens),
      usage.reasoningTokens > 0 ? "\(Figures.count(usage.reasoningTokens)) thinking" : "")
    if let rate = usage.cacheHitRate {
      add("cache hits", figure: Figures.count(usage.cacheReadTokens), part: rate)
    } else {
      add("cache hits", figure: Figures.count(usage.cacheReadTokens), "")
    }
    add("to cache", figure: Figures.count(usage.cacheWriteTokens), "")
    let time = usage.durationMilliseconds.map { "in \(Figures.span($0 / 1000)) of work" } ?? ""
    add("steps", figure: "\(usage.steps)", time)
  }

  private mutating func addRest() {
    if let details = worker.worker?.incompleteDetails {
      let reason = details["message"]?.string ?? details["reason"]?.string ?? details.text
      add("stopped", Sanitise.line(reason), .messageWarning)
    }
    add("id", Sanitise.line(worker.id))
    add(
      "e-mail", worker.email.map(Sanitise.line) ?? "not asked yet",
      worker.email == nil ? .dim : .text)
    if let created = worker.worker?.createdAt {
      let zone = view.screen.shownZone
      add("created", "\(Figures.date(created, zone, now: view.now)) \(zone.name(at: created))")
    }
    let oddities = worker.transcript.oddities
    if oddities.malformed > 0 || !oddities.unknown.isEmpty {
      let unknown = oddities.unknown.keys.sorted().map(Sanitise.line).joined(separator: " ")
      add("oddities", "\(oddities.malformed) bad frames  unknown: \(unknown)", .dim)
    }
  }

  private static func dollars(_ amount: Double) -> String {
    "$" + Figures.decimal(amount, amount < 1 ? 4 : 2)
  }
}
