import Canvas
import Fleet
import WorkerAPI

/// The ids or addresses of workers that were made elsewhere, while they are typed.
public struct AdoptField: Hashable, Sendable {
  var field = LineField(limit: 64 << 10)
  /// Why the last try adopted nothing.
  var problem: String?

  /// Ids may stand in lines or between commas; they become one line.
  mutating func paste(_ text: String) {
    problem = nil
    field.paste(text)
  }

  mutating func type(_ key: Key) {
    problem = nil
    field.type(key)
  }

  /// All of the ids, or the first text that is none.
  var ids: Result<[String], AdoptedID.Fault> {
    let words = field.text.split { $0.isWhitespace || $0 == "," }
    var ids: [String] = []
    for word in words {
      switch AdoptedID.readTyped(String(word)) {
      case .success(let id): if !ids.contains(id) { ids.append(id) }
      case .failure(let fault): return .failure(fault)
      }
    }
    return .success(ids)
  }
}

enum AdoptOverlay {
  static func draw(_ view: View, _ field: AdoptField, into frame: inout Frame) {
    field.field.drawBox(
      view, "Adopt workers",
      note: "ids or addresses, with spaces between; several can be pasted",
      problem: field.problem, into: &frame)
  }
}

extension Screen {
  /// One wrong id adopts none, so that nothing of a list is forgotten in the middle.
  mutating func adopt(
    _ field: inout AdoptField, _ key: Key, _ command: Command?, _ fleet: State, now: Double
  ) -> [Outcome] {
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      switch field.ids {
      case .failure(let fault): field.problem = fault.description
      case .success(let ids) where ids.isEmpty: field.problem = "type or paste an id first"
      case .success(let ids):
        overlays.removeLast()
        return adopt(ids, fleet, now: now)
      }
    default: field.type(key)
    }
    overlays[overlays.count - 1] = .adopt(field)
    return []
  }

  private mutating func adopt(_ ids: [String], _ fleet: State, now: Double) -> [Outcome] {
    let fresh = ids.filter { fleet.workers[$0] == nil }
    let known = ids.count - fresh.count
    let rest = known > 0 ? ", \(known) known already" : ""
    remark = "adopted: \(fresh.count == 1 ? "1 worker" : "\(fresh.count) workers")\(rest)"
    let workers = fresh.map {
      KnownWorker(id: $0, instruction: "", budget: .standard, addedAt: now)
    }
    let adopted: [Outcome] = workers.isEmpty ? [] : [.fleet(.adopt(workers))]
    return adopted + select(ids[0], fleet)
  }

  /// Adopts what was typed elsewhere.
  mutating func adopt(
    _ text: String, _ fleet: State, now: Double
  ) throws(Expression.Problem) -> [Outcome] {
    var field = AdoptField()
    field.paste(text)
    switch field.ids {
    case .failure(let fault): throw Expression.Problem(fault.description)
    case .success(let ids): return ids.isEmpty ? [] : adopt(ids, fleet, now: now)
    }
  }
}
