import Fleet
import Support
import WorkerAPI

extension Samples {
  /// A memo about one of a few workers, drafts, intents and names.
  static func memo(_ step: Int, _ random: inout Seeded) -> Memo {
    let id = "w\(Int.random(in: 0..<4, using: &random))"
    let budget = Budget.all.randomElement(using: &random) ?? .low
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1:
      return .worker(
        KnownWorker(id: id, instruction: "\(step)", budget: budget, addedAt: Double(step)))
    case 2: return .forget(id)
    case 3, 4:
      let subjects: [Draft.Subject] = [
        .newWorker, .followUp(worker: id), .schedule(worker: id),
      ]
      let text = Bool.random(using: &random) ? "draft \(step)" : ""
      return .draft(
        Draft(
          subject: subjects.randomElement(using: &random) ?? .newWorker, text: text, cursor: 0,
          budget: budget))
    case 5:
      return .intent(
        Intent(
          id: id, kind: .continue, worker: id, input: "\(step)", budget: budget,
          madeAt: Double(step)))
    default:
      return Bool.random(using: &random)
        ? .settled(id) : .preference(name: id, value: "\(step)")
    }
  }
}
