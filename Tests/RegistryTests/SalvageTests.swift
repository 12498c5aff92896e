import Fleet
import Foundation
import Testing
import WorkerAPI

@testable import Registry

@Suite struct SalvageTests {
  private func worker(_ number: Int) -> KnownWorker {
    KnownWorker(
      id: "wrk_\(number)", instruction: "look at \(number).", budget: .low,
      addedAt: Double(number), lastSeen: String(repeating: "x", count: 300),
      lastSeenAt: Double(number))
  }

  @Test(
    "One wrong number does not keep rows between two lost pages from being found",
    arguments: [
      "UPDATE sqlite_sequence SET seq = 1 << 39 WHERE name = 'worker'",
      """
      INSERT INTO worker (position, id, instruction, budget, addedAt, isUnread)
        VALUES (1 << 39, 'wrk_far', '', 'low', 0, 0)
      """,
    ])
  func wrongNumber(sql: String) async throws {
    let folder = try Folder()
    try await folder.add((0..<300).map { .worker(worker($0)) })
    try folder.change(sql)
    for number in [50, 250] { try folder.ruin(pageOf: "look at \(number).") }
    let workers = try await Registry.open(folder: folder.path).recall().workers
      .filter { $0.id != "wrk_far" }
    #expect(workers.map(\.id) == (0..<300).map { "wrk_\($0)" })
    let whole = workers.enumerated().filter { !$0.element.instruction.isEmpty }
    #expect(whole.map { $0.element } == whole.map { worker($0.offset) })
    #expect(whole.count > 270)
  }

  @Test("Rows are looked for around those that are known, whatever else a number says")
  func window() {
    let far = 1 << 39
    let windows = [
      Salvage.window(known: [], newest: nil), Salvage.window(known: [], newest: 7),
      Salvage.window(known: [], newest: far), Salvage.window(known: [1, 2, 9], newest: nil),
      Salvage.window(known: [1, 2, 9], newest: 12), Salvage.window(known: [1, 2, 9], newest: far),
      Salvage.window(known: [far, 1, 2, 9], newest: far),
      Salvage.window(known: [3, 250_000, 250_001], newest: 250_002),
    ]
    #expect(
      windows == [
        1...100_000, 1...7, 1...100_000, 1...9, 1...12, 1...9, 1...9, 150_002...250_002,
      ])
  }

  @Test("With the list and its index lost there is nothing of it, and the rest is there")
  func lostList() async throws {
    let folder = try Folder()
    try await folder.add(Samples.all)
    try folder.ruin("worker")
    try folder.ruin("sqlite_autoindex_worker_1")
    var expected = Samples.recollection
    expected.workers = []
    var recollection = try await Registry.open(folder: folder.path).recall()
    recollection.notices = []
    #expect(recollection == expected)
  }
}
