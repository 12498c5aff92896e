import Canvas
import Fleet
import Support
import Testing

@testable import Console

@Suite("Terminals of few colours")
struct DepthTests {
  @Test(
    "where no shade can be shown, the row under the cursor is reversed",
    arguments: [ColorDepth.mono, .ansi8])
  func reversesSelection(_ depth: ColorDepth) throws {
    var screen = Screen(size: Size(columns: 80, rows: 24))
    screen.adapt(to: depth)
    var fleet = FleetFixture.full
    fleet.preferences["theme"] = "nord"
    _ = screen.prepare(fleet)
    let frame = render(View(fleet: fleet, screen: screen, now: FleetFixture.now))
    let row = try #require((0..<24).first { frame.row($0).contains { $0.glyph == ">" } })
    let reversed = (0..<24).filter { y in
      frame.row(y).prefix(10).allSatisfy { $0.style.attributes.contains(.reverse) }
    }
    #expect(reversed.count == 1)
    #expect(reversed.first.map { $0 >= row } == true)
  }

  @Test("a theme that was asked for stays on eight colours, and any theme on more")
  func keepsChoice() throws {
    let nord = try #require(Theme.builtIn("nord"))
    var chosen = Screen(size: Size(columns: 80, rows: 24), theme: nord)
    chosen.keepsTheme = true
    chosen.adapt(to: .ansi8)
    #expect(chosen.theme.name == "nord")
    var rich = Screen(size: Size(columns: 80, rows: 24), theme: nord)
    for depth in [ColorDepth.ansi16, .indexed256, .direct] { rich.adapt(to: depth) }
    #expect(rich.theme.name == "nord")
  }
}
