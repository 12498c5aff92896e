public import Fleet
import FoundationEssentials
import Glibc
public import WorkerAPI

/// The one folder into which files are saved; nothing that a server says leads out of it.
public struct DownloadFolder: Downloads {
  public let path: String

  public init(path: String) { self.path = path }

  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  public func begun(_ name: String, of worker: String) async -> PartialFile? {
    PartialDownload(place(name, worker, in: "\(path)/.parts") + ".part").begun
  }

  /// Writes to `<folder>/<worker>/<name>` for this user only; a name that is taken gets a number.
  ///
  /// What comes is first kept apart, in `<folder>/.parts`, where no name of a server leads: a file
  /// that is there is whole.
  public func save(
    _ stream: TransportStream, as name: String, of worker: String, resuming: PartialFile?,
    progress: @Sendable (Int) async -> Void
  ) async throws -> SavedFile {
    let target = place(name, worker, in: path)
    let part = place(name, worker, in: "\(path)/.parts") + ".part"
    try Self.makeFolder(of: target)
    try Self.makeFolder(of: part)
    var partial = PartialDownload(part)
    try partial.open(resuming: resuming, tag: stream.head.strongTag)
    do {
      while let chunk = try await stream.next() {
        try partial.write(chunk)
        await progress(partial.bytes)
      }
      let place = try partial.finish(as: target)
      return SavedFile(path: place, bytes: partial.bytes, digest: partial.digest)
    } catch {
      partial.leave()
      throw error
    }
  }

  public func head(of path: String, limit: Int) async throws -> FileHead {
    guard path.hasPrefix(self.path + "/") else {
      throw Failure(description: "\(path) is not in the folder of downloads")
    }
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw Self.failure("read", path) }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0, state.st_mode & S_IFMT == S_IFREG else {
      throw Failure(description: "\(path) is not a file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = read(file, &buffer, min(buffer.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("read", path) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return FileHead(bytes: bytes, total: Int(state.st_size))
  }

  private func place(_ name: String, _ worker: String, in folder: String) -> String {
    "\(folder)/\(Self.safe(worker))/\(Self.safePath(name))"
  }

  private static func makeFolder(of place: String) throws {
    let folder = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(description: "cannot make the folder \(folder)")
    }
  }

  /// Opens a file that was not there; `report.csv` becomes `report (2).csv` when it is taken.
  static func create(_ target: String) throws -> (Int32, String) {
    for number in 1...10_000 {
      let place = number == 1 ? target : numbered(target, number)
      let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return (descriptor, place) }
      guard errno == EEXIST else { throw failure("write", place) }
    }
    throw Failure(description: "\(target) and ten thousand names like it are taken")
  }

  static func numbered(_ target: String, _ number: Int) -> String {
    let start = target.lastIndex(of: "/").map(target.index(after:)) ?? target.startIndex
    let name = target[start...]
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(target) (\(number))"
    }
    return "\(target[..<dot]) (\(number))\(target[dot...])"
  }

  static func write(_ chunk: [UInt8], to descriptor: Int32, _ place: String) throws {
    var rest = chunk[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write", place) }
      rest = rest.dropFirst(count)
    }
  }

  static func failure(_ verb: String, _ place: String) -> Failure {
    Failure(description: "cannot \(verb) \(place): \(String(cString: strerror(errno)))")
  }

  /// A path whose segments are each safe; `..`, empty and hidden ones cannot lead elsewhere.
  static func safePath(_ name: String) -> String {
    let segments = name.split(separator: "/").map { safe(String($0)) }.suffix(8)
    return segments.isEmpty ? "file" : segments.joined(separator: "/")
  }

  /// One file name: controls, slashes and leading dots replaced, at most 200 bytes.
  static func safe(_ segment: String) -> String {
    var name = String.UnicodeScalarView()
    var size = 0
    for scalar in segment.unicodeScalars {
      let isBad =
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: "/\\:*?\"<>|".unicodeScalars.contains(scalar)
        }
      let kept = isBad || (scalar == "." && name.isEmpty) ? "_" : scalar
      size += Unicode.UTF8.width(kept)
      guard size <= 200 else { break }
      name.append(kept)
    }
    return name.isEmpty ? "_" : String(name)
  }
}
