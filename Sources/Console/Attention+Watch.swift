import Canvas
import Fleet
import WorkerAPI

/// What the fleet was when it was looked at last, so that what happened since is known.
struct Watch: Hashable, Sendable {
  /// Those that ran or waited to run.
  private var active: Set<String>
  /// Those that ask for an approval.
  private var asking: Set<String>
  private var uncertain: Set<String>
  private var ceilings: [Governor.Scope: Governor.Level]

  init(_ fleet: State, now: Double) {
    active = fleet.workers.active
    asking = active.filter { fleet.workers[$0]?.transcript.isAsking == true }
    uncertain = Set(fleet.uncertain.map(\.id))
    let standings = Governor(fleet, worker: fleet.watched, now: now).standings
    ceilings = standings.reduce(into: [:]) { $0[$1.scope] = $1.level }
  }

  /// What happened between two looks; each thing is said once.
  static func alerts(from before: Watch, to after: Watch, _ fleet: State, now: Double) -> [Alert] {
    func alert(_ event: AttentionRules.Event, _ id: String) -> Alert {
      Alert(event: event, subject: fleet.workers[id]?.title ?? id, worker: id)
    }
    var alerts: [Alert] = []
    for id in fleet.workers.inOrder(before.active.subtracting(after.active)) {
      switch fleet.workers[id]?.phase.value {
      case .done: alerts.append(alert(.finished, id))
      case .failed: alerts.append(alert(.failed, id))
      default: break
      }
    }
    for id in fleet.workers.inOrder(after.asking.subtracting(before.asking)) {
      alerts.append(alert(.needsYou, id))
    }
    for intent in fleet.uncertain where !before.uncertain.contains(intent.id) {
      alerts.append(Alert(event: .needsYou, subject: "an order without an answer", worker: nil))
    }
    for standing in Governor(fleet, worker: fleet.watched, now: now).standings
    where standing.level > (before.ceilings[standing.scope] ?? standing.level) {
      alerts.append(Alert(event: .ceiling, subject: standing.sentence(in: fleet), worker: nil))
    }
    return alerts
  }
}

/// Calls the operator by the rules: at most once a second, and for several things at once.
struct Attention: Hashable, Sendable {
  /// Alerts that wait for their call; more only make the numbers larger.
  static let waitingLimit = 1_000

  var rules = AttentionRules()
  private var watch: Watch?
  private var waiting: [Alert] = []
  private var lastCall = -Double.infinity
  private var title: String?

  /// Something waits until a second is over since the last call.
  var isWaiting: Bool { !waiting.isEmpty }

  /// What to tell the terminal; `watched` is the worker that the operator has before them.
  mutating func asides(
    _ fleet: State, title text: String, watched: String?, zone: Zone, now: Double
  ) -> [Aside] {
    var asides: [Aside] = []
    if rules.showsTitle, text != title {
      title = text
      asides.append(.title(text))
    }
    guard fleet.isRecalled else { return asides }
    let before = watch
    let after = Watch(fleet, now: now)
    watch = after
    if let before, before != after {
      let news = Watch.alerts(from: before, to: after, fleet, now: now)
        .filter { $0.worker == nil || $0.worker != watched }
      waiting += news.prefix(Self.waitingLimit - waiting.count)
    }
    guard !waiting.isEmpty, now - lastCall >= 1 || now < lastCall else { return asides }
    let alerts = waiting
    waiting = []
    if rules.quiet?.contains(now, in: zone) == true { return asides }
    let told = alerts.filter { rules.notify.contains($0.event) }
    let isHeard = alerts.contains { rules.bell.contains($0.event) }
    if isHeard { asides.append(.bell) }
    if !told.isEmpty { asides.append(.notification(Self.sentence(told), rules.form)) }
    if isHeard || !told.isEmpty { lastCall = now }
    return asides
  }

  /// One alert by its name, several by their number.
  static func sentence(_ alerts: [Alert]) -> String {
    if alerts.count == 1, let alert = alerts.first {
      let subject = Sanitise.line(alert.subject)
      return switch alert.event {
      case .finished: "finished: \(subject)"
      case .failed: "failed: \(subject)"
      case .needsYou: "needs you: \(subject)"
      case .ceiling: "ceiling: \(subject)"
      }
    }
    let parts = AttentionRules.Event.allCases.compactMap { event -> String? in
      let count = alerts.count { $0.event == event }
      guard count > 0 else { return nil }
      let workers = count == 1 ? "1 worker" : "\(count) workers"
      return switch event {
      case .finished: "\(workers) finished"
      case .failed: "\(workers) failed"
      case .needsYou: count == 1 ? "1 thing needs you" : "\(count) things need you"
      case .ceiling: count == 1 ? "1 ceiling is near" : "\(count) ceilings are near"
      }
    }
    return parts.joined(separator: ", ")
  }
}

extension Screen {
  /// The counts as the title of the window: `signalbox 3 run 1 fail`; of those that failed only the
  /// ones that nobody has read, because it calls from afar.
  func title(_ fleet: State) -> String {
    let counts = list(fleet).counts
    let new = (counts[.needsYou] ?? 0) - fleet.workers.failures
    let parts = [
      (counts[.running] ?? 0, "run"), (counts[.pending] ?? 0, "pend"), (new, "new"),
      (fleet.workers.unreadFailures, "fail"), (fleet.uncertain.count, "?"),
    ]
    return parts.reduce(into: "signalbox") { text, part in
      if part.0 > 0 { text += " \(part.0) \(part.1)" }
    }
  }
}

extension Transcript {
  /// The call that came last waits for an approval.
  fileprivate var isAsking: Bool {
    let last = entries.last { if case .tool = $0.content { true } else { false } }
    guard case .tool(let call) = last?.content else { return false }
    return call.stage == .awaitingApproval
  }
}
