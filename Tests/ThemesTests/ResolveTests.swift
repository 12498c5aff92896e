import Testing
import Themes

@Suite struct ResolveTests {
  private let base = ThemeFile(
    fileName: "base.yaml", name: "base", variant: .dark, palette: ["ink": .ansi(7)],
    roles: [
      "text": ThemeFile.Role(foreground: .named("ink")),
      "worker": ThemeFile.Role(foreground: .named("ink"), marks: ThemeStyle(bold: true)),
      "worker.running": ThemeFile.Role(foreground: .named("green")),
    ])

  @Test("A child repaints what it inherits and replaces the roles that it defines")
  func inheritance() throws {
    let child = ThemeFile(
      fileName: "child.yaml", name: "child", variant: .light, inherits: "base",
      palette: ["ink": .rgb(1, 2, 3)],
      roles: ["worker": ThemeFile.Role(background: .named("ink"))])
    let theme = try ThemeLibrary.resolve(child) { $0 == "base" ? base : nil }
    #expect(
      theme
        == ResolvedTheme(
          name: "child", variant: .light,
          roles: [
            "text": ThemeStyle(foreground: .rgb(1, 2, 3)),
            "worker": ThemeStyle(background: .rgb(1, 2, 3)),
            "worker.running": ThemeStyle(foreground: .ansi(2)),
          ]))
  }

  @Test("The most specific role that is defined wins, and text is the last")
  func fallback() throws {
    let theme = try ThemeLibrary.resolve(base) { _ in nil }
    #expect(theme.style("worker.running.selected") == ThemeStyle(foreground: .ansi(2)))
    #expect(theme.style("worker.failed") == ThemeStyle(foreground: .ansi(7), bold: true))
    #expect(theme.style("title.focused") == ThemeStyle(foreground: .ansi(7)))
    #expect(theme.style("") == ThemeStyle(foreground: .ansi(7)))
    #expect(ResolvedTheme(name: "", variant: .dark, roles: [:]).style("a") == ThemeStyle())
  }

  @Test("A palette may give a new meaning to a colour's name")
  func shadowing() throws {
    var file = base
    file.palette["green"] = .indexed(42)
    let theme = try ThemeLibrary.resolve(file) { _ in nil }
    #expect(theme.style("worker.running") == ThemeStyle(foreground: .indexed(42)))
  }

  @Test("An unknown colour is told with its file and line")
  func unknownColor() {
    var file = base
    file.roles["worker"] = ThemeFile.Role(foreground: .named("blu"), line: 12)
    let error = #expect(throws: ThemeError.self) { try ThemeLibrary.resolve(file) { _ in nil } }
    #expect(error?.description == "base.yaml:12: roles.worker: unknown colour \"blu\"")
  }

  @Test("Themes that inherit one another, themselves or nothing that exists are refused")
  func cycles() {
    func failure(_ inherits: String, _ parent: String? = nil) -> String? {
      var child = base
      child.inherits = inherits
      var other = base
      other.fileName = "other.yaml"
      other.name = "other"
      other.inherits = parent
      return #expect(throws: ThemeError.self) {
        try ThemeLibrary.resolve(child) { $0 == "other" ? other : $0 == "base" ? child : nil }
      }?.description
    }
    #expect(failure("base") == "base.yaml: inherits: \"base\" inherits itself")
    #expect(failure("other", "base") == "base.yaml: inherits: \"base\" inherits itself")
    #expect(failure("gone") == "base.yaml: inherits: there is no theme \"gone\"")
    #expect(failure("other", "gone") == "other.yaml: inherits: there is no theme \"gone\"")
  }
}
