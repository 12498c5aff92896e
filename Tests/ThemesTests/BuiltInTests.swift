import Testing
import Themes

@Suite struct BuiltInTests {
  static let names = ThemeLibrary.names

  private func theme(_ name: String) throws -> ResolvedTheme {
    try ThemeLibrary.resolve(#require(try ThemeLibrary.file(named: name)))
  }

  @Test("The menu begins with the default theme and holds all that are promised")
  func menu() {
    #expect(
      Self.names == [
        "terminal", "dark", "light", "mono", "high-contrast", "okabe", "nord", "gruvbox-dark",
        "gruvbox-light", "catppuccin-mocha", "catppuccin-latte", "solarized-dark",
        "solarized-light", "tokyo-night", "dracula",
      ])
  }

  @Test("A theme is called what its file is called", arguments: names)
  func named(name: String) throws {
    #expect(try ThemeLibrary.file(named: name)?.name == name)
    #expect(try theme(name).name == name)
  }

  @Test("A theme that is not there is nil")
  func absent() throws {
    #expect(try ThemeLibrary.file(named: "no such") == nil)
  }

  @Test("Every theme defines every role and no other", arguments: names)
  func complete(name: String) throws {
    #expect(try Set(theme(name).roles.keys) == Set(Roles.all))
  }

  @Test("Words stand out from their ground, and from a selection under them", arguments: names)
  func contrast(name: String) throws {
    let audit = ThemeAudit(try theme(name))
    #expect(audit.entries.filter(\.isLow) == [])
    #expect(Set(audit.entries.map(\.role)) == Set(Roles.words + Roles.chrome))
    let known = audit.entries.filter { $0.ratio != nil }
    #expect(name == "terminal" || name == "mono" || known.count == audit.entries.count)
  }

  /// Red, green and blue of the colours that the terminal theme uses, in palettes that are met:
  /// xterm, VTE, Windows Terminal, the Linux console.
  @Test(
    "The default's accents are read on black and on white",
    arguments: [
      [Contrast.Light(92, 92, 255), Contrast.Light(205, 0, 205), Contrast.Light(205, 0, 0)],
      [Contrast.Light(42, 123, 222), Contrast.Light(163, 71, 186), Contrast.Light(192, 28, 40)],
      [Contrast.Light(59, 120, 255), Contrast.Light(136, 23, 152), Contrast.Light(197, 15, 31)],
      [Contrast.Light(85, 85, 255), Contrast.Light(170, 0, 170), Contrast.Light(170, 0, 0)],
    ])
  func bothGrounds(_ accents: [Contrast.Light]) throws {
    let used = Set(try theme("terminal").roles.values.compactMap(\.foreground))
    #expect(used == [.terminal, .ansi(12), .ansi(5), .ansi(1)])
    for accent in accents {
      #expect(Contrast.ratio(accent, Contrast.Light(255, 255, 255)) >= 3, "\(accent)")
      #expect(Contrast.ratio(accent, Contrast.Light(0, 0, 0)) >= 2.4, "\(accent)")
    }
  }

  @Test("A selection is seen: by its ground, reversed, or underlined", arguments: names)
  func selection(name: String) throws {
    let theme = try theme(name)
    for role in Roles.grounds {
      let style = theme.style(role)
      let ground = theme.style("text").background
      #expect(
        style.background != ground && style.background != nil || style.reverse || style.underline
          || style.bold && role == "selection.inactive")
    }
    #expect(theme.style("selection") != theme.style("selection.inactive"))
  }

  @Test(
    "The default and its shades leave the ground to the terminal",
    arguments: ["terminal", "dark", "light"])
  func ownGround(name: String) throws {
    let theme = try theme(name)
    #expect(theme.variant.rawValue == (name == "terminal" ? "any" : name))
    #expect(theme.style("text") == ThemeStyle(foreground: .terminal, background: .terminal))
  }

  @Test("The terminal theme uses the sixteen colours only, and mono none")
  func plain() throws {
    func colors(_ name: String) throws -> Set<ThemeColor> {
      let styles = try theme(name).roles.values
      return Set(styles.flatMap { [$0.foreground, $0.background] }.compactMap { $0 })
    }
    #expect(try colors("mono") == [.terminal])
    for color in try colors("terminal").subtracting([.terminal]) {
      guard case .ansi = color else {
        Issue.record("\(color)")
        continue
      }
    }
  }

  @Test("What needs the operator is bold and differs from what is done", arguments: names)
  func states(name: String) throws {
    let theme = try theme(name)
    #expect(theme.style("worker.failed") != theme.style("worker.done"))
    #expect(theme.style("worker.unread") != theme.style("worker.done"))
    #expect(theme.style("worker.failed").bold)
  }
}
