import Fleet
import WorkerAPI

/// Values with every field set, and with none that may be left out.
enum Samples {
  static let full = KnownWorker(
    id: "wrk_1", title: "Rex", instruction: "fetch\nthe \"stick\" 漢字 👍", budget: .high,
    addedAt: 1_700_000_000.25, isUnread: true, isPinned: true, isArchived: true, isMarked: true,
    account: Account(
      booked: Spent(credits: 1.25), at: 1_700_000_001,
      settled: Account.Settled(runs: 2, total: Spent(dollars: 0.5), seconds: 12.5)),
    lastSeen: #"{"id":"wrk_1"}"#,
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
    + [.charge(charge), .charge(charge), .run(run), .download(file), .input(input)]

  static let charge = Charge(
    worker: "wrk_1", quarter: 1_888_888, budget: .high, spent: Spent(credits: 0.5, dollars: 0.25),
    from: 1_699_999_200, until: 1_699_999_260)
  static let run = RunCost(
    worker: "wrk_1", endedAt: 1_700_000_000, spent: Spent(credits: 3), seconds: 61.5)
  static let file = KeptFile(
    worker: "wrk_1", file: "a b.csv", path: "/tmp/a b.csv", bytes: 12, digest: "9f86",
    at: 1_700_000_002)
  static let input = PastInput(text: "fetch\nthe stick", at: 1_700_000_003)

  static let recollection = {
    var all = Recollection(
      workers: [full, bare], drafts: drafts, intents: intents,
      preferences: ["theme": "nord", "empty": ""])
    var twice = charge
    twice.worker = ""
    twice.spent = Spent(credits: 1, dollars: 0.5)
    all.charges = [twice]
    all.runs = [run]
    all.downloads = [file]
    all.inputs = [input]
    return all
  }()
}
