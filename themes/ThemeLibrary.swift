/// The themes that come with the program, and how a theme is put together.
public enum ThemeLibrary {
  /// The built-in themes in the order of the menu; the first is the default.
  public static let names = builtIn.map(\.name)

  /// A built-in theme; nil when there is none of this name.
  public static func file(named name: String) throws(ThemeError) -> ThemeFile? {
    guard let source = builtIn.first(where: { $0.name == name }) else { return nil }
    return try ThemeReader.read(
      String(decoding: source.yaml(), as: UTF8.self), fileName: "\(name).yaml")
  }

  /// Merges what a theme inherits and replaces the names of its palette.
  ///
  /// A theme's palette also colours the roles that it inherits; a role that it defines replaces the
  /// inherited one whole.
  public static func resolve(
    _ file: ThemeFile,
    library: (String) throws(ThemeError) -> ThemeFile? = { try ThemeLibrary.file(named: $0) }
  ) throws(ThemeError) -> ResolvedTheme {
    let line = try lineage(of: file, library: library)
    var palette: [String: ThemeColor] = [:]
    var roles: [String: (role: ThemeFile.Role, file: ThemeFile)] = [:]
    for ancestor in line {
      palette.merge(ancestor.palette) { $1 }
      for (name, role) in ancestor.roles { roles[name] = (role, ancestor) }
    }
    var styles: [String: ThemeStyle] = [:]
    for (name, entry) in roles.sorted(by: { $0.key < $1.key }) {
      var style = entry.role.marks
      style.foreground = try color(entry.role.foreground, of: name, entry, palette)
      style.background = try color(entry.role.background, of: name, entry, palette)
      styles[name] = style
    }
    return ResolvedTheme(name: file.name, variant: file.variant, roles: styles)
  }

  /// The theme and all that it inherits, the eldest first.
  private static func lineage(
    of file: ThemeFile, library: (String) throws(ThemeError) -> ThemeFile?
  ) throws(ThemeError) -> [ThemeFile] {
    var line = [file]
    while let name = line[0].inherits {
      if line.contains(where: { $0.name == name }) {
        throw ThemeError(fileName: file.fileName, reason: "inherits: \"\(name)\" inherits itself")
      }
      guard let ancestor = try library(name) else {
        throw ThemeError(
          fileName: line[0].fileName, reason: "inherits: there is no theme \"\(name)\"")
      }
      line.insert(ancestor, at: 0)
    }
    return line
  }

  private static func color(
    _ paint: ThemeFile.Paint?, of role: String,
    _ entry: (role: ThemeFile.Role, file: ThemeFile), _ palette: [String: ThemeColor]
  ) throws(ThemeError) -> ThemeColor? {
    switch paint {
    case nil: return nil
    case .color(let color): return color
    case .named(let name):
      if let color = palette[name] ?? ThemeColor(name) { return color }
      throw ThemeError(
        fileName: entry.file.fileName, line: entry.role.line,
        reason: "roles.\(role): unknown colour \"\(name)\"")
    }
  }
}
