import Fleet
import Foundation
import GRDB
import Registry
import Testing

@Suite struct DamageTests {
  /// Opens, and returns the name under which the damaged file now stands.
  private func openDamaged(_ folder: Folder) async throws -> String {
    let registry = try Registry.open(folder: folder.path)
    let aside = try #require(
      folder.names.first { $0.hasPrefix("registry.damaged-") && $0.hasSuffix(".sqlite") })
    #expect(
      try await registry.recall()
        == Recollection(notices: [
          "The registry could not be read. It was set aside as \(folder.path)/\(aside); "
            + "this is a new one. What was spent today may be more than is shown."
        ]))
    try await registry.keep(Samples.all)
    #expect(try await Registry.open(folder: folder.path).recall() == Samples.recollection)
    return aside
  }

  @Test(
    "A file that is no database is set aside byte by byte",
    arguments: [
      "x", "SQLite format 3\0 and then nothing of the kind",
      String(repeating: "no database at all ", count: 500),
    ])
  func noDatabase(text: String) async throws {
    let folder = try Folder()
    try folder.write(Data(text.utf8), to: "registry.sqlite")
    let aside = try await openDamaged(folder)
    #expect(folder.bytes(aside) == Data(text.utf8))
    #expect(aside.wholeMatch(of: /registry\.damaged-\d{8}-\d{6}\.sqlite/) != nil)
  }

  @Test("A database with broken pages is set aside byte by byte")
  func brokenPages() async throws {
    let folder = try Folder()
    try await fill(folder)
    var bytes = try #require(folder.bytes("registry.sqlite"))
    for offset in stride(from: 4_096, to: bytes.count, by: 7) { bytes[offset] ^= 0xA5 }
    try folder.write(bytes, to: "registry.sqlite")
    let aside = try await openDamaged(folder)
    #expect(folder.bytes(aside) == bytes)
  }

  @Test("requirement 3: a database cut short is set aside byte by byte")
  func cutShort() async throws {
    let folder = try Folder()
    try await fill(folder)
    let bytes = try #require(folder.bytes("registry.sqlite")).prefix(10_000)
    try folder.write(bytes, to: "registry.sqlite")
    let aside = try await openDamaged(folder)
    #expect(folder.bytes(aside) == Data(bytes))
  }

  @Test("The journal of a damaged file goes with it")
  func journal() async throws {
    let folder = try Folder()
    let journal = Data("a journal".utf8)
    try folder.write(Data(String(repeating: "damaged ", count: 99).utf8), to: "registry.sqlite")
    try folder.write(journal, to: "registry.sqlite-wal")
    let aside = try await openDamaged(folder)
    #expect(folder.bytes(aside + "-wal") == journal)
  }

  @Test("An empty file, as a full disk leaves it, becomes a registry")
  func emptyFile() async throws {
    let folder = try Folder()
    try folder.write(Data(), to: "registry.sqlite")
    #expect(try await Registry.open(folder: folder.path).recall() == Recollection())
    #expect(!folder.names.contains { $0.contains("damaged") })
  }

  @Test("A folder that cannot be made is an error and not a crash")
  func noFolder() throws {
    #expect(
      throws: RegistryError.unusable(
        path: "/dev/null/registry", reason: "the folder cannot be made: Not a directory")
    ) {
      try Registry.open(folder: "/dev/null/registry")
    }
  }

  /// A registry whose pages are all in the file and none in the journal.
  private func fill(_ folder: Folder) async throws {
    try await Registry.open(folder: folder.path).keep(
      (0..<300).map { .preference(name: "name \($0)", value: String(repeating: "v", count: 90)) })
    let database = try DatabaseQueue(path: folder.file)
    try await database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try database.close()
  }
}
