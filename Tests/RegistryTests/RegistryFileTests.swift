import Fleet
import Foundation
import GRDB
import Registry
import Testing
import WorkerAPI

@Suite struct RegistryFileTests {
  @Test("Folder and files are this user's alone")
  func permissions() async throws {
    let folder = try Folder()
    let inner = folder.path + "/a/b"
    let registry = try Registry.open(folder: inner)
    try await registry.keep(Samples.all)
    #expect(try folder.permissions("a/b") == 0o700)
    for name in ["registry.sqlite", "registry.sqlite-wal", "registry.sqlite-shm"] {
      #expect(try folder.permissions("a/b/" + name) == 0o600, "\(name)")
    }
  }

  @Test("What was kept survives a kill: the files of an open registry hold all of it")
  func kill() async throws {
    let folder = try Folder()
    let registry = try Registry.open(folder: folder.path)
    for count in Samples.all.indices {
      try await registry.keep([Samples.all[count]])
      let left = try Folder()
      for name in folder.names where !name.hasSuffix("-shm") {
        try left.write(#require(folder.bytes(name)), to: name)
      }
      let expected = try Registry.inMemory()
      try await expected.keep(Array(Samples.all[...count]))
      #expect(
        try await Registry.open(folder: left.path).recall() == expected.recall())
    }
  }

  @Test("requirement 3: a journal cut anywhere leaves whole steps, in order")
  func tornJournal() async throws {
    let folder = try Folder()
    let registry = try Registry.open(folder: folder.path)
    let steps = (0..<6).map { step -> [Memo] in
      [.preference(name: "one", value: "\(step)"), .preference(name: "two", value: "\(step)")]
    }
    for step in steps { try await registry.keep(step) }
    let journal = try #require(folder.bytes("registry.sqlite-wal"))
    var seen: [String] = []
    for cut in stride(from: 0, through: journal.count, by: 1_021) {
      let left = try Folder()
      try left.write(#require(folder.bytes("registry.sqlite")), to: "registry.sqlite")
      try left.write(journal.prefix(cut), to: "registry.sqlite-wal")
      let recollection = try await Registry.open(folder: left.path).recall()
      #expect(recollection.preferences["one"] == recollection.preferences["two"])
      #expect(recollection.notices == [])
      seen.append(recollection.preferences["one"] ?? "")
    }
    #expect(seen == seen.sorted())
    #expect(Set(seen).count > 3)
  }

  @Test("requirement 3: two consoles write at once and neither is refused")
  func together() async throws {
    let folder = try Folder()
    let registries = try [0, 1].map { _ in try Registry.open(folder: folder.path) }
    try await withThrowingTaskGroup { group in
      for (index, registry) in registries.enumerated() {
        group.addTask {
          for step in 0..<50 {
            try await registry.keep([.preference(name: "\(index).\(step)", value: "x")])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await registries[0].recall().preferences.count == 100)
    #expect(try await registries[0].recall() == registries[1].recall())
  }

  @Test("Consoles that start at once over a damaged file set it aside once")
  func startTogether() async throws {
    let folder = try Folder()
    try folder.write(
      Data("not a database, but long enough to be read as one".utf8), to: "registry.sqlite")
    let path = folder.path
    let notices = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<4 {
        group.addTask { try await Registry.open(folder: path).recall().notices }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(notices.count == 1)
    #expect(folder.names.filter { $0.contains("damaged") && $0.hasSuffix(".sqlite") }.count == 1)
  }

  @Test("A file of schema v1 opens, whoever wrote it")
  func version1() async throws {
    let folder = try Folder()
    try await DatabaseQueue(path: folder.file).write { try $0.execute(sql: Fixture.version1) }
    var recollection = try await Registry.open(folder: folder.path).recall()
    recollection.notices = []
    #expect(
      recollection
        == Recollection(
          workers: [
            KnownWorker(
              id: "wrk_9", title: "Old", instruction: "look", budget: .standard, addedAt: 12,
              isUnread: true, lastSeen: "{}", lastSeenAt: 13)
          ],
          drafts: [Draft(subject: .followUp(worker: "wrk_9"), text: "t", cursor: 1, budget: .low)],
          intents: [
            Intent(
              id: "i", kind: .continue, worker: "wrk_9", input: "in", budget: .high, madeAt: 14)
          ],
          preferences: ["theme": "okabe"]))
  }

  @Test("Rows with words that are not known are left out, told of, and left in the file")
  func unknownRows() async throws {
    let folder = try Folder()
    try await Registry.open(folder: folder.path).keep(Samples.all)
    let database = try DatabaseQueue(path: folder.file)
    try await database.write {
      try $0.execute(
        sql: """
          INSERT INTO draft (kind, worker, text, cursor, budget) VALUES ('poem', 'w', 't', 0, 'low');
          INSERT INTO intent (id, kind, input, budget, madeAt) VALUES ('i', 'pause', '', 'low', 1);
          """)
    }
    var expected = Samples.recollection
    expected.notices = ["2 entries of the registry could not be read; left in the file"]
    #expect(try await Registry.open(folder: folder.path).recall() == expected)
    let poems = try await database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM draft WHERE kind = 'poem'")
    }
    #expect(poems == 1)
  }
}
