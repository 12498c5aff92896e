import Glibc

/// One process at a time; the system lets go of it when the process ends.
struct FolderLock {
  private let descriptor: Int32

  init(_ folder: String) throws {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw RegistryError.unusable(path: folder, reason: reason)
    }
  }

  func release() { close(descriptor) }
}
