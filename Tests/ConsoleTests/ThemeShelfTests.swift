import Canvas
import Fleet
import Support
import Testing
import Themes

@testable import Console

@Suite("Themes that can be chosen")
struct ThemeShelfTests {
  private func own(_ name: String, accent: ThemeColor) throws -> ThemeShelf.Entry {
    var file = try #require(try ThemeLibrary.file(named: "nord"))
    file.name = name
    file.palette["accent"] = accent
    return ThemeShelf.Entry(
      theme: Theme(try ThemeLibrary.resolve(file)), variant: .dark, isOwn: true)
  }

  @Test("a theme that is saved again is drawn as it became, also while the menu is open")
  func reloads() throws {
    var bench = Bench()
    bench.screen.take(ThemeShelf(own: [try own("mine", accent: .ansi(1))]))
    bench.press("T end")
    for _ in ThemeLibrary.names { bench.press("j") }
    #expect(bench.screen.theme.name == "mine")
    #expect(bench.text.contains("> mine"))
    bench.screen.take(ThemeShelf(own: [try own("mine", accent: .ansi(2))]))
    #expect(bench.screen.theme[.accent].foreground == .ansi(2))
    #expect(bench.text.contains("> mine"))
    bench.press("enter")
    #expect(bench.actions.last == .prefer(name: "theme", value: "mine"))
  }

  @Test("a theme whose file broke stays in use, and the menu goes on without it")
  func staysInUse() throws {
    var bench = Bench()
    bench.screen.take(ThemeShelf(own: [try own("mine", accent: .ansi(1))]))
    bench.press("T")
    for _ in ThemeLibrary.names { bench.press("j") }
    bench.screen.take(.builtIn)
    #expect(bench.screen.theme.name == "mine")
    bench.press("k")
    #expect(ThemeLibrary.names.contains(bench.screen.theme.name))
    bench.press("esc")
    #expect(bench.screen.theme.name == "dark")
  }

  @Test("the menu is what it was", arguments: [(120, 40), (80, 24), (40, 12), (25, 6)])
  func menu(_ columns: Int, _ rows: Int) throws {
    var bench = Bench(columns: columns, rows: rows)
    bench.screen.take(ThemeShelf(own: [try own("mine", accent: .ansi(1))]))
    bench.press("T j j j j j j")
    Snapshot.check(bench.frame.golden, "themes-own-\(columns)x\(rows)")
  }

  @Test("a hostile name of a theme is shown without what could drive the terminal")
  func hostile() throws {
    var bench = Bench()
    bench.screen.take(ThemeShelf(own: [try own("\u{1B}]0;x\u{07}", accent: .ansi(1))]))
    bench.press("T")
    for _ in ThemeLibrary.names { bench.press("j") }
    let scalars = bench.text.unicodeScalars.filter { $0 != "\n" }
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
