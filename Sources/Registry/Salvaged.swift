import Fleet

/// What could be read of a damaged file.
struct Salvaged {
  var workers: [Worker] = []
  var drafts: [Draft] = []
  var intents: [Intent] = []
  var preferences: [String: String] = [:]
  /// With their workers.
  var charges: [Charge] = []
  var runs: [RunCost] = []
  var downloads: [KeptFile] = []
  var inputs: [PastInput] = []
  /// All orders of the journal are known: it was read to its end, and every row was understood.
  var isJournalWhole = false
  /// The same of what was spent.
  var areBooksWhole = false

  var isEmpty: Bool {
    workers.isEmpty && drafts.isEmpty && intents.isEmpty && preferences.isEmpty
      && charges.isEmpty && runs.isEmpty && downloads.isEmpty && inputs.isEmpty
  }

  struct Worker {
    /// How much of its row could be read.
    enum Extent { case whole, beginning, id }

    var worker: KnownWorker
    var extent: Extent
  }
}

extension Salvaged.Worker {
  /// What is known of it with a copy, which is older: what is empty here stays as it is there.
  func over(_ known: KnownWorker?) -> KnownWorker {
    guard var merged = known else { return worker }
    guard extent != .id else { return merged }
    if worker.title?.isEmpty == false { merged.title = worker.title }
    if !worker.instruction.isEmpty || merged.instruction.isEmpty {
      (merged.instruction, merged.budget) = (worker.instruction, worker.budget)
    }
    merged.addedAt = worker.addedAt
    merged.isUnread = worker.isUnread
    guard extent == .whole else { return merged }
    merged.take([.pin, .archive, .mark], of: worker)
    merged.account = worker.account ?? merged.account
    if worker.lastSeen != nil {
      (merged.lastSeen, merged.lastSeenAt) = (worker.lastSeen, worker.lastSeenAt)
    }
    if worker.schedules != nil { merged.take(.schedules, of: worker) }
    merged.email = worker.email ?? merged.email
    return merged
  }
}
