import FoundationEssentials
import GRDB
import Glibc

extension RegistryFile {
  /// Previous copies that are kept; when there are more, the oldest go.
  static let previousLimit = 2
  /// Seconds from one previous copy to the next.
  static let previousSpan = 86_400
  /// Seconds from one look at the newest copy's age to the next.
  static let lookSpan = 3_600

  /// Keeps a copy of a sound registry with workers when the newest one is a day old; answers its
  /// path, nil when none was due.
  ///
  /// It reads through a connection of its own and locks the folder only at the end, so that neither
  /// a key nor another console's start waits for it.
  @discardableResult
  func keepPrevious() throws -> String? {
    guard try isPreviousDue() else { return nil }
    try dropDrafts()
    switch try condition() {
    case .known: break
    case .damaged: throw CopyFailure(reason: "it is damaged")
    case .empty, .newer: return nil
    }
    let database = try reader()
    defer { try? database.close() }
    guard try database.read(hasWorkers) else { return nil }
    let draft = freeName("previous") + ".\(UInt32.random(in: 0 ... .max)).part"
    try writeCopy(of: database, to: draft)
    defer { unlink(draft) }
    let lock = try FolderLock(folder)
    defer { lock.release() }
    // Another console may have been faster.
    guard try isPreviousDue() else { return nil }
    let copy = freeName("previous")
    try place(draft, as: copy)
    prune("previous", besides: copy, to: Self.previousLimit)
    return copy
  }

  /// Why no copy could be kept, as a sentence; nil when none was due, too.
  func previousFailure() -> String? {
    do {
      try keepPrevious()
      return nil
    } catch {
      let reason =
        (error as? CopyFailure)?.reason ?? (error as? DatabaseError)?.reason ?? "\(error)"
      return "no previous copy of the registry could be kept: \(reason)"
    }
  }

  /// Whether there is no copy of the last day; one of the future is of a clock that was wrong.
  private func isPreviousDue() throws -> Bool {
    let (yesterday, today) = (Self.stamp(at: now - Self.previousSpan), Self.stamp(at: now))
    return try !copies().contains { name in
      let stamp = String(Self.stamp(in: name).prefix(today.count))
      return name.hasPrefix("registry.previous-") && yesterday < stamp && stamp <= today
    }
  }

  /// Removes drafts of a day ago and before: what made them was killed.
  private func dropDrafts() throws {
    let yesterday = Self.stamp(at: now - Self.previousSpan)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("registry.previous-") && name.hasSuffix(".part")
      && Self.stamp(in: name) <= yesterday
    {
      unlink("\(folder)/\(name)")
    }
  }

  private func hasWorkers(_ database: Database) throws -> Bool {
    guard try database.tableExists("worker") else { return false }
    return try Row.fetchOne(database, sql: "SELECT 1 FROM worker LIMIT 1") != nil
  }
}
