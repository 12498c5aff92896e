import Fleet

/// What the list shows, and in which order.
struct Listing: Hashable, Sendable {
  var order = WorkerOrder()
  var filter: WorkerFilter?
  /// Only rows that need attention.
  var showsUrgent = false
  /// Moves when a fresh order is asked for.
  var round = 0

  var isNarrowed: Bool { filter != nil || showsUrgent }

  func admits(_ id: String, _ fleet: State) -> Bool {
    if showsUrgent, fleet.workers.standing(of: id) != .needsYou,
      fleet.workers[id]?.isMissing != true
    {
      return false
    }
    guard let filter else { return true }
    return fleet.workers[id].map(filter.admits) ?? false
  }
}

/// The list as it was worked out last.
///
/// The order stays as long as every worker stands where it stood: a cost that grows moves no row. The
/// selected worker stays listed when only it has changed, so that no other comes under the cursor.
struct KeptList: Sendable {
  private struct Place: Hashable {
    var listing: Int
    var count: Int
    var order: WorkerOrder
    var round: Int
  }

  private struct Look: Hashable {
    var filter: WorkerFilter?
    var showsUrgent: Bool
    var showsGroups: Bool
    var activityRoom: Int?
    var spent: Spent?
  }

  private let place: Place
  private let look: Look
  private let groups: WorkerGroups
  /// The selected worker that is listed although the filter leaves it out.
  private let straggler: String?
  let list: WorkerList

  /// Takes what is still true from an earlier one.
  init(_ fleet: State, _ screen: Screen, after old: KeptList?) {
    let listing = screen.listing
    let place = Self.place(fleet, screen)
    let look = Self.look(fleet, screen)
    (self.place, self.look) = (place, look)
    if let old, old.place == place {
      groups = old.groups
    } else {
      groups = WorkerGroups(fleet, listing.order, zone: screen.zone)
    }
    var kept: String?
    if let old, old.look.filter == look.filter, old.look.showsUrgent == look.showsUrgent {
      kept = screen.selected
    }
    if let id = kept, listing.admits(id, fleet) || fleet.workers.standing(of: id) == nil {
      kept = nil
    }
    straggler = kept
    let room = look.activityRoom
    let lists = [room != nil, false].lazy.map { [groups, kept] showsActivity in
      WorkerList(
        groups, fleet, showsGroups: look.showsGroups, showsActivity: showsActivity
      ) { id in !listing.isNarrowed || id == kept || listing.admits(id, fleet) }
    }
    let whole = lists[0]
    list = whole.rows.count <= room ?? .max ? whole : lists[1]
  }

  func holds(_ fleet: State, _ screen: Screen) -> Bool {
    guard place == Self.place(fleet, screen), look == Self.look(fleet, screen) else { return false }
    guard screen.listing.isNarrowed, let selected = screen.selected else { return true }
    if let straggler { return straggler == selected }
    return list.row(of: selected) != nil || fleet.workers.standing(of: selected) == nil
  }

  /// The worker itself where it is listed, else the next one below it that is, else the last above.
  func listed(near id: String) -> String? {
    if list.row(of: id) != nil { return id }
    let all = groups.members.flatMap(\.ids)
    guard let index = all.firstIndex(of: id) else { return nil }
    return all[index...].first { list.row(of: $0) != nil }
      ?? all[..<index].last { list.row(of: $0) != nil }
  }

  private static func place(_ fleet: State, _ screen: Screen) -> Place {
    Place(
      listing: fleet.workers.listing, count: fleet.order.count, order: screen.listing.order,
      round: screen.listing.round)
  }

  private static func look(_ fleet: State, _ screen: Screen) -> Look {
    let listing = screen.listing
    return Look(
      filter: listing.filter, showsUrgent: listing.showsUrgent,
      showsGroups: screen.showsGroups, activityRoom: screen.activityRoom(fleet),
      spent: listing.filter?.needsCost == true ? fleet.workers.spent : nil)
  }
}
