import Canvas
import Fleet
import WorkerAPI

/// Figures of the worker, each with where it comes from and how old it is.
enum InfoPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, body) = rect.top(1)
    if view.arrangement.form == .stacked, view.screen.zoom != .full {
      TabRule.draw(view, ruleRow, right: Line(), into: &frame)
    } else {
      let budget = view.worker.map {
        Line("\(Sanitise.line($0.known.budget.word)) budget", view.theme[.dim])
      }
      view.rule(.info, "Cost and usage", right: budget ?? Line(), in: ruleRow, into: &frame)
    }
    guard let worker = view.worker else {
      return view.empty(["No worker is selected."], in: body, into: &frame)
    }
    let lines = lines(worker, view, width: max(10, body.width - 2))
    let scroll = (view.screen.scrolls[.info] ?? Scroll()).clamped(
      of: lines.count, height: body.height)
    for (row, index) in scroll.visible(of: lines.count, height: body.height).enumerated() {
      frame.write(
        lines[index].cut(to: body.width - 2, ellipsis: view.ellipsis), x: body.x + 1,
        y: body.y + row, in: body)
    }
  }

  /// Two facts a row where there is room.
  private static func lines(_ worker: WorkerState, _ view: View, width: Int) -> [Line] {
    let facts = facts(worker, view)
    var lines: [Line] = []
    let columns = width >= 72 ? 2 : 1
    let cell = width / columns
    var index = 0
    while index < facts.count {
      var line = Line()
      for _ in 0..<columns where index < facts.count {
        let (label, value, role) = facts[index]
        let text = Width.cut(value, to: cell - 11, ellipsis: view.ellipsis)
        line.append(Span(Width.padded(label, to: 9), view.theme[.dim]))
        line.append(Span(Width.padded(text, to: cell - 9), view.theme[role]))
        index += 1
      }
      lines.append(line)
    }
    return lines
  }

  static func facts(_ worker: WorkerState, _ view: View) -> [(String, String, Role)] {
    let meter = worker.meter
    var facts: [(String, String, Role)] = []
    facts.append(("spent", spent(worker, view), .headerCost))
    facts.append(("run", run(worker, view), .text))
    facts.append(("burn", burn(worker, view), .spark))
    facts.append(("state", state(worker, view), Sign(worker).role))
    facts.append(("figures", age(meter, worker, view), .dim))
    if let usage = meter.usage {
      let tokens = [
        "\(Figures.count(usage.inputTokens)) in", "\(Figures.count(usage.outputTokens)) out",
        "\(Figures.count(usage.reasoningTokens)) think",
      ]
      facts.append(("tokens", tokens.joined(separator: " "), .text))
      let rate = usage.cacheHitRate.map { ", \(Figures.decimal($0 * 100, 0)) % hits" } ?? ""
      facts.append(("cache", "\(Figures.count(usage.cacheReadTokens)) read\(rate)", .text))
      let time = usage.durationMilliseconds.map { ", \(Figures.span($0 / 1000)) of work" } ?? ""
      facts.append(("steps", "\(usage.steps)\(time)", .text))
      facts.append(
        ("written", "\(Figures.count(usage.cacheWriteTokens)) to the cache", .text))
    }
    facts.append(("id", Sanitise.line(worker.id), .text))
    facts.append(("e-mail", worker.email.map(Sanitise.line) ?? "not asked yet", .text))
    if let costs = meter.costs {
      facts.append(("model", dollars(costs.model), .text))
      facts.append(("tools", dollars(costs.tools), .text))
      facts.append(("sandbox", dollars(costs.sandbox), .text))
      facts.append(("internal", dollars(costs.internalCost), .text))
    }
    if let created = worker.worker?.createdAt {
      let zone = view.screen.shownZone
      facts.append(
        (
          "created", "\(Figures.date(created, zone, now: view.now)) \(zone.name(at: created))",
          .text
        ))
    }
    if let details = worker.worker?.incompleteDetails {
      let reason = details["message"]?.string ?? details["reason"]?.string ?? details.text
      facts.append(("stopped", Sanitise.line(reason), .messageWarning))
    }
    let oddities = worker.transcript.oddities
    if oddities.malformed > 0 || !oddities.unknown.isEmpty {
      let unknown = oddities.unknown.keys.sorted().map(Sanitise.line).joined(separator: " ")
      facts.append(("stream", "\(oddities.malformed) bad frames  unknown: \(unknown)", .dim))
    }
    return facts
  }

  private static func spent(_ worker: WorkerState, _ view: View) -> String {
    guard let amount = worker.meter.amount else { return "nothing reported yet" }
    let usage = worker.meter.usage
    guard worker.meter.isInCredits else { return dollars(amount) }
    let cost = usage.map { "  \(dollars($0.costUSD))" } ?? ""
    return "\(Figures.credits(amount, 2)) credits\(cost)"
  }

  /// What the run that goes on has cost, and what the earlier ones did.
  private static func run(_ worker: WorkerState, _ view: View) -> String {
    let runs = view.fleet.runs[worker.id] ?? []
    let median = RunCost.median(of: runs).flatMap { typical in
      Figures.money(typical.spent).map { money in
        let time = typical.seconds.map { " / \(Figures.duration($0))" } ?? ""
        return runs.count == 1
          ? "the last \(money)\(time)" : "median of \(runs.count) \(money)\(time)"
      }
    }
    guard worker.phase.value.isActive, let settled = worker.known.account?.settled,
      let now = Figures.money(worker.meter.spent - settled.total)
    else { return median ?? "none finished yet" }
    return "\(now) so far" + (median.map { ", \($0)" } ?? "")
  }

  private static func burn(_ worker: WorkerState, _ view: View) -> String {
    guard worker.phase.value.isActive else { return "not running" }
    guard let rate = worker.meter.burnPerMinute(at: view.now) else { return "two readings needed" }
    let unit = worker.meter.isInCredits ? "cr" : "$"
    let spark = Sparkline.text(worker.meter.increments, width: 12, unicode: view.unicode)
    return "\(Figures.decimal(rate, 2)) \(unit)/min  \(spark)"
  }

  private static func state(_ worker: WorkerState, _ view: View) -> String {
    let word: String =
      switch worker.phase.value {
      case .unknown: "not known"
      case .pending: "pending"
      case .running: "running"
      case .done: "done"
      case .failed(let reason): "failed: \(Sanitise.line(reason))"
      }
    return "\(word), \(view.origin(of: worker.phase))"
  }

  private static func age(_ meter: Meter, _ worker: WorkerState, _ view: View) -> String {
    guard let at = meter.readAt else { return "none" }
    let isStale = worker.phase.value.isActive && view.now - at > 30
    return "polled \(view.age(since: at)) ago\(isStale ? " ~" : "")"
  }

  private static func dollars(_ amount: Double) -> String {
    "$" + Figures.decimal(amount, amount < 1 ? 4 : 2)
  }
}
