import Testing
import Themes

@Suite struct BuiltInTests {
  static let names = ThemeLibrary.names

  private func theme(_ name: String) throws -> ResolvedTheme {
    try ThemeLibrary.resolve(#require(try ThemeLibrary.file(named: name)))
  }

  /// What the terminal's own ground may be.
  private func grounds(_ variant: ThemeFile.Variant) -> [Contrast.Light] {
    variant == .dark ? [(0, 0, 0), (30, 30, 30)] : [(255, 255, 255)]
  }

  /// What the terminal's own ink may be at its palest.
  private func ink(_ variant: ThemeFile.Variant) -> Contrast.Light {
    variant == .dark ? (204, 204, 204) : (51, 51, 51)
  }

  @Test("The menu begins with the default theme and holds all that are promised")
  func menu() {
    #expect(
      Self.names == [
        "dark", "light", "terminal", "mono", "high-contrast", "okabe", "nord", "gruvbox-dark",
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
    let theme = try theme(name)
    for role in Roles.words + Roles.chrome {
      let style = theme.style(role)
      let needed = name == "high-contrast" ? 7 : Roles.chrome.contains(role) ? 3 : 4.5
      guard !style.reverse, let front = front(style, theme) else { continue }
      let roles = Roles.frames.contains(role) ? ["text"] : ["text", "overlay"] + Roles.grounds
      for ground in beneath(style, roles, theme) {
        #expect(Contrast.ratio(front, ground) >= needed, "\(role) on \(ground)")
      }
    }
  }

  /// Nil when only the terminal knows.
  private func front(_ style: ThemeStyle, _ theme: ResolvedTheme) -> Contrast.Light? {
    let color = style.foreground ?? theme.style("text").foreground
    return color == .terminal ? ink(theme.variant) : Contrast.light(color)
  }

  /// The style's own ground, or else those of the roles.
  private func beneath(
    _ style: ThemeStyle, _ roles: [String], _ theme: ResolvedTheme
  ) -> [Contrast.Light] {
    let colors = style.background.map { [$0] } ?? roles.compactMap { theme.style($0).background }
    return colors.flatMap { color in
      color == .terminal ? grounds(theme.variant) : Contrast.light(color).map { [$0] } ?? []
    }
  }

  @Test("A selection is seen: by its ground, reversed, or underlined", arguments: names)
  func selection(name: String) throws {
    let theme = try theme(name)
    for role in Roles.grounds {
      let style = theme.style(role)
      let ground = theme.style("text").background
      #expect(
        style.background != ground && style.background != nil || style.reverse || style.underline)
    }
    #expect(theme.style("selection") != theme.style("selection.inactive"))
  }

  @Test("The default themes leave the ground to the terminal", arguments: ["dark", "light"])
  func ownGround(name: String) throws {
    let theme = try theme(name)
    #expect(theme.variant.rawValue == name)
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
