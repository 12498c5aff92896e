import Fleet
import Support
import WorkerAPI

extension Samples {
  /// A memo about one of a few workers, drafts, intents and names.
  static func memo(_ step: Int, _ random: inout Seeded) -> Memo {
    let id = "w\(Int.random(in: 0..<4, using: &random))"
    let budget = Budget.all.randomElement(using: &random) ?? .low
    switch Int.random(in: 0..<11, using: &random) {
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
    case 6:
      let begin = Double(Int.random(in: 0..<4, using: &random) * Charge.span)
      return .charge(
        Charge(
          worker: id, quarter: Charge.quarter(of: begin), budget: budget,
          spent: Spent(credits: Double(step), dollars: 0), from: begin, until: begin + 60))
    case 7: return .run(RunCost(worker: id, endedAt: Double(step), spent: Spent(credits: 1)))
    case 8:
      return .download(
        KeptFile(worker: id, file: "f\(step % 3)", path: "/\(step)", bytes: step, at: 0))
    case 9: return .input(PastInput(text: "input \(step % 5)", at: Double(step)))
    default:
      return Bool.random(using: &random)
        ? .settled(id) : .preference(name: id, value: "\(step)")
    }
  }
}
