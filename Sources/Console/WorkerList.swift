public import Fleet
public import WorkerAPI

/// The workers in the order and groups in which the list shows them.
public struct WorkerList: Hashable, Sendable {
  public enum Group: Hashable, Sendable {
    case needsYou, running, pending, unknown, done
    case budget(Budget)
    /// In days since 1970.
    case day(Int)
    /// All together, without a heading.
    case all
    case archived
  }

  public enum Row: Hashable, Sendable {
    case group(Group, count: Int)
    case worker(String)
    /// What a worker is doing, in a line below it.
    case activity(String)
  }

  public var rows: [Row] = []
  /// The ids without the groups, in the same order.
  public var ids: [String] = []
  /// How many of the whole fleet stand where, whatever is listed.
  public var counts: [Group: Int]
  private var places: [String: Int] = [:]

  /// The row of a worker.
  public func row(of id: String) -> Int? { places[id] }

  /// Where a worker stands among the others.
  func index(of id: String) -> Int? {
    guard let row = places[id] else { return nil }
    // The ids stand in the order of their rows.
    var (low, high) = (0, ids.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if places[ids[middle]] ?? 0 < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Within a group the pinned come first, then the newest, and the order never changes, so that rows stay put.
  public init(_ fleet: State, showsGroups: Bool) {
    self.init(WorkerGroups(fleet, WorkerOrder()), fleet, showsGroups: showsGroups)
  }

  init(
    _ groups: WorkerGroups, _ fleet: State, showsGroups: Bool, showsActivity: Bool = false,
    _ isListed: (String) -> Bool = { _ in true }
  ) {
    counts = groups.counts
    for (group, all) in groups.members {
      let members = all.filter(isListed)
      if showsGroups, group != .all, !members.isEmpty {
        rows.append(.group(group, count: members.count))
      }
      for id in members {
        places[id] = rows.count
        rows.append(.worker(id))
        if showsActivity, fleet.workers.standing(of: id) == .running { rows.append(.activity(id)) }
      }
      ids += members
    }
  }
}

extension WorkerList.Group {
  init(_ standing: Standing) {
    self =
      switch standing {
      case .needsYou: .needsYou
      case .running: .running
      case .pending: .pending
      case .unknown: .unknown
      case .done: .done
      case .archived: .archived
      }
  }

  var title: String {
    switch self {
    case .needsYou: "NEEDS YOU"
    case .running: "RUNNING"
    case .pending: "PENDING"
    case .unknown: "NOT KNOWN"
    case .done: "DONE"
    case .archived: "ARCHIVED"
    case .budget(let budget): "\(Sanitise.line(budget.word).uppercased()) BUDGET"
    case .day(let day):
      Figures.day(Double(day) * 86_400, .utc).uppercased()
    case .all: "ALL"
    }
  }
}
