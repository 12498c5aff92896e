import Fleet
import FoundationEssentials
import Glibc

/// What has come of a file so far, with the server's tag beside it while it can be gone on with.
struct PartialDownload {
  private let path: String
  private var file: Int32 = -1
  private var tag: String?
  private var hash = SHA256()
  private(set) var bytes = 0
  private(set) var digest = ""

  init(_ path: String) { self.path = path }

  private var tagPath: String { path + ".tag" }

  /// What an earlier attempt left; nil without a tag that proves the same bytes.
  var begun: PartialFile? {
    var state = stat()
    guard lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG, state.st_size > 0,
      let data = FileManager.default.contents(atPath: tagPath), data.count <= 1 << 10
    else { return nil }
    return PartialFile(bytes: Int(state.st_size), tag: String(decoding: data, as: UTF8.self))
  }

  /// Takes the file for this console alone, and what is in it when that is gone on with.
  mutating func open(resuming: PartialFile?, tag: String?) throws {
    file = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DownloadFolder.failure("write", path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw DownloadFolder.Failure(description: "another console saves this file now")
    }
    self.tag = tag
    guard let resuming else {
      guard ftruncate(file, 0) == 0 else { throw DownloadFolder.failure("write", path) }
      unlink(tagPath)
      if let tag {
        _ = FileManager.default.createFile(atPath: tagPath, contents: Data(tag.utf8))
      }
      return
    }
    try take(resuming)
  }

  /// The hash is of all bytes, those of the earlier attempt too.
  private mutating func take(_ begun: PartialFile) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw DownloadFolder.failure("read", path) }
      if count == 0 { break }
      hash.update(buffer[..<count])
      bytes += count
    }
    guard bytes == begun.bytes else {
      throw DownloadFolder.Failure(description: "what was saved of it changed meanwhile")
    }
  }

  mutating func write(_ chunk: [UInt8]) throws {
    try DownloadFolder.write(chunk, to: file, path)
    hash.update(chunk)
    bytes += chunk.count
  }

  /// Gives it its name; one that is taken gets a number.
  mutating func finish(as target: String) throws -> String {
    guard fsync(file) == 0 else { throw DownloadFolder.failure("write", path) }
    for number in 1...10_000 {
      let place = number == 1 ? target : DownloadFolder.numbered(target, number)
      if try claim(place) {
        digest = hash.finish()
        unlink(tagPath)
        close(file)
        file = -1
        return place
      }
    }
    throw DownloadFolder.Failure(
      description: "\(target) and ten thousand names like it are taken")
  }

  /// A link never replaces what is there; where there are none, a file of our own is made first.
  private func claim(_ place: String) throws -> Bool {
    if link(path, place) == 0 {
      unlink(path)
      return true
    }
    if errno == EEXIST { return false }
    let empty = Glibc.open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard empty >= 0 else {
      if errno == EEXIST { return false }
      throw DownloadFolder.failure("write", place)
    }
    close(empty)
    guard rename(path, place) == 0 else {
      let failure = DownloadFolder.failure("write", place)
      unlink(place)
      throw failure
    }
    return true
  }

  /// After a break: what cannot be gone on with is removed.
  func leave() {
    guard file >= 0 else { return }
    if tag == nil || bytes == 0 {
      unlink(path)
      unlink(tagPath)
    }
    close(file)
  }
}
