import FoundationEssentials
import Glibc

/// Gives a damaged file and its journals another name, and puts a draft in their place.
///
/// A new file beside an old journal would take its pages for its own, and an old file without its
/// journal lacks the newest rows; no rename changes both at once. So all of it has its second name
/// before anything loses its first one, and the draft comes last. Until then both names are of one
/// file: a start after a kill sees that, reads the journals by either name, and takes the steps
/// again.
struct SettingAside {
  enum Step: CaseIterable { case nameFile, nameJournals, dropJournals, replace }

  let file: RegistryFile
  let aside: String
  /// Nil where a new registry is begun.
  let draft: String?
  /// As of link(2).
  var link: (String, String) -> Int32 = { Glibc.link($0, $1) }

  private var path: String { file.path }

  func take(_ step: Step) throws {
    switch step {
    case .nameFile: try name("")
    case .nameJournals:
      for suffix in RegistryFile.journals { try name(suffix) }
      file.syncFolder()
    case .dropJournals:
      for suffix in RegistryFile.journals + ["-shm"] {
        guard unlink(path + suffix) == 0 || errno == ENOENT else { throw refusal("set aside") }
      }
    case .replace:
      guard (draft.map { rename($0, path) } ?? unlink(path)) == 0 else {
        throw refusal("replaced")
      }
      file.syncFolder()
    }
  }

  /// Gives a file its second name; where the disk has no such, a copy has it.
  private func name(_ suffix: String) throws {
    // It has one already, or a reader made an empty one.
    guard file.size(aside + suffix) == 0, suffix.isEmpty || file.size(path + suffix) > 0 else {
      return
    }
    unlink(aside + suffix)
    guard link(path + suffix, aside + suffix) != 0 else { return }
    let part = aside + suffix + ".part"
    defer { unlink(part) }
    unlink(part)
    do {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: part)
    } catch {
      throw RegistryError.unusable(
        path: path, reason: "it is damaged and cannot be copied to \(part): \(error)")
    }
    let copy = open(part, O_RDWR | O_CLOEXEC)
    guard copy >= 0 else { throw refusal("set aside") }
    defer { close(copy) }
    guard fsync(copy) == 0, rename(part, aside + suffix) == 0 else { throw refusal("set aside") }
  }

  private func refusal(_ what: String) -> RegistryError {
    .unusable(
      path: path, reason: "it is damaged and cannot be \(what): \(file.systemReason)")
  }
}

extension RegistryFile {
  /// Whether a start that set it aside was cut off.
  var isBeingSetAside: Bool {
    ((try? damagedFiles()) ?? []).contains { isSame(path, $0) }
  }

  /// The other name of a file that a start was setting aside; where the disk has no second names,
  /// that of a file with the same bytes.
  func unfinishedAside() throws -> String? {
    func isEqual(_ one: String, _ other: String) -> Bool {
      isSame(one, other) || FileManager.default.contentsEqual(atPath: one, andPath: other)
    }
    return try damagedFiles().last { other in
      isEqual(path, other)
        && Self.journals.allSatisfy { suffix in
          size(path + suffix) == 0 || size(other + suffix) == 0
            || isEqual(path + suffix, other + suffix)
        }
    }
  }

  private func damagedFiles() throws -> [String] {
    try copies().filter { $0.hasPrefix("registry.damaged-") }.map { "\(folder)/\($0)" }
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0
      && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }
}
