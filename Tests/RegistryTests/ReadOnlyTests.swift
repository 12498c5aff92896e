import Fleet
import Foundation
import GRDB
import Support
import Testing
import WorkerAPI

@testable import Registry

@Suite struct ReadOnlyTests {
  /// A registry with everything in it, as a newer program leaves one.
  private func newer(_ folder: Folder, _ change: String = "") async throws {
    try await fill(folder)
    let database = try DatabaseQueue(path: folder.file)
    try await database.write {
      try $0.execute(
        sql: "INSERT INTO grdb_migrations (identifier) VALUES ('v8'), ('v9');" + change)
    }
    try await close(database)
  }

  private func fill(_ folder: Folder) async throws {
    try await Registry.open(folder: folder.path).keep(Samples.all)
    try await close(DatabaseQueue(path: folder.file))
  }

  /// Leaves all pages in the file and none in the journal.
  private func close(_ database: DatabaseQueue) async throws {
    try await database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try database.close()
  }

  @Test(
    "requirement 3: a file of a newer program is read, nothing is kept in it, and its bytes stay")
  func newerProgram() async throws {
    let folder = try Folder()
    try await newer(folder)
    let before = folder.bytes("registry.sqlite")
    let registry = try Registry.open(folder: folder.path)
    let refusal = RegistryError.newer(path: folder.file, schema: "v9", known: "v5")
    #expect(registry.refusal == refusal)
    #expect(
      refusal.description
        == "\(folder.file) was written by a newer Signalbox (schema v9, this one knows v5): it is "
        + "only read, and nothing is kept. Run that version, or move the file away to begin with "
        + "an empty registry.")
    var expected = Samples.recollection
    expected.notices = [refusal.description]
    #expect(try await registry.recall() == expected)
    await #expect(throws: refusal) { try await registry.keep([.settled("i1")]) }
    await #expect(throws: refusal) { try await registry.fill([.settled("i1")]) }
    await #expect(throws: refusal) { try await registry.revise { _ in ([], 1) } }
    #expect(try await registry.recall() == expected)
    #expect(folder.bytes("registry.sqlite") == before)
    #expect(!folder.names.contains { $0.contains("damaged") || $0.contains("before") })
  }

  @Test("Of a newer file what is known is read: columns and tables may have come and gone")
  func newerColumns() async throws {
    let folder = try Folder()
    try await newer(
      folder,
      """
      ALTER TABLE worker ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine';
      ALTER TABLE worker DROP COLUMN title;
      DROP TABLE draft;
      ALTER TABLE intent RENAME COLUMN position TO place;
      """)
    let recollection = try await Registry.open(folder: folder.path).recall()
    var untitled = Samples.full
    untitled.title = nil
    #expect(recollection.workers == [untitled, Samples.bare])
    #expect(recollection.drafts == [])
    #expect(recollection.intents == Samples.intents)
  }

  @Test("With a registry that is only read, an order is withheld and its text is in the draft")
  @MainActor
  func withheld() async throws {
    let folder = try Folder()
    try await newer(folder)
    let transport = ScriptedTransport { _ in .failure(.unreachable("not asked for")) }
    let ports = Runner.Ports(
      service: Service(transport: transport), memory: try Registry.open(folder: folder.path),
      downloads: FakeDownloads(), reconnect: { PlainReconnect(isActive: $0) }, now: { 100 })
    let store = Store(runner: Runner(ports: ports), now: { 100 })
    store.send(.create(intent: "new", input: "go", budget: .low))
    await store.idle()
    #expect(transport.requests == [])
    #expect(store.state.sending == [:] && store.state.uncertain == [])
    #expect(store.state.drafts[.newWorker]?.text == "go")
    await store.stop()
  }

  @Test("A registry that cannot be written is read, with the reason")
  func obstacle() async throws {
    let folder = try Folder()
    try await fill(folder)
    let before = folder.bytes("registry.sqlite")
    let registry = try RegistryFile(folder: folder.path, obstacle: "Read-only file system").open()
    let refusal = RegistryError.readOnly(path: folder.file, reason: "Read-only file system")
    #expect(registry.refusal == refusal)
    #expect(
      refusal.description
        == "\(folder.file) cannot be written (Read-only file system): it is only read, and nothing "
        + "is kept.")
    var expected = Samples.recollection
    expected.notices = [refusal.description]
    #expect(try await registry.recall() == expected)
    await #expect(throws: refusal) { try await registry.keep([.settled("i1")]) }
    #expect(folder.bytes("registry.sqlite") == before)
  }

  @Test("Without a journal a file is read as one that nobody changes, whatever its name")
  func immutable() async throws {
    let parent = try Folder()
    let folder = parent.path + "/a %41?#é"
    try await Registry.open(folder: folder).keep(Samples.all)
    let file = RegistryFile(folder: folder)
    try await close(DatabaseQueue(path: file.path))
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: file.path + suffix)
    }
    var configuration = Configuration()
    configuration.readonly = true
    let database = try DatabaseQueue(path: file.immutableAddress, configuration: configuration)
    #expect(
      try await Registry(database: database, path: file.path).recall() == Samples.recollection)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder) == ["registry.sqlite"])
  }

  @Test("Where there is nothing to read, a folder that cannot be written is an error")
  func nothingToRead() async throws {
    let folder = try Folder()
    #expect(throws: RegistryError.unusable(path: folder.file, reason: "No space left on device")) {
      try RegistryFile(folder: folder.path, obstacle: "No space left on device").open()
    }
    try folder.write(Data("no database".utf8), to: "registry.sqlite")
    #expect(
      throws: RegistryError.unusable(
        path: folder.file, reason: "it is damaged and cannot be set aside: Permission denied")
    ) {
      try RegistryFile(folder: folder.path, obstacle: "Permission denied").open()
    }
    #expect(folder.names == ["registry.sqlite"])
  }

  @Test("Reading makes nothing: no folder, no file, nothing set aside")
  func readingOnly() async throws {
    let folder = try Folder()
    #expect(throws: RegistryError.missing(path: folder.path + "/none/registry.sqlite")) {
      try Registry.read(folder: folder.path + "/none")
    }
    #expect(throws: RegistryError.missing(path: folder.file)) {
      try Registry.check(folder: folder.path)
    }
    try folder.write(Data("no database".utf8), to: "registry.sqlite")
    #expect(throws: RegistryError.damaged(path: folder.file)) {
      try Registry.read(folder: folder.path)
    }
    #expect(try Registry.check(folder: folder.path).faults == ["the file is no database"])
    #expect(folder.names == ["registry.sqlite"])
  }

  @Test("A full disk refuses what does not fit, leaves the registry whole, and heals")
  func fullDisk() async throws {
    let folder = try Folder()
    try await fill(folder)
    let database = try DatabaseQueue(path: folder.file)
    func limit(_ pages: Int) async throws {
      try await database.writeWithoutTransaction {
        _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    try await limit(1)  // SQLite takes the pages that there are.
    let registry = Registry(database: database, path: folder.file)
    let memos = (0..<200).map { step -> Memo in
      .worker(
        KnownWorker(
          id: "new \(step)", instruction: String(repeating: "x", count: 500), budget: .low,
          addedAt: 1))
    }
    await #expect(
      throws: RegistryError.unusable(path: folder.file, reason: "database or disk is full")
    ) {
      try await registry.keep([.preference(name: "theme", value: "other")] + memos)
    }
    #expect(try await registry.recall() == Samples.recollection)
    #expect(try Registry.check(folder: folder.path).faults == [])
    #expect(try await Registry.open(folder: folder.path).recall() == Samples.recollection)
    try await limit(100_000)
    try await registry.keep(memos)
    #expect(try await Registry.open(folder: folder.path).recall().workers.count == 202)
  }
}
