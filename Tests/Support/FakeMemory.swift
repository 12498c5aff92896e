public import Fleet
import WorkerAPI

/// A memory without a disk; it remembers like the real one and can be told to fail.
public actor FakeMemory: Memory {
  /// What a failing memory throws unless told otherwise.
  public struct Failure: Error, Hashable, CustomStringConvertible {
    public var description: String
    public init(_ description: String = "the disk is full") { self.description = description }
  }

  /// Every list of memos that was kept, in order.
  public private(set) var kept: [[Memo]] = []
  public private(set) var recollection: Recollection
  private var failure: (any Error)?

  public init(_ recollection: Recollection = Recollection()) {
    self.recollection = recollection
  }

  /// From now on every call throws this; nil heals.
  public func fail(with failure: (any Error)? = Failure()) {
    self.failure = failure
  }

  public func recall() throws -> Recollection {
    if let failure { throw failure }
    return recollection
  }

  /// Nobody else writes to it.
  public func changes() -> [Memo] { [] }

  public func keep(_ memos: [Memo]) throws {
    if let failure { throw failure }
    kept.append(memos)
    for memo in memos { apply(memo) }
  }

  private func apply(_ memo: Memo) {
    switch memo {
    case .worker(let worker):
      replace(worker, in: \.workers) { $0.id == worker.id }
    case .revise(let worker, let fields):
      if let index = recollection.workers.firstIndex(where: { $0.id == worker.id }) {
        recollection.workers[index].take(fields, of: worker)
      }
    case .forget(let id):
      recollection.workers.removeAll { $0.id == id }
      recollection.drafts.removeAll {
        $0.subject == .followUp(worker: id) || $0.subject == .schedule(worker: id)
      }
      recollection.downloads.removeAll { $0.worker == id }
      recollection.runs.removeAll { $0.worker == id }
    case .draft(let draft) where draft.text.isEmpty:
      recollection.drafts.removeAll { $0.subject == draft.subject }
    case .draft(let draft):
      replace(draft, in: \.drafts) { $0.subject == draft.subject }
    case .intent(let intent):
      replace(intent, in: \.intents) { $0.id == intent.id }
    case .settled(let id):
      recollection.intents.removeAll { $0.id == id }
    case .charge(let charge): add(charge)
    case .run(let run):
      recollection.runs.append(run)
      let places = recollection.runs.indices.filter {
        recollection.runs[$0].worker == run.worker
      }
      if places.count > RunCost.limit { recollection.runs.remove(at: places[0]) }
    case .download(let file):
      recollection.downloads.removeAll { $0.worker == file.worker && $0.file == file.file }
      recollection.downloads.append(file)
      recollection.downloads.sort { ($0.worker, $0.file) < ($1.worker, $1.file) }
    case .input(let input):
      recollection.inputs.removeAll { $0.text == input.text }
      recollection.inputs.append(input)
      if recollection.inputs.count > PastInput.limit { recollection.inputs.removeFirst() }
    case .preference(let name, let value):
      recollection.preferences[name] = value
    }
  }

  /// Adds up over the workers, as the real one recalls it.
  private func add(_ charge: Charge) {
    var sum = charge
    sum.worker = ""
    let index = recollection.charges.firstIndex {
      $0.quarter == charge.quarter && $0.budget == charge.budget
    }
    guard let index else {
      recollection.charges.append(sum)
      return recollection.charges.sort {
        ($0.quarter, $0.budget.word) < ($1.quarter, $1.budget.word)
      }
    }
    sum = recollection.charges[index]
    sum.spent = sum.spent + charge.spent
    sum.from = min(sum.from, charge.from)
    sum.until = max(sum.until, charge.until)
    recollection.charges[index] = sum
  }

  private func replace<Value>(
    _ value: Value, in list: WritableKeyPath<Recollection, [Value]>, where isSame: (Value) -> Bool
  ) {
    if let index = recollection[keyPath: list].firstIndex(where: isSame) {
      recollection[keyPath: list][index] = value
    } else {
      recollection[keyPath: list].append(value)
    }
  }
}
