import Fleet
import Foundation
import GRDB
import Testing

@testable import Registry

/// Registries where SQLite can keep no write-ahead log.
@Suite struct JournalTests {
  /// A registry as a kill in the middle of a write leaves it, and what it was before.
  private func cutOff() async throws -> (folder: Folder, before: Recollection) {
    let (whole, folder) = (try Folder(), try Folder())
    try await whole.add(
      Samples.all
        + (0..<300).map { .preference(name: "\($0)", value: String(repeating: "v", count: 900)) })
    let before = try await Registry.open(folder: whole.path).recall()
    try whole.change("PRAGMA journal_mode = DELETE")
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = 10") }
    let database = try DatabaseQueue(path: whole.file, configuration: configuration)
    try await database.writeWithoutTransaction { database in
      try database.execute(
        sql: "BEGIN IMMEDIATE; UPDATE preference SET value = value || value; DELETE FROM worker")
      for name in ["registry.sqlite", "registry.sqlite-journal"] {
        try folder.write(try #require(whole.bytes(name)), to: name)
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(try #require(folder.bytes("registry.sqlite-journal")).count > 4_096)
    return (folder, before)
  }

  @Test("A write that was cut off is taken back, and the file is not damaged")
  func rollback() async throws {
    let (folder, before) = try await cutOff()
    #expect(try await Registry.open(folder: folder.path).recall() == before)
    #expect(!folder.names.contains { $0.contains("damaged") || $0.contains("-journal") })
  }

  @Test("The same when it is only read or checked")
  func reading() async throws {
    let (folder, before) = try await cutOff()
    #expect(try await Registry.read(folder: folder.path).recall() == before)
    let (other, _) = try await cutOff()
    #expect(try Registry.check(folder: other.path).faults == [])
  }

  @Test("Where the folder cannot be written, a write that was cut off is an error")
  func unwritable() async throws {
    let (folder, _) = try await cutOff()
    let names = folder.names
    #expect(
      throws: RegistryError.unusable(
        path: folder.file,
        reason: "a write was cut off, and it is taken back only where its folder can be written")
    ) {
      try RegistryFile(folder: folder.path, obstacle: "Read-only file system").open()
    }
    #expect(folder.names == names)
  }

  @Test("An empty file with a rollback journal is set aside with it")
  func emptyFile() async throws {
    let folder = try Folder()
    let journal = Data("a journal".utf8)
    try folder.write(Data(), to: "registry.sqlite")
    try folder.write(journal, to: "registry.sqlite-journal")
    let notices = try await RegistryFile(folder: folder.path, now: 0).open().recall().notices
    let aside = "registry.damaged-19700101-000000.sqlite"
    #expect(
      notices == [
        "The registry was empty. It was set aside as \(folder.path)/\(aside); this is a new one."
          + " What was spent today may be more than is shown."
      ])
    #expect(folder.bytes(aside + "-journal") == journal)
  }
}
