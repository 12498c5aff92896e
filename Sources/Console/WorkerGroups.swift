import Fleet
import WorkerAPI

/// The whole fleet in groups, each in its order, before a filter leaves anything out.
struct WorkerGroups: Sendable {
  var members: [(group: WorkerList.Group, ids: [String])] = []
  var counts: [WorkerList.Group: Int] = [:]

  private static let standings: [WorkerList.Group] = [
    .needsYou, .running, .pending, .unknown, .done, .archived,
  ]

  init(_ fleet: State, _ order: WorkerOrder, zone: Zone = .utc) {
    var groups: [WorkerList.Group: [String]] = [:]
    for id in fleet.order.reversed() {
      guard let standing = fleet.workers.standing(of: id) else { continue }
      let place = WorkerList.Group(standing)
      counts[place, default: 0] += 1
      groups[Self.group(id, place, fleet, order, zone), default: []].append(id)
    }
    let pinned = fleet.workers.pinned
    for group in Self.sorted(Array(groups.keys), order) {
      var ids = groups[group] ?? []
      Self.sort(&ids, fleet, order)
      if !pinned.isEmpty { ids = ids.filter(pinned.contains) + ids.filter { !pinned.contains($0) } }
      members.append((group, ids))
    }
  }

  private static func group(
    _ id: String, _ place: WorkerList.Group, _ fleet: State, _ order: WorkerOrder, _ zone: Zone
  ) -> WorkerList.Group {
    if place == .archived { return place }
    switch order.grouping {
    case .state: return place
    case .budget: return .budget(fleet.workers[id]?.known.budget ?? .standard)
    case .day:
      let start = fleet.workers[id]?.startedAt ?? 0
      let local = start + Double(zone.offset(start).seconds)
      return .day(abs(local) < 1e12 ? Int((local / 86_400).rounded(.down)) : 0)
    case .none: return .all
    }
  }

  private static func sorted(_ groups: [WorkerList.Group], _ order: WorkerOrder) -> [WorkerList
    .Group]
  {
    func rank(_ group: WorkerList.Group) -> (Int, String) {
      switch group {
      case .archived: (Int.max, "")
      case .day(let day): (-day, "")
      case .budget(let budget): (Self.rank(budget), budget.word)
      default: (standings.firstIndex(of: group) ?? 0, "")
      }
    }
    return groups.sorted { rank($0) < rank($1) }
  }

  private static func rank(_ budget: Budget) -> Int {
    switch budget {
    case .unlimited: 0
    case .high: 1
    case .standard: 2
    case .low: 3
    case .other: 4
    }
  }

  /// The newest stay first among equals.
  private static func sort(_ ids: inout [String], _ fleet: State, _ order: WorkerOrder) {
    func by<Key: Comparable>(_ key: (String) -> Key, isFalling: Bool = false) {
      let keyed = ids.enumerated().map { (key($1), $0, $1) }
      // As a registry mostly stands: ten thousand are sorted at each change.
      if isFalling, zip(keyed, keyed.dropFirst()).allSatisfy({ $0.0 >= $1.0 }) { return }
      ids = keyed.sorted {
        $0.0 == $1.0 ? $0.1 < $1.1 : isFalling ? $0.0 > $1.0 : $0.0 < $1.0
      }.map(\.2)
    }
    switch order.sort {
    case .recent: by({ fleet.workers[$0]?.startedAt ?? 0 }, isFalling: true)
    case .title: by { fleet.workers[$0]?.title.prefix(80).lowercased() ?? "" }
    case .cost: by({ fleet.workers[$0]?.meter.amount ?? 0 }, isFalling: true)
    case .change:
      by(
        { id in fleet.workers[id]?.changedAt(fleet.runs[id] ?? []) ?? 0 }, isFalling: true)
    case .state:
      by {
        fleet.workers.standing(of: $0).flatMap { standings.firstIndex(of: .init($0)) } ?? 0
      }
    }
  }
}

extension WorkerState {
  /// When it was created, as the server says, else when this console came to know it.
  var startedAt: Double { worker?.createdAt ?? known.addedAt }

  /// When its run began or ended last, as far as this console knows.
  func changedAt(_ runs: [RunCost]) -> Double {
    (phase.value.isActive ? turnStartedAt : lastEnd(runs)?.at) ?? startedAt
  }
}
