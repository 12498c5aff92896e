import Fleet
import GRDB
import WorkerAPI

/// What this program last knew of the file, to tell what others wrote from what it wrote itself.
struct Baseline {
  /// The newest change that is known.
  var stamp: Int
  /// Without their answers, which are told apart by their times.
  private var workers: [String: KnownWorker] = [:]
  private var drafts: [Draft.Subject: Draft] = [:]
  private var preferences: [String: String]
  private var inputs: [String: Double] = [:]
  private var runs: [String: Double] = [:]
  private var charges: [Slot: Spent] = [:]
  /// Orders that this console knows: its own, and those of consoles that are gone.
  private var intents: Set<String>
  /// Orders of consoles that are still there.
  private var foreign: Set<String>

  private struct Slot: Hashable {
    var quarter: Int
    var budget: Budget
  }

  init(_ recollection: Recollection, foreign: Set<String>, stamp: Int) {
    self.stamp = stamp
    self.foreign = foreign
    preferences = recollection.preferences
    intents = Set(recollection.intents.map(\.id))
    for worker in recollection.workers { note(worker) }
    for draft in recollection.drafts { drafts[draft.subject] = draft }
    for input in recollection.inputs { inputs[input.text] = input.at }
    for run in recollection.runs { note(.run(run)) }
    for charge in recollection.charges { note(.charge(charge)) }
  }

  /// What this program wrote.
  mutating func note(_ memo: Memo) {
    switch memo {
    case .worker(let worker): note(worker)
    case .revise(let worker, let fields):
      workers[worker.id]?.take(fields, of: worker)
      workers[worker.id]?.lastSeen = nil
    case .forget(let id):
      workers[id] = nil
      runs[id] = nil
      drafts[.followUp(worker: id)] = nil
      drafts[.schedule(worker: id)] = nil
    case .draft(let draft): drafts[draft.subject] = draft.text.isEmpty ? nil : draft
    case .intent(let intent): intents.insert(intent.id)
    case .settled(let id): intents.remove(id)
    case .charge(let charge):
      let slot = Slot(quarter: charge.quarter, budget: charge.budget)
      charges[slot] = (charges[slot] ?? Spent()) + charge.spent
    case .run(let run): runs[run.worker] = max(runs[run.worker] ?? run.endedAt, run.endedAt)
    case .download: break
    case .input(let input): inputs[input.text] = input.at
    case .preference(let name, let value): preferences[name] = value
    }
  }

  private mutating func note(_ worker: KnownWorker) {
    workers[worker.id] = worker
    workers[worker.id]?.lastSeen = nil
  }

  /// Orders that wait for their console's end make every look a look at all orders.
  mutating func changes(
    _ database: Database, standing: (Int) -> Attendance.Standing
  ) throws -> [Memo] {
    let newest = try Self.stamp(database)
    guard newest != stamp || !foreign.isEmpty else { return [] }
    let changed = try Row.fetchAll(
      database, sql: "SELECT kind, name FROM change WHERE stamp > ? ORDER BY stamp",
      arguments: [stamp])
    var names: [String: [String]] = [:]
    for row in changed.map({ Cells($0) }) {
      guard let kind = row.text("kind"), let name = row.text("name") else { continue }
      names[kind, default: []].append(name)
    }
    var memos = try workerChanges(database, names["worker"] ?? [])
    if names["draft"] != nil { memos += try draftChanges(database) }
    if names["preference"] != nil { memos += try preferenceChanges(database) }
    if names["input"] != nil { memos += try inputChanges(database) }
    for worker in names["run"] ?? [] { memos += try runChanges(database, worker) }
    for worker in names["download"] ?? [] {
      let files = try Row.fetchAll(
        database, sql: "SELECT * FROM download WHERE worker = ?", arguments: [worker])
      memos += files.compactMap { KeptFile(Cells($0)).map(Memo.download) }
    }
    for quarter in (names["charge"] ?? []).compactMap(Int.init) {
      memos += try chargeChanges(database, quarter)
    }
    if names["intent"] != nil || !foreign.isEmpty {
      memos += try intentChanges(database, standing)
    }
    stamp = newest
    return memos
  }

  /// The newest stamp of the file; none in one of an older program, which is only read.
  static func stamp(_ database: Database) throws -> Int {
    guard try database.tableExists("change") else { return 0 }
    // Kept, for it is asked twice with each write.
    let newest = try database.cachedStatement(sql: "SELECT max(stamp) FROM change")
    return try Int.fetchOne(newest) ?? 0
  }
}

extension Baseline {
  private mutating func workerChanges(_ database: Database, _ ids: [String]) throws -> [Memo] {
    guard !ids.isEmpty else { return [] }
    var gone = Set(ids)
    var memos: [Memo] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT worker.* FROM change CROSS JOIN worker ON worker.id = change.name
        WHERE change.kind = 'worker' AND change.stamp > ? ORDER BY worker.position
        """,
      arguments: [stamp])
    while let row = try rows.next() {
      guard let worker = KnownWorker(Cells(row)) else { continue }
      gone.remove(worker.id)
      if let known = workers[worker.id] {
        let fields = worker.differences(from: known)
        if !fields.isEmpty { memos.append(.revise(worker, fields)) }
      } else {
        memos.append(.worker(worker))
      }
      note(worker)
    }
    for id in ids where gone.contains(id) && workers[id] != nil {
      note(.forget(id))
      memos.append(.forget(id))
    }
    return memos
  }

  private mutating func draftChanges(_ database: Database) throws -> [Memo] {
    let there = try Row.fetchAll(database, sql: "SELECT * FROM draft ORDER BY position")
      .compactMap { Draft(Cells($0)) }
    let subjects = Set(there.map(\.subject))
    let emptied = drafts.values.filter { !subjects.contains($0.subject) }
      .map { Draft(subject: $0.subject, text: "", cursor: 0, budget: $0.budget) }
    let changed = there.filter { drafts[$0.subject] != $0 } + emptied
    for draft in changed { note(.draft(draft)) }
    return changed.map(Memo.draft)
  }

  private mutating func preferenceChanges(_ database: Database) throws -> [Memo] {
    let there = try Row.fetchAll(database, sql: "SELECT * FROM preference ORDER BY name")
      .compactMap { Rows.preference(Cells($0)) }
    let changed = there.filter { preferences[$0.0] != $0.1 }
    for (name, value) in changed { preferences[name] = value }
    return changed.map(Memo.preference)
  }

  private mutating func inputChanges(_ database: Database) throws -> [Memo] {
    let there = try Row.fetchAll(database, sql: "SELECT * FROM input ORDER BY position")
      .compactMap { PastInput(Cells($0)) }
    let changed = there.filter { inputs[$0.text] != $0.at }
    inputs = Dictionary(there.map { ($0.text, $0.at) }) { first, _ in first }
    return changed.map(Memo.input)
  }

  private mutating func runChanges(_ database: Database, _ worker: String) throws -> [Memo] {
    let known = runs[worker] ?? -.infinity
    let fresh = try Row.fetchAll(
      database, sql: "SELECT * FROM run WHERE worker = ? AND endedAt > ? ORDER BY position",
      arguments: [worker, known]
    ).compactMap { RunCost(Cells($0)) }
    for run in fresh { note(.run(run)) }
    return fresh.map(Memo.run)
  }

  /// What the sums of one quarter of an hour grew by; smaller than any digit is rounding.
  private mutating func chargeChanges(_ database: Database, _ quarter: Int) throws -> [Memo] {
    let sums = try Rows.charges(database, from: quarter, through: quarter)
    return sums.compactMap { sum in
      let slot = Slot(quarter: sum.quarter, budget: sum.budget)
      let growth = sum.spent - (charges[slot] ?? Spent())
      guard max(abs(growth.credits), abs(growth.dollars)) > 1e-9 else { return nil }
      charges[slot] = sum.spent
      var charge = sum
      charge.spent = growth
      return .charge(charge)
    }
  }

  private mutating func intentChanges(
    _ database: Database, _ standing: (Int) -> Attendance.Standing
  ) throws -> [Memo] {
    let before = intents
    foreign = []
    var there: Set<String> = []
    var memos: [Memo] = []
    for row in try Row.fetchAll(database, sql: "SELECT * FROM intent ORDER BY position") {
      let cells = Cells(row)
      guard let intent = Intent(cells) else { continue }
      switch cells.whole("owner").map(standing) ?? .gone {
      case .other: foreign.insert(intent.id)
      case .own: there.insert(intent.id)
      case .gone:
        there.insert(intent.id)
        if !before.contains(intent.id) { memos.append(.intent(intent)) }
      }
    }
    intents = there
    return before.subtracting(there).sorted().map(Memo.settled) + memos
  }
}
