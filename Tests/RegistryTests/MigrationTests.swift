import Fleet
import Foundation
import GRDB
import Testing
import WorkerAPI

@testable import Registry

@Suite struct MigrationTests {
  private func write(_ sql: String, to folder: Folder) async throws {
    let database = try DatabaseQueue(path: folder.file)
    try await database.write { try $0.execute(sql: sql) }
    try database.close()
  }

  /// All rows of a file of schema v1, as text.
  private func rows(_ path: String) async throws -> [String] {
    let database = try DatabaseQueue(path: path)
    return try await database.read { database in
      try (Schema.tables + ["grdb_migrations"]).flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description)
      }
    }
  }

  @Test("Before a migration an equal copy is kept for this user only, and said once")
  func copy() async throws {
    let folder = try Folder()
    try await write(Fixture.version1, to: folder)
    let before = try await rows(folder.file)
    // 2026-01-31 23:59:59 UTC
    let registry = try RegistryFile(folder: folder.path, now: 1_769_903_999).open()
    let copy = "registry.before-v5-20260131-235959.sqlite"
    #expect(
      try await registry.recall().notices == [
        "The registry was brought to schema v5. What it was before is kept as "
          + "\(folder.path)/\(copy)."
      ])
    #expect(try await rows(folder.path + "/" + copy) == before)
    #expect(try folder.permissions(copy) == 0o600)
    #expect(!folder.names.contains { $0.hasSuffix(".part") })
    #expect(try Registry.check(folder: folder.path).schema == "v5")
    let intent = Intent(
      id: "i", kind: .schedule, worker: "wrk_9", input: "in", budget: .high, madeAt: 14,
      when: .interval(seconds: 60))
    try await registry.keep([.intent(intent)])
    let again = try await Registry.open(folder: folder.path).recall()
    #expect(again.notices == [])
    #expect(again.intents == [intent])
    #expect(folder.names.filter { $0.contains("before") } == [copy])
  }

  @Test("What is in the journal of another console that still runs is in the copy")
  func journal() async throws {
    let folder = try Folder()
    let other = try DatabaseQueue(path: folder.file)
    try await other.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;")
      try $0.execute(sql: Fixture.version1)
    }
    _ = try Registry.open(folder: folder.path)
    let copy = try #require(folder.names.first { $0.contains("before") })
    let added =
      [" when:NULL", " isPinned:0", " isArchived:0", " isMarked:0", " account:NULL"]
      + [" schedules:NULL", " schedulesAt:NULL", " email:NULL", " owner:NULL"]
    let migrated = try await rows(folder.file).map { row in
      added.reduce(row) { $0.replacing($1, with: "") }
    }
    let later = (2...5).map { #"[identifier:"v\#($0)"]"# }
    #expect(
      try await rows(folder.path + "/" + copy) == migrated.filter { !later.contains($0) })
    try other.close()
  }

  @Test("Fresh files and files without entries get no copy")
  func fresh() async throws {
    let folder = try Folder()
    _ = try Registry.open(folder: folder.path)
    #expect(folder.names.filter { !$0.hasPrefix("registry.sqlite") } == [])
    let empty = try Folder()
    let schema = try #require(Fixture.version1.components(separatedBy: "INSERT INTO worker").first)
    try await write(schema, to: empty)
    #expect(try await Registry.open(folder: empty.path).recall() == Recollection())
    #expect(empty.names.filter { !$0.hasPrefix("registry.sqlite") } == [])
  }

  @Test("The newest three copies stay, and what was set aside is never removed")
  func bound() async throws {
    let folder = try Folder()
    let names = [
      "registry.before-v2-20240101-000000.sqlite", "registry.before-v10-20230101-000000.sqlite",
      "registry.before-v2-20250101-000000.sqlite", "registry.damaged-20200101-000000.sqlite",
    ]
    for name in names { try folder.write(Data("x".utf8), to: name) }
    try await write(Fixture.version1, to: folder)
    _ = try RegistryFile(folder: folder.path, now: 1_769_903_999).open()
    #expect(
      folder.names.filter { !$0.hasPrefix("registry.sqlite") } == [
        names[0], names[2], "registry.before-v5-20260131-235959.sqlite", names[3],
      ])
  }

  @Test("A migration that fails leaves the entries as they were; they are read and not changed")
  func failing() async throws {
    let folder = try Folder()
    try await write(Fixture.version1, to: folder)
    let before = try await rows(folder.file)
    var broken = DatabaseMigrator()
    broken.registerMigration("v1") { _ in }
    broken.registerMigration("v2") {
      try $0.execute(sql: "DROP TABLE draft; DELETE FROM worker; SELECT no_such_function()")
    }
    let registry = try RegistryFile(folder: folder.path, migrator: broken).open()
    #expect(
      registry.refusal
        == .readOnly(path: folder.file, reason: "no such function: no_such_function"))
    let recollection = try await registry.recall()
    #expect(recollection.workers.map(\.id) == ["wrk_9"] && recollection.drafts.count == 1)
    #expect(try await rows(folder.file) == before)
    let copy = try #require(folder.names.first { $0.contains("before-v2") })
    #expect(try await rows(folder.path + "/" + copy) == before)
    // The program that can, does.
    let healed = try Registry.open(folder: folder.path)
    #expect(healed.refusal == nil)
    #expect(try await healed.recall().workers == recollection.workers)
  }

  @Test("Without room for a copy nothing is migrated")
  func noCopy() async throws {
    let folder = try Folder()
    try await write(Fixture.version1, to: folder)
    // A folder stands where the copy is to be written.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/registry.before-v5-20260131-235959.sqlite.part",
      withIntermediateDirectories: false)
    let registry = try RegistryFile(folder: folder.path, now: 1_769_903_999).open()
    #expect(
      registry.refusal
        == .readOnly(path: folder.file, reason: "no copy could be made: File exists"))
    #expect(try await registry.recall().workers.map(\.id) == ["wrk_9"])
    #expect(try Registry.check(folder: folder.path).schema == "v1")
  }
}
