import Fleet
import Foundation
import Testing
import WorkerAPI

@testable import Registry

@Suite struct SettingAsideTests {
  private typealias Step = SettingAside.Step

  /// A kill after so many steps, with or without second names of files.
  struct Kill: Sendable {
    var steps: Int
    var hasLinks: Bool
  }

  private static let kills = (0...Step.allCases.count).flatMap { steps in
    [true, false].map { Kill(steps: steps, hasLinks: $0) }
  }

  /// 2026-01-31 23:59:59 UTC
  private let start = 1_769_903_999
  private let late = KnownWorker(id: "wrk_3", instruction: "late", budget: .low, addedAt: 9)

  /// A damaged registry whose last worker is in the journal only, with a copy of before.
  private func damaged() async throws -> Folder {
    let (whole, folder) = (try Folder(), try Folder())
    try await whole.add(Samples.all)
    try RegistryFile(folder: whole.path, now: start).keepPrevious()
    let registry = try Registry.open(folder: whole.path)
    try await registry.keep([.worker(late)])
    for name in whole.names where !name.hasSuffix("-wal") && !name.hasSuffix("-shm") {
      try folder.write(try #require(whole.bytes(name)), to: name)
    }
    try folder.ruin("runOfWorker")
    for suffix in ["-wal", "-shm"] { unlink(folder.file + suffix) }
    try folder.write(try #require(whole.bytes("registry.sqlite-wal")), to: "registry.sqlite-wal")
    #expect(registry.refusal == nil)
    return folder
  }

  @Test("A kill while a file is set aside loses nothing of it", arguments: kills)
  func kill(kill: Kill) async throws {
    let folder = try await damaged()
    let (file, journal) = (folder.bytes("registry.sqlite"), folder.bytes("registry.sqlite-wal"))
    let prepared = try RegistryFile(folder: folder.path, now: start + 86_400).prepareRecovery()
    var steps = try #require(prepared).0
    if !kill.hasLinks {
      steps.link = { _, _ in
        errno = EPERM
        return -1
      }
    }
    for step in Step.allCases.prefix(kill.steps) { try steps.take(step) }
    let registry = try RegistryFile(folder: folder.path, now: start + 86_400).open()
    #expect(
      try await registry.recall().workers == [Samples.full, Samples.bare, late])
    let aside = "registry.damaged-20260201-235959.sqlite"
    #expect(
      folder.names.filter { $0.contains("damaged") } == [aside, aside + "-wal"])
    #expect(folder.bytes(aside) == file)
    #expect(folder.bytes(aside + "-wal") == journal)
    #expect(!folder.names.contains { $0.contains(".part") })
  }

  @Test("A file that is sound without its journal is not taken for sound after such a kill")
  func soundWithoutJournal() async throws {
    let folder = try await damaged()
    let whole = try #require(folder.bytes("registry.previous-20260131-235959.sqlite"))
    try folder.write(whole, to: "registry.sqlite")
    let file = RegistryFile(folder: folder.path, now: start + 86_400)
    let steps = SettingAside(
      file: file, aside: folder.path + "/registry.damaged-20260201-235959.sqlite", draft: nil)
    for step in [Step.nameFile, .nameJournals, .dropJournals] { try steps.take(step) }
    #expect(throws: RegistryError.damaged(path: folder.file)) {
      try Registry.read(folder: folder.path)
    }
    #expect(
      try Registry.check(folder: folder.path).faults
        == ["a start that set it aside was cut off; the next one goes on with it"])
    let notices = try await file.open().recall().notices
    #expect(notices.first?.hasPrefix("The registry could not be read. It was set aside") == true)
  }
}
