import Yams

extension ThemeReader {
  static func roles(_ entry: ThemeEntry) throws(ThemeError) -> [String: ThemeFile.Role] {
    var roles: [String: ThemeFile.Role] = [:]
    for role in try entry.entries() { roles[role.key] = try Self.role(role) }
    return roles
  }

  /// A role is one colour, for its foreground, or a map.
  private static func role(_ entry: ThemeEntry) throws(ThemeError) -> ThemeFile.Role {
    var role = ThemeFile.Role(line: entry.line)
    guard entry.node.mapping != nil else {
      role.foreground = try paint(entry, of: entry)
      return role
    }
    for part in try entry.entries() {
      switch part.key {
      case "fg": role.foreground = try paint(part, of: entry)
      case "bg": role.background = try paint(part, of: entry)
      case "bold": role.marks.bold = try part.flag()
      case "dim": role.marks.dim = try part.flag()
      case "italic": role.marks.italic = try part.flag()
      case "underline": role.marks.underline = try part.flag()
      case "reverse": role.marks.reverse = try part.flag()
      case "strikethrough": role.marks.strikethrough = try part.flag()
      default: throw part.error("unknown key")
      }
    }
    return role
  }

  /// A word that may be in a palette stays a word; whether it is there shows when inheritance is
  /// resolved.
  private static func paint(
    _ entry: ThemeEntry, of role: ThemeEntry
  ) throws(ThemeError) -> ThemeFile.Paint {
    let word = try entry.word()
    guard word.contains(where: { $0 == "#" || $0 == ":" }) else { return .named(word) }
    guard let color = ThemeColor(word) else {
      var place = role
      place.line = entry.line
      throw place.error("unknown colour \"\(word)\"")
    }
    return .color(color)
  }
}
