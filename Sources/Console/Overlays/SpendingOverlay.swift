import Canvas
import Fleet
import WorkerAPI

/// What was spent, by day, month and budget, and how far the ceilings are.
enum SpendingOverlay {
  static func draw(_ view: View, into frame: inout Frame) {
    let width = max(1, min(76, view.screen.size.columns - 4))
    let lines = lines(view, width)
    let inner = view.box("Spending", width: width, height: lines.count, into: &frame)
    for (row, line) in lines.prefix(inner.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  static func lines(_ view: View, _ width: Int) -> [Line] {
    let fleet = view.fleet
    let tally = fleet.spending.tally(at: view.now, in: fleet.zone.value)
    func fact(_ name: String, _ text: String, _ role: Role = .text) -> Line {
      Line([
        Span(Width.padded(name, to: 12), view.theme[.inputLabel]), Span(text, view.theme[role]),
      ])
    }
    let zone = fleet.zone.value.name(at: tally.midnight)
    var lines = [
      fact("today", sum(tally.today), .headerCost), fact("this month", sum(tally.month)),
      fact("in all", (Figures.money(fleet.workers.spent) ?? "nothing") + ", as last reported"),
      fact("burn", burn(view)),
      fact("", "days begin at midnight in \(zone)", .dim), Line(),
    ]
    let worker = view.screen.selected
    let standings = Governor(fleet, worker: worker, now: view.now).standings
    if standings.isEmpty {
      lines.append(Line("No ceilings: set them in the configuration.", view.theme[.dim]))
    }
    lines += standings.flatMap { rows($0, view, width) }
    lines.append(Line())
    if !tally.today.isExact || !tally.month.isExact {
      lines.append(
        Line("~ a part may be of the time before: nobody was looking.", view.theme[.dim]))
    }
    lines.append(
      Line(
        "A ceiling holds back what is sent from here. What runs goes on:", view.theme[.dim]))
    lines.append(Line("the service has no call that stops a worker.", view.theme[.dim]))
    return lines
  }

  /// The sum, then its parts by budget.
  private static func sum(_ sum: Spending.Sum) -> String {
    guard let all = Figures.money(sum.spent) else { return "nothing" }
    let known = Budget.all + sum.budgets.keys.filter { !Budget.all.contains($0) }
    let parts = known.compactMap { budget in
      sum.budgets[budget].flatMap(Figures.money).map { "\(budget.short) \($0)" }
    }
    let mark = sum.isExact ? "" : "~"
    return parts.isEmpty ? mark + all : "\(mark)\(all)  (\(parts.joined(separator: ", ")))"
  }

  private static func burn(_ view: View) -> String {
    let counts = view.screen.list(view.fleet).counts
    let parts = [(counts[.running] ?? 0, "run"), (counts[.pending] ?? 0, "pend")]
    let workers = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    guard !workers.isEmpty else { return "nothing runs" }
    guard let rate = Figures.money(view.fleet.burn(at: view.now)) else {
      return "\(workers), two readings needed"
    }
    return "\(rate) a minute, \(workers)"
  }

  /// A bar with its figures; below it when the ceiling will be reached.
  private static func rows(
    _ standing: Governor.Standing, _ view: View, _ width: Int
  ) -> [Line] {
    let role: Role =
      switch standing.level {
      case .clear: .gauge
      case .near: .messageWarning
      case .reached: .messageError
      }
    let cells = width >= 60 ? 20 : 6
    let part = min(max(standing.fraction, 0), 1)
    let full = Int((part * Double(cells)).rounded(.down))
    let (on, off) = view.unicode ? ("█", "░") : ("#", ".")
    let percent = Figures.decimal(min(standing.fraction * 100, 999), 0)
    let words = Sanitise.line(standing.sentence(in: view.fleet))
    let text = Width.padded(
      Width.cut(words, to: max(1, width - cells - 8), ellipsis: view.ellipsis),
      to: max(1, width - cells - 8))
    let bar = Line([
      Span(text + " ", view.theme[.text]),
      Span(String(repeating: on, count: full), view.theme[role]),
      Span(String(repeating: off, count: cells - full), view.theme[.dim]),
      Span(Width.padded("\(percent) %", to: 7, alignment: .right), view.theme[role]),
    ])
    let note: String? =
      if standing.level == .reached {
        "reached: new orders ask for a typed yes"
      } else {
        standing.reachedAt.map {
          let zone = view.screen.shownZone
          return
            "at this rate reached \(Figures.soon($0, zone, now: view.now)) \(zone.name(at: $0))"
        }
      }
    return [bar] + (note.map { [Line("  \($0)", view.theme[.dim])] } ?? [])
  }
}
