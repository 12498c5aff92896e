import Canvas
import Console
import Support
import Testing
import Themes

@Suite("The paper of a theme")
struct PaperTests {
  @Test("a theme with a ground of its own covers every cell", arguments: ThemeLibrary.names)
  func coversAll(_ name: String) throws {
    let theme = try #require(Theme.builtIn(name))
    let ground = theme.ground.background
    var screen = Screen(size: Size(columns: 120, rows: 40), theme: theme)
    let fleet = FleetFixture.full
    _ = screen.prepare(fleet)
    let frame = render(View(fleet: fleet, screen: screen, now: FleetFixture.now))
    let bare = (0..<40).flatMap { frame.row($0) }.count { $0.style.background == .terminal }
    #expect(ground == .terminal || bare == 0)
  }
}
