/// Why the registry cannot be opened.
public enum RegistryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer program has changed the file in ways that this one does not know; the file was not
  /// touched. Schemas are named v1, v2 and so on.
  case newer(path: String, schema: String, known: String)
  /// The folder or the file cannot be used; the text is a reason for people.
  case unusable(path: String, reason: String)

  public var description: String {
    switch self {
    case .newer(let path, let schema, let known):
      """
      \(path) was written by a newer Signalbox (schema \(schema), this one knows \(known)). \
      Run that version, or move the file away to begin with an empty registry.
      """
    case .unusable(let path, let reason):
      "\(path): \(reason)"
    }
  }
}
