public import Fleet
import FoundationEssentials
import Glibc

/// Private files below one folder, each in a fresh folder of its own.
public struct ScratchFolder: Scratch {
  /// Bytes of a text that is read back.
  public static let limit = 1 << 20

  public let path: String

  public init(path: String) { self.path = path }

  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  public func put(_ text: String, as name: String) async throws -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(description: "cannot make the folder \(path)")
    }
    var pattern = Array("\(path)/XXXXXX".utf8CString)
    guard mkdtemp(&pattern) != nil else { throw Self.failure("make a folder in", path) }
    let folder = String(decoding: pattern.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let place = "\(folder)/\(DownloadFolder.safe(name))"
    let file = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure("make", place) }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("write", place) }
      rest = rest.dropFirst(count)
    }
    return place
  }

  /// Bytes that are no UTF-8 are replaced.
  public func text(of path: String) async throws -> String {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw Self.failure("read", path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("read", path) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
      guard bytes.count <= Self.limit else {
        throw Failure(description: "\(path) is larger than 1 MiB")
      }
    }
  }

  public func remove(_ path: String) async {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    guard folder.hasPrefix(self.path + "/") else { return }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func failure(_ verb: String, _ place: String) -> Failure {
    Failure(description: "cannot \(verb) \(place): \(String(cString: strerror(errno)))")
  }
}
