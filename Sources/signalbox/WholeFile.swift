import Glibc

/// Files that are read and written as one, with a bound and with the reason when it fails.
enum WholeFile {
  struct Failure: Error, Hashable {
    var reason: String
  }

  /// A file's bytes, or those of standard input for `-`.
  static func read(path: String, limit: Int) throws(Failure) -> [UInt8] {
    guard path != "-" else { return try read(STDIN_FILENO, limit: limit) }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw systemFailure }
    defer { close(file) }
    return try read(file, limit: limit)
  }

  /// All that comes; more than `limit` bytes are refused.
  static func read(_ file: Int32, limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw systemFailure }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw Failure(reason: "larger than \(limit >> 20) MiB")
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Replaces a file at once, for this user only; standard output for `-`, and what is no regular
  /// file is written to as it stands.
  static func write(_ bytes: [UInt8], path: String) throws(Failure) {
    guard path != "-" else { return try write(bytes, to: STDOUT_FILENO) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw systemFailure }
      defer { close(file) }
      return try write(bytes, to: file)
    }
    let part = "\(path).part-\(getpid())"
    let file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw systemFailure }
    defer { close(file) }
    do throws(Failure) {
      try write(bytes, to: file)
      guard fsync(file) == 0, rename(part, path) == 0 else { throw systemFailure }
    } catch {
      unlink(part)
      throw error
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw systemFailure }
      rest = rest.dropFirst(count)
    }
  }

  private static var systemFailure: Failure { Failure(reason: String(cString: strerror(errno))) }
}
