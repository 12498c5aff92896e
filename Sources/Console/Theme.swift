public import Canvas
public import Themes

/// A style for every role, as the panes use it.
public struct Theme: Hashable, Sendable {
  public var name: String
  /// What stands behind everything; a role's own background is only for what lies on top of it.
  public var ground: Style
  private var styles: [Style]

  /// Fills each role from the theme's most specific entry for it.
  public init(_ resolved: ResolvedTheme) {
    let text = Style(resolved.style(Role.text.rawValue))
    name = resolved.name
    ground = Style(foreground: text.foreground, background: text.background)
    styles = Role.allCases.map { role in
      var style = Style(resolved.style(role.rawValue))
      if style.background == text.background { style.background = .terminal }
      return style
    }
  }

  /// No colours; bold, dim, underline and reverse carry what must be seen. The last resort.
  public static let plain = Theme(ResolvedTheme(name: "plain", variant: .dark, roles: plainRoles))

  public subscript(role: Role) -> Style { styles[Self.index[role] ?? 0] }

  /// The built-in theme of that name; nil when there is none or it does not parse.
  public static func builtIn(_ name: String) -> Theme? {
    guard let file = try? ThemeLibrary.file(named: name),
      let resolved = try? ThemeLibrary.resolve(
        file, library: { try? ThemeLibrary.file(named: $0) ?? nil })
    else { return nil }
    return Theme(resolved)
  }

  private static let index = Dictionary(
    uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })

  private static let plainRoles: [String: ThemeStyle] = [
    "title": ThemeStyle(bold: true), "header": ThemeStyle(bold: true),
    "selection": ThemeStyle(reverse: true), "worker.unread": ThemeStyle(bold: true),
    "worker.failed": ThemeStyle(bold: true), "message.error": ThemeStyle(bold: true),
    "markdown.heading": ThemeStyle(bold: true), "markdown.strong": ThemeStyle(bold: true),
    "markdown.link": ThemeStyle(underline: true), "hint.key": ThemeStyle(bold: true),
    "input.focused": ThemeStyle(reverse: true), "overlay.title": ThemeStyle(bold: true),
  ]
}

extension Style {
  init(_ theme: ThemeStyle) {
    var attributes: Attributes = []
    if theme.bold { attributes.insert(.bold) }
    if theme.dim { attributes.insert(.dim) }
    if theme.italic { attributes.insert(.italic) }
    if theme.underline { attributes.insert(.underline) }
    if theme.reverse { attributes.insert(.reverse) }
    if theme.strikethrough { attributes.insert(.strikethrough) }
    self.init(
      foreground: Color(theme.foreground), background: Color(theme.background),
      attributes: attributes)
  }
}

extension Color {
  init(_ theme: ThemeColor?) {
    self =
      switch theme {
      case nil, .terminal: .terminal
      case .ansi(let number): .ansi(number)
      case .indexed(let number): .indexed(number)
      case .rgb(let red, let green, let blue): .rgb(red, green, blue)
      }
  }
}
