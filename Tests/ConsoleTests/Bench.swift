import Canvas
import Fleet
import Support

@testable import Console

/// A console without a terminal and without a server: keys and actions in, frames out.
struct Bench {
  var fleet: State
  var screen: Screen
  var now: Double
  /// Everything that keys and events led to, in order.
  var outcomes: [Outcome] = []

  init(
    _ fleet: State = FleetFixture.full, columns: Int = 80, rows: Int = 24,
    now: Double = FleetFixture.now, zone: Zone = .utc
  ) {
    self.fleet = fleet
    self.now = now
    screen = Screen(size: Size(columns: columns, rows: rows), zone: zone, server: "prod")
    prepare()
    outcomes = []
  }

  var frame: Frame { render(View(fleet: fleet, screen: screen, now: now)) }
  var text: String { frame.text }
  /// The rows of the picture.
  var rows: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What the fleet was told.
  var actions: [Action] {
    outcomes.compactMap { if case .fleet(let action) = $0 { action } else { nil } }
  }

  /// The key of the order that an action cancels a schedule by.
  func intent(of action: Action) -> String {
    if case .cancelSchedule(let intent, _, _) = action { intent } else { "" }
  }

  /// Keys by name, one after the other: `j j enter`; other words are typed.
  mutating func press(_ script: String) {
    for word in script.split(separator: " ") {
      if let key = Key(name: String(word)) {
        send(.key(key))
      } else {
        type(String(word))
      }
    }
  }

  mutating func type(_ text: String) {
    for character in text { send(.key(.character(character))) }
  }

  mutating func send(_ event: Event) {
    carryOut(screen.handle(event, fleet, now: now))
    prepare()
  }

  /// A program gives the terminal back.
  mutating func takeBack(_ result: Handover.Return) {
    carryOut(screen.takeBack(result, fleet, now: now))
    prepare()
  }

  /// Something comes from outside.
  mutating func tell(_ action: Action) {
    _ = reduce(&fleet, action, now: now)
    prepare()
  }

  mutating func resize(_ columns: Int, _ rows: Int) {
    send(.resize(Size(columns: columns, rows: rows)))
  }

  /// Selects a worker as a person would, by moving.
  mutating func select(_ id: String) {
    press("1 g")
    for _ in fleet.order where screen.selected != id { press("j") }
  }

  private mutating func prepare() {
    carryOut(screen.prepare(fleet))
    carryOut(screen.prepare(fleet))
  }

  private mutating func carryOut(_ found: [Outcome]) {
    outcomes += found
    for case .fleet(let action) in found { _ = reduce(&fleet, action, now: now) }
  }
}
