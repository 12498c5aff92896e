import Fleet
import WorkerAPI

/// Values with every field set, and with none that may be left out.
enum Samples {
  static let full = KnownWorker(
    id: "wrk_1", title: "Rex", instruction: "fetch\nthe \"stick\" 漢字 👍", budget: .high,
    addedAt: 1_700_000_000.25, isUnread: true, lastSeen: #"{"id":"wrk_1"}"#,
    lastSeenAt: 1_700_000_001.5)
  static let bare = KnownWorker(id: "wrk_2", instruction: "", budget: .other("free"), addedAt: 0)

  static let drafts = [
    Draft(subject: .newWorker, text: "a\n\tb", cursor: 3, budget: .low),
    Draft(subject: .followUp(worker: "wrk_1"), text: "go on", cursor: 0, budget: .standard),
    Draft(subject: .schedule(worker: "wrk_1"), text: "daily", cursor: 5, budget: .unlimited),
    Draft(subject: .followUp(worker: "wrk_2"), text: "and you", cursor: 7, budget: .other("x")),
  ]

  static let intents = [
    Intent(id: "i1", kind: .create, input: "new", budget: .low, madeAt: 1.5),
    Intent(id: "i2", kind: .continue, worker: "wrk_1", input: "", budget: .high, madeAt: 2),
    Intent(
      id: "i3", kind: .schedule, worker: "wrk_2", input: "s", budget: .standard, madeAt: 3,
      when: .once(1_800_000_000.125)),
    Intent(
      id: "i4", kind: .schedule, worker: "wrk_1", input: "s", budget: .low, madeAt: 4,
      when: .cron("*/5 * * * \"\\")),
    Intent(
      id: "i5", kind: .schedule, worker: "wrk_1", input: "s", budget: .low, madeAt: 5,
      when: .delayed(seconds: 90)),
    Intent(
      id: "i6", kind: .schedule, worker: "wrk_1", input: "s", budget: .low, madeAt: 6,
      when: .interval(seconds: 3_600)),
    Intent(
      id: "i7", kind: .schedule, worker: "wrk_1", input: "s", budget: .low, madeAt: 7,
      when: .other("lunar")),
    Intent(id: "i8", kind: .cancel, worker: "wrk_1", input: "sch_1", budget: .low, madeAt: 8),
  ]

  static let all: [Memo] =
    [.worker(full), .worker(bare)] + drafts.map(Memo.draft) + intents.map(Memo.intent)
    + [.preference(name: "theme", value: "nord"), .preference(name: "empty", value: "")]

  static let recollection = Recollection(
    workers: [full, bare], drafts: drafts, intents: intents,
    preferences: ["theme": "nord", "empty": ""])
}
