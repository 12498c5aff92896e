import Fleet
import FoundationEssentials
import GRDB
import Glibc

extension RegistryFile {
  /// Sets aside what cannot be read and begins with the newest sound copy and with what can still
  /// be read of the damaged file; answers the sentences for the operator.
  ///
  /// A file without a byte is set aside only for a copy or for its journal; else it becomes a
  /// registry.
  func recover() throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let isCut = size(path) == 0
    let draft = "\(folder)/registry.restored.part"
    defer { remove(draft) }
    let restoration = restore(to: draft, salvage: isCut ? Recollection() : salvage())
    // SQLite would remove a journal beside it.
    if isCut, restoration == nil, size(path + "-wal") == 0 { return [] }
    let aside = freeName("damaged")
    try setAside(as: aside, for: restoration == nil ? nil : draft)
    return [
      (isCut ? "The registry was empty." : "The registry could not be read.")
        + " It was set aside as \(aside); " + (restoration?.sentence ?? "this is a new one.")
    ]
  }

  /// Moves the file with its journals to another name and puts the draft in its place.
  private func setAside(as aside: String, for draft: String?) throws {
    func refuse(_ what: String) -> RegistryError {
      .unusable(path: path, reason: "it is damaged and cannot be \(what): \(systemReason)")
    }
    // The journals first: a new file beside an old journal would take its pages for its own.
    for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
      guard rename(path + suffix, aside + suffix) == 0 else { throw refuse("set aside") }
    }
    // By a second name, where the disk has such: a kill in between must leave no folder without a
    // registry, in which the next start would begin a new one.
    if draft == nil || link(path, aside) != 0 {
      guard rename(path, aside) == 0 else { throw refuse("set aside") }
    }
    if let draft {
      guard rename(draft, path) == 0 else { throw refuse("replaced") }
    }
    syncFolder()
  }

  /// Makes a draft of the newest copy that is sound, else of what was salvaged; nil where there is
  /// neither.
  private func restore(to draft: String, salvage: Recollection) -> Restoration? {
    for copy in ((try? copies()) ?? []).reversed() where !copy.hasPrefix("registry.damaged-") {
      let file = RegistryFile(folder: folder, name: copy, migrator: migrator)
      guard (try? file.condition()) == .known else { continue }
      // What was salvaged may break the rules of the tables; then the copy counts alone.
      for salvage in [salvage, Recollection()] {
        if let merge = try? fill(draft, from: file, adding: salvage) {
          return Restoration(copy: copy, salvaged: merge)
        }
      }
    }
    let isEmpty = salvage.workers.isEmpty && salvage.drafts.isEmpty && salvage.intents.isEmpty
    guard !isEmpty, let merge = try? fill(draft, from: nil, adding: salvage) else { return nil }
    return Restoration(salvaged: merge)
  }

  /// Writes a draft that is on the disk, for this user only, from a copy or from nothing.
  private func fill(
    _ draft: String, from copy: RegistryFile?, adding salvage: Recollection
  ) throws -> RegistryMerge {
    remove(draft)
    if let copy {
      let database = try copy.reader()
      defer { try? database.close() }
      try writeCopy(of: database, to: draft)
    } else {
      let file = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw CopyFailure(reason: systemReason) }
      close(file)
    }
    let database = try DatabaseQueue(path: draft, configuration: configuration())
    defer { try? database.close() }
    try migrator.migrate(database)
    return try database.write { database in
      let merge = RegistryMerge(
        RegistryDocument(salvage), into: try Rows.recollection(database))
      for memo in merge.memos { try database.keep(memo) }
      return merge
    }
  }

  /// Reads a copy of the damaged file, so that this one stays as it is to the byte.
  private func salvage() -> Recollection {
    let scratch = "\(folder)/registry.salvage.part"
    remove(scratch)
    defer { remove(scratch) }
    do {
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: scratch + suffix)
      }
    } catch {
      return Recollection()
    }
    return Salvage.read(scratch, now: Double(now))
  }

  private func remove(_ draft: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
  }
}

/// What a registry begins with that takes the place of a damaged one.
private struct Restoration {
  /// The name of the copy; nil where there was no sound one.
  var copy: String?
  /// What the damaged file had besides.
  var salvaged: RegistryMerge

  /// What this registry is, behind a semicolon.
  var sentence: String {
    let tallies = [
      (salvaged.workers.added, "worker"), (salvaged.drafts.added, "draft"),
      (salvaged.intents.added, "order"),
    ]
    let found = tallies.filter { $0.0 > 0 }
      .map { count, word in "\(count) \(word)" + (count == 1 ? "" : "s") }
      .joined(separator: ", ")
    guard let copy else {
      return "this is a new one with what could still be read: \(found). Other workers may be "
        + "missing: \(Self.adoption)."
    }
    return "this is the copy of \(RegistryFile.moment(in: copy))."
      + (found.isEmpty ? "" : " Also read from the damaged file: \(found).")
      + " Workers that were added after it may be missing, forgotten ones may be back: "
      + "\(Self.adoption)."
  }

  private static let adoption = "'signalbox registry adopt' takes ids"
}

extension RegistryFile {
  /// The time of a copy as in 2026-01-31 23:59 UTC; its name where there is none in it.
  static func moment(in name: String) -> String {
    let digits = stamp(in: name).filter(\.isNumber)
    guard digits.count == 14 else { return name }
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [4, 2, 2, 2, 2] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return "\(parts[0])-\(parts[1])-\(parts[2]) \(parts[3]):\(parts[4]) UTC"
  }
}
