import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The request log on the screen")
struct RequestsOverlayTests {
  private func bench(_ count: Int) -> Bench {
    var fleet = State()
    for number in 1...count { Self.add(number, to: &fleet) }
    return Bench(fleet)
  }

  private static func add(_ number: Int, to fleet: inout State) {
    let record = TransportRecord(
      method: .get, target: .path("/api/\(number)"), askedAt: FleetFixture.now, duration: 0.012,
      outcome: .status(200))
    _ = reduce(&fleet, .requested(record), now: FleetFixture.now)
  }

  /// The numbers of the requests on the screen.
  private func shown(_ bench: Bench) -> [Int] {
    bench.rows.compactMap { row in
      row.split(separator: " ").first { $0.hasPrefix("/api/") }.flatMap { Int($0.dropFirst(5)) }
    }
  }

  @Test("@ shows the newest; what comes moves it, unless it is scrolled back")
  func follows() {
    var bench = bench(50)
    bench.press("@")
    #expect(shown(bench) == Array(33...50))
    Self.add(51, to: &bench.fleet)
    #expect(shown(bench) == Array(34...51))
    bench.press("k")
    Self.add(52, to: &bench.fleet)
    #expect(shown(bench) == Array(33...50))
    #expect(bench.text.contains("Requests, 2 newer"))
    bench.press("g")
    #expect(shown(bench) == Array(1...18))
    bench.press("k pgdn j")
    #expect(shown(bench) == Array(20...37))
    bench.press("G")
    #expect(shown(bench) == Array(35...52))
    bench.press("@")
    #expect(bench.screen.overlays == [])
  }

  @Test("A place that has gone shows the oldest that are kept")
  func gone() {
    var bench = bench(20)
    bench.press("@ k k")
    for number in 21...600 { Self.add(number, to: &bench.fleet) }
    #expect(shown(bench) == Array(101...118))
  }

  @Test("Hostile text in a URL or a title stays text")
  func hostile() {
    var fleet = FleetFixture.full
    let record = TransportRecord(
      method: .get, target: .absolute("https://x/\u{1B}[2J\u{202E}"), askedAt: 0, duration: 0,
      outcome: .failed(.broken("\u{1B}")))
    _ = reduce(&fleet, .requested(record), now: 0)
    var bench = Bench(fleet)
    bench.press("@")
    #expect(!bench.text.contains("\u{1B}") && !bench.text.contains("\u{202E}"))
    #expect(bench.text.contains("broken"))
  }
}
