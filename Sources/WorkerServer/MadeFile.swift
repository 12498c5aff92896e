/// A file that a run has written.
public struct MadeFile: Hashable, Sendable {
  /// Relative, with `/` between folders.
  public var path: String
  public var mediaType: String
  public var bytes: [UInt8]
}
