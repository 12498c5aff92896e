import Yams

/// Reads the YAML of a theme.
public enum ThemeReader {
  /// Bytes of YAML that are read; more is refused.
  public static let sizeLimit = 256 << 10

  public static func read(_ yaml: String, fileName: String) throws(ThemeError) -> ThemeFile {
    guard yaml.utf8.count <= sizeLimit else {
      throw ThemeError(fileName: fileName, reason: "larger than \(sizeLimit >> 10) kB")
    }
    let root = try ThemeEntry(
      fileName: fileName, path: "", node: compose(yaml, fileName: fileName), line: 1)
    var file = ThemeFile(fileName: fileName, name: "", variant: .dark)
    for entry in try root.entries() {
      switch entry.path {
      case "name": file.name = try entry.word()
      case "variant": file.variant = try variant(entry)
      case "inherits": file.inherits = try entry.word()
      case "palette": file.palette = try palette(entry)
      case "roles": file.roles = try roles(entry)
      default: throw entry.error("unknown key")
      }
    }
    if file.name.isEmpty { file.name = String(fileName.prefix { $0 != "." }) }
    guard !file.name.isEmpty else { throw ThemeError(fileName: fileName, reason: "name: missing") }
    return file
  }

  private static func compose(_ yaml: String, fileName: String) throws(ThemeError) -> Node {
    do {
      if let node = try Yams.compose(yaml: yaml) { return node }
    } catch let error as YamlError {
      throw ThemeError(fileName: fileName, line: error.line, reason: error.reason)
    } catch {
      throw ThemeError(fileName: fileName, reason: "\(error)")
    }
    throw ThemeError(fileName: fileName, reason: "empty")
  }

  private static func variant(_ entry: ThemeEntry) throws(ThemeError) -> ThemeFile.Variant {
    let word = try entry.word()
    guard let variant = ThemeFile.Variant(rawValue: word) else {
      throw entry.error("\"\(word)\" is none of dark, light and any")
    }
    return variant
  }

  private static func palette(_ entry: ThemeEntry) throws(ThemeError) -> [String: ThemeColor] {
    var palette: [String: ThemeColor] = [:]
    for color in try entry.entries() {
      let word = try color.word()
      guard let value = ThemeColor(word) else { throw color.error("unknown colour \"\(word)\"") }
      palette[color.key] = value
    }
    return palette
  }
}

extension YamlError {
  /// The line of the mistake, from 1, where Yams knows it.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var reason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _), .reader(let problem, _, _, _):
      problem
    case .duplicatedKeysInMapping(let keys, _):
      "written twice: \(keys.sorted().joined(separator: ", "))"
    default: "\(self)"
    }
  }
}
