import Fleet
import WorkerAPI

// Rows of a damaged file: nil for what cannot have been written, as from a page of another kind.

extension KnownWorker {
  init?(salvaged row: Cells) {
    guard let worker = KnownWorker(row)?.plausible else { return nil }
    self = worker
  }

  var plausible: KnownWorker? { id.isPlausible && addedAt.isFinite ? self : nil }
}

extension Draft {
  init?(salvaged row: Cells) {
    guard let draft = Draft(row), !draft.text.isEmpty else { return nil }
    self = draft
  }
}

extension Intent {
  init?(salvaged row: Cells) {
    guard let intent = Intent(row), !intent.id.isEmpty, intent.madeAt.isFinite else { return nil }
    self = intent
  }
}

extension Charge {
  /// One of days to come would be taken for the newest one, and hide those of today.
  init?(salvaged row: Cells, now: Double) {
    guard var charge = Charge(row), let worker = row.text("worker"), worker.isPlausible,
      (0...Charge.quarter(of: now + 86_400)).contains(charge.quarter),
      charge.spent.isPlausible, charge.from.isFinite, charge.until.isFinite
    else { return nil }
    charge.worker = worker
    self = charge
  }
}

extension RunCost {
  init?(salvaged row: Cells) {
    guard let run = RunCost(row), run.worker.isPlausible, run.endedAt.isFinite,
      run.spent.isPlausible
    else { return nil }
    self = run
  }
}

extension KeptFile {
  init?(salvaged row: Cells) {
    guard let file = KeptFile(row), file.worker.isPlausible, !file.file.isEmpty, file.bytes >= 0
    else { return nil }
    self = file
  }
}

extension PastInput {
  init?(salvaged row: Cells) {
    guard let input = PastInput(row), !input.text.isEmpty, input.at.isFinite else { return nil }
    self = input
  }
}

extension String {
  /// Whether it is an id of text that somebody wrote.
  fileprivate var isPlausible: Bool {
    let isText = unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\u{FFFD}"
    }
    return isText && !isEmpty && utf8.count <= AdoptedID.limit
  }
}

extension Spent {
  /// Past a billion no figure is money.
  fileprivate var isPlausible: Bool { abs(credits) < 1e9 && abs(dollars) < 1e9 }
}
