import Glibc

/// The seed at work, in a file, because a trap leaves no time to name it.
struct Trace: ~Copyable {
  private let descriptor: Int32
  private let path: String

  struct Unwritable: Error { var path: String }

  init?(_ name: String, in folder: String?) throws {
    guard let folder else { return nil }
    path = "\(folder)/\(name).seed"
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Unwritable(path: path) }
  }

  func note(_ seed: UInt64) {
    let text = Array("\(seed)\n".utf8)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  func remove() { unlink(path) }

  deinit { close(descriptor) }
}
