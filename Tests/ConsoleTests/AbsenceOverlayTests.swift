import Canvas
import Fleet
import Support
import Testing

@testable import Console

@Suite("While you were away, on the screen")
struct AbsenceOverlayTests {
  @Test("W lists what changed, and enter walks the list")
  func walks() {
    var bench = Bench(FleetFixture.away)
    bench.press("W")
    #expect(bench.text.contains("While you were away, 2h"))
    let items = FleetFixture.away.absence?.items(bench.fleet, now: bench.now) ?? []
    #expect(items.count == 3)
    bench.press("enter")
    #expect(bench.screen.selected == items[0].worker)
    #expect(bench.screen.overlays == [])
    bench.press("W enter")
    #expect(bench.screen.selected == items[1].worker)
    bench.press("W j j j k enter")
    #expect(bench.screen.selected == items[1].worker)
    bench.press("W W")
    #expect(bench.screen.overlays == [])
  }

  @Test("without a change W says so")
  func nothing() {
    var bench = Bench(FleetFixture.full)
    bench.press("W")
    #expect(bench.screen.overlays == [])
    #expect(bench.screen.remark == "nothing has changed since you were here last")
  }
}
