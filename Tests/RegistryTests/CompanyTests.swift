import Fleet
import Foundation
import Testing
import WorkerAPI

@testable import Registry

/// Several consoles on one registry.
@Suite struct CompanyTests {
  private let folder: Folder
  private let one: Registry
  private let other: Registry

  init() async throws {
    folder = try Folder()
    try await Registry.open(folder: folder.path).keep(Samples.all)
    one = try Registry.open(folder: folder.path, attending: true)
    other = try Registry.open(folder: folder.path, attending: true)
    _ = try await one.recall()
    _ = try await other.recall()
  }

  private func worker(_ id: String) -> KnownWorker {
    KnownWorker(id: id, instruction: "do \(id)", budget: .low, addedAt: 90)
  }

  @Test("One of them asks the server; when it leaves the other one does, and is told")
  func succession() async throws {
    let first = try #require(one.attendance)
    let second = try #require(other.attendance)
    #expect(first.leads && !second.leads)
    #expect(second.standing(of: first.id) == .other && first.standing(of: first.id) == .own)
    first.leave()
    var turns = second.succession.makeAsyncIterator()
    #expect(await turns.next() != nil)
    #expect(second.standing(of: first.id) == .gone)
    let third = try #require(
      try Registry.open(folder: folder.path, attending: true).attendance)
    #expect(!third.leads)
  }

  @Test("What one writes the other reads as the same changes, once, and nobody reads its own")
  func changes() async throws {
    var fresh = worker("wrk_new")
    fresh.schedules = [
      Schedule(id: "s", budget: .low, input: "in", kind: .cron("0 9 * * 1"), nextRunAt: 1_000)
    ]
    fresh.schedulesAt = 95
    fresh.email = "new@h"
    let charge = Charge(
      worker: "wrk_new", quarter: 3, budget: .low, spent: Spent(credits: 2), from: 2_700,
      until: 2_710)
    var counted = charge
    counted.worker = ""
    let memos: [Memo] = [
      .worker(fresh),
      .draft(Draft(subject: .followUp(worker: "wrk_new"), text: "t", cursor: 1, budget: .low)),
      .preference(name: "sort", value: "age"),
      .input(PastInput(text: "again", at: 99)),
      .run(RunCost(worker: "wrk_new", endedAt: 2_710, spent: Spent(credits: 2))),
      .download(KeptFile(worker: "wrk_new", file: "f", path: "/f", bytes: 1, at: 96)),
    ]
    try await one.keep(memos + [.charge(charge)])
    #expect(try await one.changes() == [])
    let heard = try await other.changes()
    #expect(heard == memos + [.charge(counted)])
    #expect(try await other.changes() == [])
    var emptied = Samples.drafts[0]
    emptied.text = ""
    emptied.cursor = 0
    try await other.keep([.draft(emptied), .forget("wrk_new")])
    try await other.keep([.charge(charge)])
    #expect(try await other.changes() == [])
    #expect(try await one.changes() == [.forget("wrk_new"), .draft(emptied), .charge(counted)])
  }

  @Test("Two that change the same worker do not undo each other, and a forgotten one stays so")
  func marks() async throws {
    try await one.keep([.worker(worker("a"))])
    _ = try await other.changes()
    var mine = worker("a")
    mine.isPinned = true
    var theirs = worker("a")
    theirs.isMarked = true
    theirs.lastSeen = "{}"
    theirs.lastSeenAt = 120
    try await one.keep([.revise(mine, .pin)])
    try await other.keep([.revise(theirs, [.mark, .figures])])
    var both = theirs
    both.isPinned = true
    #expect(try await one.changes() == [.revise(both, [.mark, .figures])])
    #expect(try await other.changes() == [.revise(both, .pin)])
    try await one.keep([.forget("a")])
    try await other.keep([.revise(theirs, .mark)])
    let ids = try await one.recall().workers.map(\.id)
    #expect(!ids.contains("a"))
  }

  @Test("An order is left to the console that sends it until that console is gone")
  func orders() async throws {
    let order = Intent(id: "mine", kind: .create, input: "in", budget: .low, madeAt: 97)
    try await one.keep([.intent(order)])
    #expect(try await other.changes() == [])
    let third = try Registry.open(folder: folder.path, attending: true)
    #expect(try await !third.recall().intents.contains(order))
    one.attendance?.leave()
    #expect(try await other.changes() == [.intent(order)])
    #expect(try await other.changes() == [])
    try await other.keep([.intent(order)])
    #expect(try await third.changes() == [], "taken over, and sent again")
    try await other.keep([.settled("mine")])
    #expect(try await third.changes() == [])
    #expect(try await Registry.open(folder: folder.path).recall().intents == Samples.intents)
  }

  @Test("A write is heard of in the other console")
  func heard() async throws {
    var words = try #require(other.attendance).memoryChanges.makeAsyncIterator()
    try await one.keep([.preference(name: "a", value: "b")])
    #expect(await words.next() != nil)
    #expect(try await other.changes() == [.preference(name: "a", value: "b")])
  }

  @Test("A damaged file is not set aside under another console", arguments: [true, false])
  func damaged(isCut: Bool) async throws {
    try RegistryFile(folder: folder.path).keepPrevious()
    let bytes = isCut ? Data() : Data(repeating: 0xA5, count: 10_000)
    for suffix in ["-wal", "-shm"] { unlink(folder.file + suffix) }
    try folder.write(bytes, to: "registry.sqlite")
    let names = folder.names
    #expect(
      throws: RegistryError.unusable(
        path: folder.file,
        reason: "it is damaged, and another console is open on it: quit that one and start again")
    ) {
      try Registry.open(folder: folder.path)
    }
    #expect(folder.names == names)
    #expect(folder.bytes("registry.sqlite") == bytes)
    one.attendance?.leave()
    other.attendance?.leave()
    let recollection = try await Registry.open(folder: folder.path).recall()
    #expect(recollection.workers == Samples.recollection.workers)
  }

  @Test("Where the folder takes no locks every console asks the server")
  func noLocks() {
    let attendance = Attendance(folder: "/nonexistent")
    #expect(attendance.leads && attendance.standing(of: 7) == .gone)
  }
}
