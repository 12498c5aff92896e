/// Why the registry cannot be opened, or why nothing can be kept in it.
public enum RegistryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer program has changed the file in ways that this one does not know; the file was not
  /// touched. Schemas are named v1, v2 and so on.
  case newer(path: String, schema: String, known: String)
  /// The file can be read and not written; the text is a reason for people.
  case readOnly(path: String, reason: String)
  /// The file cannot be read as a registry; it was not touched.
  case damaged(path: String)
  /// There is no registry in the folder.
  case missing(path: String)
  /// The folder or the file cannot be used; the text is a reason for people.
  case unusable(path: String, reason: String)
  /// An import is only for a registry without entries.
  case notEmpty(path: String)

  public var description: String {
    switch self {
    case .newer(let path, let schema, let known):
      """
      \(path) was written by a newer Signalbox (schema \(schema), this one knows \(known)): it is \
      only read, and nothing is kept. Run that version, or move the file away to begin with an \
      empty registry.
      """
    case .readOnly(let path, let reason):
      "\(path) cannot be written (\(reason)): it is only read, and nothing is kept."
    case .damaged(let path):
      """
      \(path) is damaged. The console would set it aside and go on with the newest sound copy and \
      what can still be read.
      """
    case .missing(let path):
      "\(path): no registry is there"
    case .unusable(let path, let reason):
      "\(path): \(reason)"
    case .notEmpty(let path):
      "\(path) has entries already: use 'signalbox registry merge' to add to them."
    }
  }
}
