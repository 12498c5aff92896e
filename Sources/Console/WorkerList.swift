public import Fleet

/// The workers in the order and groups in which the list shows them.
public struct WorkerList: Hashable, Sendable {
  public enum Group: String, Hashable, Sendable, CaseIterable {
    case needsYou = "NEEDS YOU"
    case running = "RUNNING"
    case pending = "PENDING"
    case unknown = "NOT KNOWN"
    case done = "DONE"
  }

  public enum Row: Hashable, Sendable {
    case group(Group, count: Int)
    case worker(String)
  }

  public var rows: [Row]
  /// The ids without the groups, in the same order.
  public var ids: [String]
  public var counts: [Group: Int]

  /// Within a group the newest comes first and the order never changes, so that rows stay put.
  public init(_ fleet: State, showsGroups: Bool) {
    var groups: [Group: [String]] = [:]
    for id in fleet.order.reversed() {
      guard let worker = fleet.workers[id] else { continue }
      groups[Group(worker), default: []].append(id)
    }
    rows = []
    ids = []
    counts = groups.mapValues(\.count)
    for group in Group.allCases {
      guard let members = groups[group] else { continue }
      if showsGroups { rows.append(.group(group, count: members.count)) }
      rows += members.map(Row.worker)
      ids += members
    }
  }
}

extension WorkerList.Group {
  init(_ worker: WorkerState) {
    self =
      if worker.isMissing {
        .unknown
      } else if worker.known.isUnread {
        .needsYou
      } else {
        switch worker.phase.value {
        case .running: .running
        case .pending: .pending
        case .unknown: .unknown
        case .done, .failed: .done
        }
      }
  }
}
