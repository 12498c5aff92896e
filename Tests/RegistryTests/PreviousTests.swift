import Fleet
import Foundation
import GRDB
import Support
import Synchronization
import Testing

@testable import Registry

@Suite struct PreviousTests {
  /// 2026-01-31 23:59:59 UTC
  private let start = 1_769_903_999
  private let day = 86_400

  private func previous(_ folder: Folder) -> [String] {
    folder.names.filter { $0.hasPrefix("registry.previous-") }
  }

  /// A folder with a registry that is open, so that its entries are in the journal.
  private func filled() async throws -> (Folder, Registry) {
    let folder = try Folder()
    let registry = try Registry.open(folder: folder.path)
    try await registry.keep(Samples.all)
    return (folder, registry)
  }

  @Test("requirement 3: of a registry with workers an equal copy is kept, for this user only")
  func copy() async throws {
    let (folder, registry) = try await filled()
    let copy = "registry.previous-20260131-235959.sqlite"
    let kept = try RegistryFile(folder: folder.path, now: start).keepPrevious()
    #expect(kept == folder.path + "/" + copy)
    #expect(folder.names.filter { !$0.hasPrefix("registry.sqlite") } == [copy])
    #expect(try folder.permissions(copy) == 0o600)
    let there = Registry(database: try DatabaseQueue(path: folder.path + "/" + copy), path: copy)
    #expect(try await there.recall() == Samples.recollection)
    #expect(try await registry.recall() == Samples.recollection)
    #expect(try Registry.check(folder: folder.path).copies == [copy])
  }

  @Test("A second copy is kept after a day and not before, and the newest two stay")
  func daily() async throws {
    let (folder, registry) = try await filled()
    let others = [
      "registry.before-v2-20200101-000000.sqlite", "registry.damaged-20200101-000000.sqlite",
    ]
    for name in others { try folder.write(Data("x".utf8), to: name) }
    var days: [String] = []
    for seconds in [0, day - 1, day, 2 * day - 1, 2 * day] {
      try RegistryFile(folder: folder.path, now: start + seconds).keepPrevious()
      days.append(
        previous(folder).map { String($0.dropFirst(18).prefix(8)) }.joined(separator: " "))
    }
    #expect(
      days == [
        "20260131", "20260131", "20260131 20260201", "20260131 20260201", "20260201 20260202",
      ])
    #expect(Set(folder.names).isSuperset(of: others))
    #expect(registry.refusal == nil)
  }

  @Test("A copy of the future, as of a clock that was wrong, does not stand in the way")
  func future() async throws {
    let (folder, registry) = try await filled()
    let wrong = ["0101", "0102"].map { "registry.previous-2099\($0)-000000.sqlite" }
    for name in wrong { try folder.write(Data("x".utf8), to: name) }
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
    #expect(previous(folder) == ["registry.previous-20260131-235959.sqlite", wrong[1]])
    try RegistryFile(folder: folder.path, now: start + 1).keepPrevious()
    #expect(previous(folder) == ["registry.previous-20260131-235959.sqlite", wrong[1]])
    #expect(registry.refusal == nil)
  }

  @Test("Without workers and without a file there is no copy")
  func nothingToKeep() async throws {
    let folder = try Folder()
    #expect(try RegistryFile(folder: folder.path).keepPrevious() == nil)
    #expect(folder.names == [])
    try await Registry.open(folder: folder.path).keep([.preference(name: "theme", value: "nord")])
    #expect(try RegistryFile(folder: folder.path).keepPrevious() == nil)
    #expect(previous(folder) == [])
  }

  @Test("Of a damaged registry no copy is kept, and a sentence says so")
  func damaged() throws {
    let folder = try Folder()
    try folder.write(Data("no database".utf8), to: "registry.sqlite")
    #expect(
      RegistryFile(folder: folder.path).previousFailure()
        == "no previous copy of the registry could be kept: it is damaged")
    #expect(folder.names == ["registry.sqlite"])
  }

  @Test("A console that is open for days keeps a copy each day, until it is left")
  func openForDays() async throws {
    let (folder, registry) = try await filled()
    let clock = ManualClock()
    let task = Task {
      await registry.keepPreviousDaily(clock: clock) { Issue.record("\($0)") }
    }
    for _ in 1...3 {
      await clock.sleeping(1)
      #expect(clock.sleeps == [3_600])
      // By the machine's own clock the next copy would not be due.
      let copies = previous(folder)
      #expect(copies.count == 1)
      for name in copies { unlink("\(folder.path)/\(name)") }
      clock.advance(by: 3_600)
    }
    await clock.sleeping(1)
    task.cancel()
    await task.value
  }

  @Test("A copy that fails hour by hour is told once, and again after one that was kept")
  func failing() async throws {
    let (folder, registry) = try await filled()
    let clock = ManualClock()
    let told = Mutex<[String]>([])
    let task = Task {
      await registry.keepPreviousDaily(clock: clock) { reason in
        told.withLock { $0.append(reason) }
      }
    }
    let bytes = try #require(folder.bytes("registry.sqlite"))
    let damaged = "no previous copy of the registry could be kept: it is damaged"
    var counts: [Int] = []
    for isDamaged in [true, true, false, true] {
      await clock.sleeping(1)
      for name in previous(folder) { unlink("\(folder.path)/\(name)") }
      try folder.write(isDamaged ? Data("no database".utf8) : bytes, to: "registry.sqlite")
      clock.advance(by: 3_600)
      await clock.sleeping(1)
      counts.append(told.withLock { $0.count })
    }
    #expect(counts == [1, 1, 1, 2])
    #expect(told.withLock { $0 } == [damaged, damaged])
    task.cancel()
    await task.value
  }

  @Test("Consoles that keep a copy at once keep one")
  func together() async throws {
    let (folder, registry) = try await filled()
    let (path, now) = (folder.path, start)
    let kept = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<4 {
        group.addTask { try RegistryFile(folder: path, now: now).keepPrevious() }
      }
      return try await group.reduce(into: [String]()) { paths, copy in
        if let copy { paths.append(copy) }
      }
    }
    #expect(kept == [folder.path + "/registry.previous-20260131-235959.sqlite"])
    #expect(
      folder.names.filter { !$0.hasPrefix("registry.sqlite") }
        == ["registry.previous-20260131-235959.sqlite"])
    #expect(registry.refusal == nil)
  }

  @Test("Drafts that a kill left behind go after a day")
  func drafts() async throws {
    let (folder, registry) = try await filled()
    let old = "registry.previous-20260130-235959.sqlite.1.part"
    let young = "registry.previous-20260131-000000.sqlite.2.part"
    for name in [old, young] { try folder.write(Data("x".utf8), to: name) }
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
    #expect(previous(folder) == [young, "registry.previous-20260131-235959.sqlite"])
    #expect(registry.refusal == nil)
  }

  @Test("An open registry keeps its copy beside its work; one in memory or only read keeps none")
  func registry() async throws {
    let (folder, registry) = try await filled()
    #expect(try await Registry.read(folder: folder.path).keepPrevious() == nil)
    #expect(try await Registry.inMemory().keepPrevious() == nil)
    #expect(previous(folder) == [])
    #expect(await registry.keepPrevious() == nil)
    #expect(previous(folder).count == 1)
    #expect(await registry.keepPrevious() == nil)
    #expect(previous(folder).count == 1)
  }
}
