import Fleet
import FoundationEssentials
import GRDB
import Glibc

extension RegistryFile {
  /// Sets aside what cannot be read and begins with the newest sound copy and with what can still
  /// be read of the damaged file; answers the sentences for the operator.
  func recover() throws -> [String] {
    guard let (aside, sentence) = try prepareRecovery() else { return [] }
    defer { if let draft = aside.draft { remove(draft) } }
    for step in SettingAside.Step.allCases { try aside.take(step) }
    return [sentence]
  }

  /// Makes the file that is to take the place of this one, which stays as it is; nil where there is
  /// nothing to set aside.
  ///
  /// A file without a byte is set aside only for a copy or for its journal; else it becomes a
  /// registry.
  func prepareRecovery() throws -> (SettingAside, sentence: String)? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    // It would go on writing into the file that was set aside.
    guard !Attendance.isAnyone(in: folder) else {
      throw RegistryError.unusable(
        path: path,
        reason: "it is damaged, and another console is open on it: quit that one and start again")
    }
    let isCut = size(path) == 0
    let aside = try unfinishedAside() ?? freeName("damaged")
    let draft = "\(folder)/registry.restored.part"
    let salvaged = isCut ? Salvaged() : salvage(with: aside)
    let restoration = restore(to: draft, salvaged: salvaged)
    // SQLite would remove a journal beside it.
    if isCut, restoration == nil, Self.journals.allSatisfy({ size(path + $0) == 0 }) { return nil }
    let sentence =
      (isCut ? "The registry was empty." : "The registry could not be read.")
      + " It was set aside as \(aside); " + (restoration?.sentence ?? "this is a new one.")
      + (restoration?.areBooksWhole == true ? "" : Restoration.unbooked)
    let steps = SettingAside(file: self, aside: aside, draft: restoration == nil ? nil : draft)
    return (steps, sentence)
  }

  /// Makes a draft of the newest copy that is sound, else of what was salvaged; nil where there is
  /// neither.
  private func restore(to draft: String, salvaged: Salvaged) -> Restoration? {
    for copy in ((try? copies()) ?? []).reversed() where !copy.hasPrefix("registry.damaged-") {
      let file = RegistryFile(folder: folder, name: copy, migrator: migrator)
      guard (try? file.condition()) == .known else { continue }
      // What was salvaged may break the rules of the tables; then the copy counts alone.
      for salvaged in [salvaged, Salvaged()] {
        if let restored = try? fill(draft, from: file, adding: salvaged) {
          return Restoration(
            copy: copy, restored: restored, areBooksWhole: salvaged.areBooksWhole)
        }
      }
    }
    guard !salvaged.isEmpty, let restored = try? fill(draft, from: nil, adding: salvaged) else {
      remove(draft)
      return nil
    }
    return Restoration(restored: restored, areBooksWhole: salvaged.areBooksWhole)
  }

  /// Writes a draft that is on the disk, for this user only, from a copy or from nothing.
  private func fill(
    _ draft: String, from copy: RegistryFile?, adding salvaged: Salvaged
  ) throws -> Restored {
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
    return try database.write { try $0.restore(salvaged) }
  }

  /// Reads a copy of the damaged file, so that this one stays as it is to the byte; journals that
  /// it has no more are there under its other name.
  private func salvage(with aside: String) -> Salvaged {
    let scratch = "\(folder)/registry.salvage.part"
    remove(scratch)
    defer { remove(scratch) }
    do {
      for suffix in [""] + Self.journals {
        let names = [path + suffix, aside + suffix]
        guard let name = names.first(where: { size($0) > 0 }) else { continue }
        try FileManager.default.copyItem(atPath: name, toPath: scratch + suffix)
      }
    } catch {
      return Salvaged()
    }
    return Salvage.read(scratch, now: Double(now))
  }

  private func remove(_ draft: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
  }
}
