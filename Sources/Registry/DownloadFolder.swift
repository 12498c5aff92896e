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

  /// Writes to `<folder>/<worker>/<name>` for this user only; a name that is taken gets a number.
  ///
  /// What came before a break is removed, so that a file that is there is whole.
  public func save(
    _ stream: TransportStream, as name: String, of worker: String,
    progress: @Sendable (Int) async -> Void
  ) async throws -> SavedFile {
    let target = "\(path)/\(Self.safe(worker))/\(Self.safePath(name))"
    let folder = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(description: "cannot make the folder \(folder)")
    }
    let (descriptor, place) = try Self.create(target)
    var bytes = 0
    do {
      while let chunk = try await stream.next() {
        try Self.write(chunk, to: descriptor, place)
        bytes += chunk.count
        await progress(bytes)
      }
      guard fsync(descriptor) == 0 else { throw Self.failure("write", place) }
      close(descriptor)
    } catch {
      close(descriptor)
      unlink(place)
      throw error
    }
    return SavedFile(path: place, bytes: bytes)
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

  private static func numbered(_ target: String, _ number: Int) -> String {
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
