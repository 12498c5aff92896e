import Fleet
import GRDB
import WorkerAPI

/// What a worker's charges grew by since a copy was made.
struct Growth {
  var spent = Spent()
  /// The last reading, in seconds since 1970.
  var until = -Double.infinity
}

extension Database {
  private struct Slot: Hashable {
    var worker: String
    var quarter: Int
    var budget: Budget
  }

  /// Puts charges in the place of the copy's of the same quarter of an hour, which are a part of
  /// them.
  func restore(_ charges: [Charge]) throws -> (count: Int, growth: [String: Growth]) {
    func slot(_ charge: Charge) -> Slot {
      Slot(worker: charge.worker, quarter: charge.quarter, budget: charge.budget)
    }
    var copy: [Slot: Charge] = [:]
    for row in try Row.fetchAll(self, sql: "SELECT * FROM charge").map({ Cells($0) }) {
      guard var charge = Charge(row), let worker = row.text("worker") else { continue }
      charge.worker = worker
      copy[slot(charge)] = charge
    }
    var count = 0
    var growth: [String: Growth] = [:]
    for charge in charges where copy[slot(charge)] != charge {
      try run(
        sql: "DELETE FROM charge WHERE quarter = ? AND worker = ? AND budget = ?",
        arguments: [
          charge.quarter, charge.worker.storable, charge.budget.word.storable,
        ])
      try keep(charge)
      let before = copy[slot(charge)]?.spent ?? Spent()
      var grown = growth[charge.worker] ?? Growth()
      grown.spent = grown.spent + (charge.spent - before)
      grown.until = max(grown.until, charge.until)
      growth[charge.worker] = grown
      count += 1
    }
    return (count, growth)
  }

  /// Enters workers; answers how many the copy had not, or not so.
  ///
  /// Where a worker's own account could not be read, that of the copy grows with the charges and
  /// the runs that could, or the next look at the worker would enter them again.
  func restore(
    _ workers: [Salvaged.Worker], over copy: [KnownWorker], _ growth: [String: Growth],
    _ runs: [RunCost]
  ) throws -> Int {
    let known = Dictionary(copy.map { ($0.id, $0) }) { first, _ in first }
    let runs = Dictionary(grouping: runs, by: \.worker)
    var booked: Set<String> = []
    var count = 0
    for salvaged in workers {
      let id = salvaged.worker.id
      var merged = salvaged.over(known[id])
      if merged != known[id] { count += 1 }
      if salvaged.worker.account == nil { merged.grow(growth[id], runs[id] ?? []) }
      if merged != known[id] { try keep(.worker(merged)) }
      booked.insert(id)
    }
    for worker in copy where !booked.contains(worker.id) {
      var grown = worker
      grown.grow(growth[worker.id], runs[worker.id] ?? [])
      if grown != worker { try keep(.worker(grown)) }
    }
    return count
  }
}

extension KnownWorker {
  fileprivate mutating func grow(_ growth: Growth?, _ runs: [RunCost]) {
    if let growth {
      account = Account(
        booked: (account?.booked ?? Spent()) + growth.spent,
        at: max(account?.at ?? growth.until, growth.until), settled: account?.settled)
    }
    guard account != nil else { return }
    for run in runs {
      var settled = account?.settled ?? Account.Settled(runs: 0, total: Spent())
      settled.runs += 1
      settled.total = settled.total + run.spent
      if let seconds = run.seconds { settled.seconds = (settled.seconds ?? 0) + seconds }
      account?.settled = settled
    }
  }
}
