import Fleet
import Foundation
import Testing
import WorkerAPI

@testable import Registry

/// What of the copy and what of the damaged file a restored registry has.
@Suite struct RestoreTests {
  /// 2026-01-31 23:59:59 UTC
  private let start = 1_769_903_999
  private let folder: Folder

  /// A registry with everything in it, and the copy of it.
  init() async throws {
    folder = try Folder()
    try await folder.add(Samples.all)
    try RegistryFile(folder: folder.path, now: start).keepPrevious()
  }

  private func recall() async throws -> Recollection {
    try await RegistryFile(folder: folder.path, now: start + 172_801).open().recall()
  }

  /// The sentence of the operator, with what was read and what is in doubt.
  private func notice(_ found: String, _ doubts: String = "") -> String {
    "The registry could not be read. It was set aside as \(folder.path)/"
      + "registry.damaged-20260203-000000.sqlite; this is the copy of 2026-01-31 23:59 UTC."
      + (found.isEmpty ? "" : " Also read from the damaged file: \(found).")
      + " Workers that were added after it may be missing, forgotten ones may be back: "
      + "'signalbox registry adopt' takes ids." + doubts
  }

  private let unbooked = " What was spent today may be more than is shown."

  @Test("What was written after the copy is back from the damaged file, and nothing twice")
  func later() async throws {
    var renamed = Samples.full
    renamed.title = "Rex II"
    renamed.isPinned = false
    renamed.isArchived = false
    renamed.isUnread = false
    renamed.account?.booked = Spent(credits: 2.25)
    let added = KnownWorker(
      id: "wrk_3", instruction: "new", budget: .low, addedAt: 5,
      account: Account(booked: Spent(credits: 4), at: 1_700_000_900))
    var draft = Samples.drafts[1]
    draft.text = "go on and on"
    var grown = Samples.charge
    grown.spent = Spent(credits: 1)
    try await folder.add([
      .worker(renamed), .worker(added), .draft(draft), .charge(grown),
      .charge(
        Charge(
          worker: "wrk_3", quarter: 1_888_889, budget: .low, spent: Spent(credits: 4),
          from: 1_700_000_100, until: 1_700_000_900)),
      .run(RunCost(worker: "wrk_3", endedAt: 1_700_000_900, spent: Spent(credits: 4))),
      .input(PastInput(text: "again", at: 1_700_000_800)),
      .input(PastInput(text: Samples.input.text, at: 1_700_000_801)),
      .download(KeptFile(worker: "wrk_3", file: "f", path: "/f", bytes: 1, at: 1_700_000_901)),
      .preference(name: "theme", value: "okabe"),
    ])
    var expected = try await Registry.open(folder: folder.path).recall()
    try folder.change("")
    try folder.ruin("runOfWorker")
    expected.notices = [
      notice("2 workers, 1 draft, 2 charges, 1 run, 2 inputs, 1 download, 1 setting")
    ]
    #expect(try await recall() == expected)
  }

  @Test("Of a worker that can be read in part the copy has the rest")
  func partial() async throws {
    let words = (0..<1_000).map { "word \($0 + 1_000)" }.joined(separator: " ")
    var long = Samples.full
    long.title = "Rex II"
    long.isPinned = false
    long.lastSeen = words
    try await folder.add([.worker(long)])
    try folder.ruin(pageOf: "word 1300")
    var expected = Samples.recollection
    expected.workers[0].title = "Rex II"
    expected.notices = [notice("1 worker")]
    #expect(try await recall() == expected)
  }

  @Test("An empty field of the damaged file leaves what the copy has, as a bare id does")
  func emptyFields() async throws {
    try folder.change(
      "UPDATE worker SET title = NULL, instruction = '', account = NULL, lastSeen = NULL,"
        + " lastSeenAt = NULL")
    try folder.ruin("runOfWorker")
    var expected = Samples.recollection
    expected.notices = [notice("")]
    #expect(try await recall() == expected)
    try folder.change("")
    try RegistryFile(folder: folder.path, now: start + 200_000).keepPrevious()
    try folder.ruin("worker")
    #expect(
      try await RegistryFile(folder: folder.path, now: start + 200_001).open().recall().workers
        == Samples.recollection.workers)
  }

  @Test("What was spent is booked once, whatever could be read of the worker")
  func books() async throws {
    try await folder.add([
      .revise(
        {
          var grown = Samples.full
          grown.account?.booked = Spent(credits: 3.25)
          return grown
        }(), .figures),
      .worker(KnownWorker(id: "wrk_3", instruction: "new", budget: .low, addedAt: 5)),
      .charge(
        Charge(
          worker: "wrk_1", quarter: 1_888_889, budget: .high, spent: Spent(credits: 2),
          from: 1_700_000_100, until: 1_700_000_900)),
      .charge(
        Charge(
          worker: "wrk_3", quarter: 1_888_889, budget: .low, spent: Spent(credits: 4),
          from: 1_700_000_100, until: 1_700_000_800)),
      .run(
        RunCost(
          worker: "wrk_1", endedAt: 1_700_000_900, spent: Spent(credits: 2), seconds: 7.5)),
    ])
    try folder.ruin("worker")
    let recollection = try await recall()
    var known = Samples.full
    known.account = Account(
      booked: Spent(credits: 3.25), at: 1_700_000_900,
      settled: Account.Settled(
        runs: 3, total: Spent(credits: 2, dollars: 0.5), seconds: 20))
    let bare = KnownWorker(
      id: "wrk_3", instruction: "", budget: .standard, addedAt: Double(start + 172_801),
      account: Account(booked: Spent(credits: 4), at: 1_700_000_800))
    #expect(recollection.workers == [known, Samples.bare, bare])
    #expect(recollection.charges.map(\.spent.credits).reduce(0, +) == 7)
    #expect(recollection.notices == [notice("1 worker, 2 charges, 1 run")])
  }

  @Test("Where the books cannot be read to their end, the operator is told")
  func unreadBooks() async throws {
    try folder.ruin("charge")
    var expected = Samples.recollection
    expected.notices = [notice("", unbooked)]
    #expect(try await recall() == expected)
  }

  @Test("An order that was settled after the copy stays settled where the journal can be read")
  func settled() async throws {
    try await folder.add([.settled("i1"), .settled("i4")])
    try folder.ruin("runOfWorker")
    var expected = Samples.recollection
    expected.intents.removeAll { ["i1", "i4"].contains($0.id) }
    expected.notices = [notice("")]
    #expect(try await recall() == expected)
  }

  @Test(
    "Where it cannot, or a row of it is not known here, the orders of the copy are in doubt",
    arguments: [true, false])
  func unreadJournal(isRuined: Bool) async throws {
    try await folder.add([.settled("i1")])
    if isRuined {
      try folder.ruin("intent")
    } else {
      try folder.change("UPDATE intent SET kind = 'pause' WHERE id = 'i4'")
      try folder.ruin("runOfWorker")
    }
    let doubtful = isRuined ? 8 : 2
    var expected = Samples.recollection
    expected.notices = [
      notice(
        "",
        " \(doubtful) orders of the copy may have been settled since: look before you send again.")
    ]
    #expect(try await recall() == expected)
  }
}
