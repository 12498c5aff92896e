public import WorkerAPI

/// The port to the folder in which downloaded files are put.
public protocol Downloads: Sendable {
  /// Writes a stream to a new file, never over another one; `progress` gets the bytes so far.
  func save(
    _ stream: TransportStream, as name: String, of worker: String,
    progress: @Sendable (Int) async -> Void
  ) async throws -> SavedFile
}

public struct SavedFile: Hashable, Sendable {
  /// The whole path, its last parts made safe.
  public var path: String
  public var bytes: Int

  public init(path: String, bytes: Int) {
    self.path = path
    self.bytes = bytes
  }
}
