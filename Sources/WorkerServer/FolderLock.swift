import Glibc

/// A data folder held by one server at a time: two of them would fire each schedule twice.
///
/// The kernel lets go of it when the process ends, also by `kill -9`.
final class FolderLock: Sendable {
  /// Why a folder cannot be held.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let descriptor: Int32

  init(folder: String) throws(Failure) {
    descriptor = open("\(folder)/server.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(description: "cannot write to \(folder): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure(description: "\(folder) is in use by another server")
    }
  }

  deinit { close(descriptor) }
}
