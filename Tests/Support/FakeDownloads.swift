public import Fleet
public import WorkerAPI

/// A folder made of memory.
public actor FakeDownloads: Downloads {
  public struct File: Hashable, Sendable {
    public var worker: String
    public var name: String
    public var bytes: [UInt8]

    public init(worker: String, name: String, bytes: [UInt8]) {
      self.worker = worker
      self.name = name
      self.bytes = bytes
    }
  }

  public private(set) var files: [File] = []
  private var failure: FakeMemory.Failure?

  public init() {}

  /// From now on every save throws this; nil heals.
  public func fail(with failure: FakeMemory.Failure?) { self.failure = failure }

  /// What saves that broke off left, by name.
  public private(set) var begun: [String: PartialFile] = [:]

  public func begun(_ name: String, of worker: String) -> PartialFile? { begun[name] }

  public func head(of path: String, limit: Int) throws -> FileHead {
    guard let file = files.last(where: { path == "/downloads/\($0.name)" }) else {
      throw FakeMemory.Failure("\(path) is gone")
    }
    return FileHead(bytes: Array(file.bytes.prefix(limit)), total: file.bytes.count)
  }

  public func save(
    _ stream: TransportStream, as name: String, of worker: String, resuming: PartialFile?,
    progress: @Sendable (Int) async -> Void
  ) async throws -> SavedFile {
    if let failure { throw failure }
    let before = resuming?.bytes ?? 0
    var bytes: [UInt8] = []
    do {
      while let chunk = try await stream.next() {
        bytes += chunk
        await progress(before + bytes.count)
      }
    } catch {
      begun[name] = stream.head.strongTag.map { PartialFile(bytes: before + bytes.count, tag: $0) }
      throw error
    }
    begun[name] = nil
    files.append(File(worker: worker, name: name, bytes: bytes))
    return SavedFile(path: "/downloads/\(name)", bytes: before + bytes.count)
  }
}
