public import Fleet

/// The workers in the order and groups in which the list shows them.
public struct WorkerList: Hashable, Sendable {
  public enum Group: String, Hashable, Sendable, CaseIterable {
    case needsYou = "NEEDS YOU"
    case running = "RUNNING"
    case pending = "PENDING"
    case unknown = "NOT KNOWN"
    case done = "DONE"
    case archived = "ARCHIVED"
  }

  public enum Row: Hashable, Sendable {
    case group(Group, count: Int)
    case worker(String)
  }

  public var rows: [Row]
  /// The ids without the groups, in the same order.
  public var ids: [String]
  public var counts: [Group: Int]
  private var places: [String: Int]

  /// The row of a worker.
  public func row(of id: String) -> Int? { places[id] }

  /// Within a group the pinned come first, then the newest, and the order never changes, so that rows stay put.
  public init(_ fleet: State, showsGroups: Bool) {
    var groups: [Group: [String]] = [:]
    for id in fleet.order.reversed() {
      guard let standing = fleet.workers.standing(of: id) else { continue }
      groups[Group(standing), default: []].append(id)
    }
    rows = []
    ids = []
    places = [:]
    counts = groups.mapValues(\.count)
    for group in Group.allCases {
      guard var members = groups[group] else { continue }
      if !fleet.workers.pinned.isEmpty {
        let pinned = fleet.workers.pinned
        members = members.filter(pinned.contains) + members.filter { !pinned.contains($0) }
      }
      if showsGroups { rows.append(.group(group, count: members.count)) }
      for (number, id) in members.enumerated() { places[id] = rows.count + number }
      rows += members.map(Row.worker)
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
}

/// The list as it was worked out last; it stays as long as every worker stands where it stood.
struct KeptList: Sendable {
  private var listing: Int
  private var count: Int
  private var showsGroups: Bool
  let list: WorkerList

  init(_ fleet: State, showsGroups: Bool) {
    listing = fleet.workers.listing
    count = fleet.order.count
    self.showsGroups = showsGroups
    list = WorkerList(fleet, showsGroups: showsGroups)
  }

  func holds(_ fleet: State, showsGroups: Bool) -> Bool {
    listing == fleet.workers.listing && count == fleet.order.count
      && self.showsGroups == showsGroups
  }
}
