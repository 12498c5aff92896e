public import WorkerAPI

/// The port to the folder in which downloaded files are put.
public protocol Downloads: Sendable {
  /// What an earlier attempt left of a file; nil when there is nothing that can be gone on with.
  func begun(_ name: String, of worker: String) async -> PartialFile?
  /// Writes a stream to a new file, never over another one; `progress` gets the bytes so far.
  ///
  /// With `resuming` the stream is what comes behind those bytes. What came before a break is left
  /// for a later attempt when the answer's head has a strong entity tag.
  func save(
    _ stream: TransportStream, as name: String, of worker: String, resuming: PartialFile?,
    progress: @Sendable (Int) async -> Void
  ) async throws -> SavedFile
  /// The first bytes of a file that was saved.
  func head(of path: String, limit: Int) async throws -> FileHead
}

public struct SavedFile: Hashable, Sendable {
  /// The whole path, its last parts made safe.
  public var path: String
  public var bytes: Int
  /// The SHA-256 of its bytes, 64 hexadecimal digits; nil where it was saved without.
  public var digest: String?

  public init(path: String, bytes: Int, digest: String? = nil) {
    self.path = path
    self.bytes = bytes
    self.digest = digest
  }
}

/// The begin of a file, and the server's tag for the bytes that it belongs to.
public struct PartialFile: Hashable, Sendable {
  public var bytes: Int
  public var tag: String

  public init(bytes: Int, tag: String) {
    self.bytes = bytes
    self.tag = tag
  }
}

public struct FileHead: Hashable, Sendable {
  public var bytes: [UInt8]
  /// Those of the whole file, where they are known.
  public var total: Int?

  public init(bytes: [UInt8], total: Int?) {
    self.bytes = bytes
    self.total = total
  }
}

extension TransportHead {
  /// The entity tag that proves the same bytes; a weak one does not (RFC 9110, section 8.8.1).
  public var strongTag: String? {
    self["etag"].flatMap { $0.hasPrefix("\"") && $0.hasSuffix("\"") && $0.count > 2 ? $0 : nil }
  }
}
