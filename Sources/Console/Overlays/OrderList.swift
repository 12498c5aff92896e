import Canvas
import Fleet
import WorkerAPI

/// The orders whose fate is not known, with a cursor, and the field in which an id is typed.
public struct OrderList: Hashable, Sendable {
  /// The intent under the cursor; the first one when it is gone.
  var selected: String?
  /// The id of the worker that an order became, while it is typed.
  var adoption: LineField?
  /// Why the last key could do nothing.
  var problem: String?

  public init() {}

  /// What a key led to.
  enum Step: Hashable, Sendable {
    case stays, closed
    case ask(Confirm)
    case act(Action)
  }

  func index(_ orders: [Intent]) -> Int {
    orders.firstIndex { $0.id == selected } ?? 0
  }

  mutating func handle(_ key: Key, _ command: Command?, _ fleet: State, now: Double) -> Step {
    problem = nil
    let orders = fleet.uncertain
    guard !orders.isEmpty else { return .closed }
    let order = orders[index(orders)]
    if adoption != nil { return type(key, command, order) }
    switch command {
    case .moveDown: selected = orders[min(index(orders) + 1, orders.count - 1)].id
    case .moveUp: selected = orders[max(index(orders) - 1, 0)].id
    case .dismiss: return .closed
    case .resend:
      guard order.order != nil else {
        problem = "its time was not kept: discard it and make the schedule anew"
        return .stays
      }
      return .ask(Confirm.resend(order, fleet, now: now))
    case .adopt:
      guard order.kind == .create else {
        problem = "only a new worker can be adopted; look at \(Self.target(order, fleet)) instead"
        return .stays
      }
      adoption = LineField(limit: AdoptedID.addressLimit)
    case .discard: return .ask(Confirm.discard(order, fleet))
    default: break
    }
    return .stays
  }

  mutating func paste(_ text: String) { adoption?.paste(text) }

  private mutating func type(_ key: Key, _ command: Command?, _ order: Intent) -> Step {
    switch command {
    case .dismiss: adoption = nil
    case .accept:
      switch AdoptedID.readTyped(Self.trimmed(adoption?.text ?? "")) {
      case .success(let id):
        adoption = nil
        return .act(.settle(order.id, as: id))
      case .failure(let fault):
        problem = fault.description
        return .stays
      }
    default: adoption?.type(key)
    }
    return .stays
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex
    return String(start[..<end])
  }

  /// The order in few words: what it asks for.
  static func words(_ order: Intent, _ fleet: State) -> String {
    switch order.kind {
    case .create: "new worker"
    case .continue: "continue \(target(order, fleet))"
    case .schedule: "schedule \(target(order, fleet))"
    case .cancel: "cancel a schedule of \(target(order, fleet))"
    }
  }

  private static func target(_ order: Intent, _ fleet: State) -> String {
    guard let id = order.worker else { return "nothing" }
    return fleet.workers[id]?.title ?? id
  }
}

extension Confirm {
  fileprivate static func resend(_ order: Intent, _ fleet: State, now: Double) -> Confirm {
    let words = OrderList.words(order, fleet)
    if order.kind == .cancel {
      return Confirm(
        title: "Send it again?", lines: [words], consequence: "a second time does no harm",
        action: .resend(order.id), yes: "send it again", no: "leave it")
    }
    let obstacle = Governor(fleet, worker: order.worker, now: now).obstacle?.sentence(in: fleet)
    return Confirm(
      title: "Send it again?",
      lines: ["\(words), \(order.budget.word) budget"]
        + (obstacle.map { ["Ceiling reached: \($0)."] } ?? []),
      quote: order.input,
      consequence: "It bears the same key: a server that heeds keys runs it once, "
        + "one that does not may run and bill it twice.",
      brief: "It may be paid twice.",
      action: .resend(order.id), yes: "send it again", no: "leave it",
      typed: obstacle != nil || order.budget.isUnbounded ? "" : nil,
      allows: obstacle == nil ? nil : order.id)
  }

  fileprivate static func discard(_ order: Intent, _ fleet: State) -> Confirm {
    Confirm(
      title: "Discard the note of it?",
      lines: [OrderList.words(order, fleet)], quote: order.kind == .cancel ? "" : order.input,
      consequence: order.kind == .cancel
        ? "The schedule may still be there."
        : "If it arrived, it runs and spends, and is not on this list.",
      brief: order.kind == .cancel ? "" : "It may run and spend.",
      action: .settle(order.id, as: nil), yes: "discard it", no: "keep it")
  }
}
