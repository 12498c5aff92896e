import Yams

/// A key of a theme's YAML with its value and where they stand.
struct ThemeEntry {
  var fileName: String
  /// The keys that lead here, such as "roles.worker"; empty for the whole file.
  var path: String
  var node: Node
  var line: Int?

  /// The last key of the path, which may hold dots itself.
  var key = ""

  func error(_ reason: String) -> ThemeError {
    ThemeError(
      fileName: fileName, line: line, reason: path.isEmpty ? reason : "\(path): \(reason)")
  }

  func word() throws(ThemeError) -> String {
    guard let scalar = node.scalar else { throw error("should be one word") }
    return scalar.string
  }

  func flag() throws(ThemeError) -> Bool {
    switch try word() {
    case "true": return true
    case "false": return false
    case let word: throw error("\"\(word)\" is neither true nor false")
    }
  }

  /// The keys of a map in the order of the file; a value left out is an empty map.
  func entries() throws(ThemeError) -> [ThemeEntry] {
    if let scalar = node.scalar, scalar.string.isEmpty { return [] }
    guard let mapping = node.mapping else { throw error("should be a map of keys and values") }
    var entries: [ThemeEntry] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw error("a key should be one word") }
      entries.append(
        ThemeEntry(
          fileName: fileName, path: path.isEmpty ? name : "\(path).\(name)", node: value,
          line: key.mark?.line ?? line, key: name))
    }
    return entries
  }
}
