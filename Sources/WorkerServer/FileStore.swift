import Glibc

/// The bytes of the files that runs have made, each under a name that the server gives.
///
/// The path that a worker chose is only a key in the ledger and never a path of this machine, so that
/// no path can leave the folder and no two can meet in it, whatever they hold.
final class FileStore: Sendable {
  /// Why a file cannot be kept or read.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Bytes beyond which something in the folder is not a file of this server.
  static let limit = 64 << 20

  private let directory: Int32

  /// Opens a folder, which is made when it is not there; a symbolic link is none.
  init(folder: String) throws(Failure) {
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.failure("make", folder) }
    directory = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard directory >= 0 else { throw Self.failure("open", folder) }
  }

  deinit { close(directory) }

  /// Keeps bytes under a name, in place of what was there; a reader sees the old or the new ones whole.
  func put(_ bytes: [UInt8], as name: String) throws(Failure) {
    guard Self.isName(name) else { throw Failure(description: "\(name) is no name of a file") }
    let fresh = name + ".new"
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
    let file = openat(directory, fresh, flags, 0o600)
    guard file >= 0 else { throw Self.failure("write", name) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = Self.failure("write", name)
        close(file)
        unlinkat(directory, fresh, 0)
        throw failure
      }
      written += count
    }
    close(file)
    guard renameat(directory, fresh, directory, name) == 0 else {
      throw Self.failure("write", name)
    }
  }

  /// The bytes under a name; nil when there is no regular file of it, as a link or a pipe is none.
  func bytes(of name: String) throws(Failure) -> [UInt8]? {
    guard Self.isName(name) else { return nil }
    let file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ELOOP { return nil }
      throw Self.failure("read", name)
    }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0, state.st_mode & S_IFMT == S_IFREG, state.st_size <= Self.limit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(state.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes[filled...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("read", name) }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  func remove(_ name: String) {
    if Self.isName(name) { unlinkat(directory, name, 0) }
  }

  /// Letters, digits, `_`, `-` and inner dots: what ids and places are made of.
  private static func isName(_ name: String) -> Bool {
    (1...200).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "._-".utf8.contains(byte)
        }
      }
  }

  private static func failure(_ verb: String, _ name: String) -> Failure {
    Failure(description: "cannot \(verb) \(name): \(String(cString: strerror(errno)))")
  }
}
