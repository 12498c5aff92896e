import Canvas
import Fleet
import WorkerAPI

/// The rule that ends a turn: which one, when it began, how long it took and what it cost, as far as
/// that is known.
enum TurnRule {
  static func draw(
    _ view: View, _ turn: Int, _ transcript: Transcript, _ rect: Rect, into frame: inout Frame
  ) {
    let left = Line(facts(view, turn, transcript).joined(separator: "  "), view.theme[.outputTurn])
    Rule.draw(
      into: &frame, rect: rect, left: left, style: view.theme[.rule], unicode: view.unicode)
  }

  private static func facts(_ view: View, _ number: Int, _ transcript: Transcript) -> [String] {
    var facts = ["turn \(number + 1)"]
    guard transcript.turns.indices.contains(number) else { return facts }
    let turn = transcript.turns[number]
    let watched = transcript.entries.filter { $0.turn == number }
    let start = turn.startedAt ?? watched.compactMap(\.startedAt).first
    if let start {
      let zone = view.screen.shownZone
      let isToday = zone.civil(start).isSameDay(as: zone.civil(view.now))
      let clock =
        isToday ? Figures.clock(start, zone) : Figures.date(start, zone, now: view.now)
      facts.append("\(clock) \(zone.name(at: start))")
    }
    let run = run(view, number, transcript)
    let usage = turn.metadata?["usage"].flatMap(Usage.init(json:))
    let seen = watched.compactMap(\.endedAt).max().flatMap { end in start.map { end - $0 } }
    let seconds = usage?.durationMilliseconds.map { $0 / 1_000 } ?? run?.seconds ?? seen
    if let seconds, seconds >= 0 { facts.append(Figures.span(seconds)) }
    let stated = usage.map { Spent(credits: $0.credits ?? 0, dollars: $0.costUSD) }
    if let spent = stated.flatMap({ $0.weight > 0 ? $0 : nil }) ?? run?.spent,
      let money = Figures.money(spent)
    {
      facts.append(money)
    }
    switch turn.status {
    case .aborted: facts.append("aborted")
    case .failed: facts.append("failed")
    case .streaming, .completed: break
    }
    return facts
  }

  /// The run that ended after this turn began and before the next one did; nil when that is not one.
  private static func run(_ view: View, _ number: Int, _ transcript: Transcript) -> RunCost? {
    let turns = transcript.turns
    guard let worker = view.worker, let start = turns[number].startedAt else { return nil }
    let next = turns.dropFirst(number + 1).first
    if let next, next.startedAt == nil { return nil }
    let end = next?.startedAt ?? .infinity
    let runs = (view.fleet.runs[worker.id] ?? []).filter { $0.endedAt >= start && $0.endedAt < end }
    return runs.count == 1 ? runs[0] : nil
  }
}

extension CivilDate {
  func isSameDay(as other: CivilDate) -> Bool {
    year == other.year && month == other.month && day == other.day
  }
}
