import Fleet
import Foundation
import GRDB
import Testing
import WorkerAPI

@testable import Registry

@Suite struct RecoveryTests {
  /// 2026-01-31 23:59:59 UTC
  private let start = 1_769_903_999
  private let day = 86_400

  /// What becomes of a file's bytes.
  enum Damage: String, CaseIterable, Sendable {
    case cutInHalf, cutToHundredBytes, cutToNothing, firstPageZeroed, random

    func applied(to bytes: Data) -> Data {
      switch self {
      case .cutInHalf: Data(bytes.prefix(bytes.count / 2))
      case .cutToHundredBytes: Data(bytes.prefix(100))
      case .cutToNothing: Data()
      case .firstPageZeroed: Data(count: 4_096) + bytes.dropFirst(4_096)
      case .random: Data((0..<bytes.count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 7) })
      }
    }

    var sentence: String {
      self == .cutToNothing ? "The registry was empty." : "The registry could not be read."
    }
  }

  private func worker(_ number: Int) -> KnownWorker {
    KnownWorker(
      id: "wrk_\(number)", title: "Rex \(number)", instruction: "look at \(number).", budget: .low,
      addedAt: Double(number),
      lastSeen: String(repeating: "x", count: number % 5 == 0 ? 9_000 : 300),
      lastSeenAt: Double(number))
  }

  /// Adds entries to the registry and leaves all of its pages in the file.
  private func add(_ memos: [Memo], to folder: Folder) async throws {
    try await Registry.open(folder: folder.path).keep(memos)
    let database = try DatabaseQueue(path: folder.file)
    try await database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try database.close()
  }

  private func add(_ numbers: Range<Int>, to folder: Folder) async throws {
    try await add(numbers.map { .worker(worker($0)) }, to: folder)
  }

  private func aside(_ folder: Folder) -> String {
    folder.path + "/registry.damaged-20260203-000000.sqlite"
  }

  /// Opens it three days after the start.
  private func open(_ folder: Folder) async throws -> Recollection {
    let registry = try RegistryFile(folder: folder.path, now: start + 2 * day + 1).open()
    #expect(registry.refusal == nil)
    return try await registry.recall()
  }

  private let missing =
    " Workers that were added after it may be missing, forgotten ones may be back: "
    + "'signalbox registry adopt' takes ids."
  private let unbooked = " What was spent today may be more than is shown."

  @Test(
    "requirement 3: after any damage the workers of the copy are there",
    arguments: Damage.allCases)
  func copy(damage: Damage) async throws {
    let folder = try Folder()
    try await add(0..<200, to: folder)
    let path = try RegistryFile(folder: folder.path, now: start).keepPrevious()
    let kept = try #require(path)
    let copy = try #require(FileManager.default.contents(atPath: kept))
    let bytes = try #require(folder.bytes("registry.sqlite"))
    let damaged = damage.applied(to: bytes)
    try folder.write(damaged, to: "registry.sqlite")
    let recollection = try await open(folder)
    #expect(recollection.workers == (0..<200).map(worker))
    #expect(
      recollection.notices == [
        damage.sentence + " It was set aside as \(aside(folder)); "
          + "this is the copy of 2026-01-31 23:59 UTC." + missing
          + (damage == .cutInHalf ? "" : unbooked)
      ])
    #expect(FileManager.default.contents(atPath: aside(folder)) == damaged)
    #expect(FileManager.default.contents(atPath: kept) == copy)
    #expect(try folder.permissions("registry.sqlite") == 0o600)
    #expect(!folder.names.contains { $0.contains(".part") })
    try await add(200..<201, to: folder)
    let again = try await Registry.open(folder: folder.path).recall()
    #expect(again.workers == (0..<201).map(worker))
    #expect(again.notices == [])
  }

  @Test("requirement 3: with a page of the list no id is lost, and what was typed since is there")
  func page() async throws {
    let folder = try Folder()
    try await add(0..<100, to: folder)
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
    try await add(100..<300, to: folder)
    try await add([.draft(Samples.drafts[0]), .intent(Samples.intents[0])], to: folder)
    var damaged = try #require(folder.bytes("registry.sqlite"))
    let place = try #require(damaged.range(of: Data("look at 251.".utf8)))
    let page = place.lowerBound / 4_096 * 4_096
    damaged.replaceSubrange(page..<(page + 4_096), with: Data(repeating: 0xFF, count: 4_096))
    try folder.write(damaged, to: "registry.sqlite")
    let recollection = try await open(folder)
    let bare = KnownWorker(
      id: "wrk_251", instruction: "", budget: .standard, addedAt: Double(start + 2 * day + 1))
    #expect(recollection.workers.map(\.id) == (0..<300).map { "wrk_\($0)" })
    #expect(recollection.workers.first(where: { $0.id == bare.id }) == bare)
    let whole = recollection.workers.enumerated().filter { !$0.element.instruction.isEmpty }
    #expect(whole.map { $0.element } == whole.map { worker($0.offset) })
    #expect(whole.count > 270)
    #expect(recollection.drafts == [Samples.drafts[0]])
    #expect(recollection.intents == [Samples.intents[0]])
    #expect(
      recollection.notices == [
        "The registry could not be read. It was set aside as \(aside(folder)); this is the copy of "
          + "2026-01-31 23:59 UTC. Also read from the damaged file: 200 workers, 1 draft, 1 order."
          + missing
      ])
    #expect(FileManager.default.contents(atPath: aside(folder)) == damaged)
  }

  @Test("Without a copy the new registry has what can still be read")
  func noCopy() async throws {
    let folder = try Folder()
    try await add(0..<100, to: folder)
    let bytes = try #require(folder.bytes("registry.sqlite"))
    let damaged = Damage.cutInHalf.applied(to: bytes)
    try folder.write(damaged, to: "registry.sqlite")
    let recollection = try await open(folder)
    // The index of a hundred ids is one page near the beginning.
    #expect(recollection.workers.map(\.id) == (0..<100).map { "wrk_\($0)" })
    let whole = recollection.workers.enumerated().filter { $0.element.lastSeen != nil }
    #expect(whole.map { $0.element } == whole.map { worker($0.offset) })
    #expect((10..<90).contains(whole.count))
    #expect(
      recollection.notices == [
        "The registry could not be read. It was set aside as \(aside(folder)); this is a new one "
          + "with what could still be read: 100 workers. Other workers may be missing: "
          + "'signalbox registry adopt' takes ids."
      ])
    #expect(FileManager.default.contents(atPath: aside(folder)) == damaged)
  }

  @Test("A copy that is damaged too is passed over for the one before")
  func olderCopy() async throws {
    let folder = try Folder()
    try await add(0..<50, to: folder)
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
    try await add(50..<60, to: folder)
    let path = try RegistryFile(folder: folder.path, now: start + day).keepPrevious()
    let newest = try #require(path)
    let bytes = try #require(FileManager.default.contents(atPath: newest))
    let ruined = Damage.cutInHalf.applied(to: bytes)
    try ruined.write(to: URL(fileURLWithPath: newest))
    try folder.write(Damage.random.applied(to: bytes), to: "registry.sqlite")
    let recollection = try await open(folder)
    #expect(recollection.workers == (0..<50).map(worker))
    #expect(recollection.notices.first?.contains("the copy of 2026-01-31 23:59 UTC.") == true)
    #expect(FileManager.default.contents(atPath: newest) == ruined)
  }

  @Test("A copy from before a migration counts too, and is brought up to date")
  func beforeMigration() async throws {
    let folder = try Folder()
    let database = try DatabaseQueue(path: folder.file)
    try await database.write { try $0.execute(sql: Fixture.version1) }
    try database.close()
    _ = try await RegistryFile(folder: folder.path, now: start).open().recall()
    for name in folder.names where name.hasPrefix("registry.sqlite-") {
      try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    }
    try folder.write(Data("no database".utf8), to: "registry.sqlite")
    let recollection = try await open(folder)
    #expect(recollection.workers.map(\.id) == ["wrk_9"])
    #expect(
      recollection.notices == [
        "The registry could not be read. It was set aside as \(aside(folder)); "
          + "this is the copy of 2026-01-31 23:59 UTC." + missing
          + " 1 order of the copy may have been settled since: look before you send again."
          + unbooked
      ])
    #expect(try Registry.check(folder: folder.path).schema == "v5")
    #expect(folder.names.filter { $0.contains("before") }.count == 1)
  }

  @Test("A registry that was moved away begins anew, whatever copies there are")
  func movedAway() async throws {
    let folder = try Folder()
    try await add(0..<5, to: folder)
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
    for name in folder.names where name.hasPrefix("registry.sqlite") {
      try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    }
    #expect(try await open(folder) == Recollection())
  }
}
