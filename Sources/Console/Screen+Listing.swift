import Canvas
import Fleet
import WorkerAPI

extension Screen {
  /// What changes which workers are listed, or in which order.
  mutating func list(_ command: Command, _ fleet: State) -> [Outcome] {
    switch command {
    case .filterList:
      overlays.append(.filter(FilterBox(listing.filter?.text ?? "", before: selected)))
    case .orderList: overlays.append(.order(OrderMenu(before: listing.order)))
    default:
      listing.showsUrgent.toggle()
      let outcomes = settle(fleet, near: selected)
      let key = keymap.key(for: .showUrgent, in: .workers)
      remark = listing.showsUrgent ? "only those that need you; \(key) lists all again" : nil
      return outcomes
    }
    return []
  }

  mutating func filter(
    _ box: inout FilterBox, _ key: Key, _ command: Command?, _ fleet: State
  ) -> [Outcome] {
    switch command {
    case .accept:
      guard box.problem == nil else { return [] }
      overlays.removeLast()
      return []
    case .dismiss:
      overlays.removeLast()
      let outcomes = narrow(by: nil, fleet)
      guard let before = box.before, list(fleet).row(of: before) != nil else { return outcomes }
      return outcomes + select(before, fleet)
    case .moveUp, .moveDown:
      let outcomes = moveSelection(by: command == .moveUp ? -1 : 1, fleet)
      box.wanted = selected
      overlays[overlays.count - 1] = .filter(box)
      return outcomes
    default:
      box.field.type(key)
      return filter(box, fleet)
    }
  }

  /// The list follows what is typed; what is no filter, or not one yet, leaves it as it was.
  mutating func filter(_ box: FilterBox, _ fleet: State) -> [Outcome] {
    var box = box
    defer { overlays[overlays.count - 1] = .filter(box) }
    let budgets = Self.budgets(fleet)
    do throws(Expression.Problem) {
      let filter = try WorkerFilter.read(box.field.text, budgets: budgets)
      if let filter, filter.mayBecomeCost,
        !fleet.order.contains(where: { fleet.workers[$0].map(filter.admits) ?? false })
      {
        box.problem = "found nowhere; a cost is asked for as in cost>2"
        return []
      }
      box.problem = nil
      return narrow(by: filter, box, fleet)
    } catch {
      box.problem = error.sentence
      // The beginning of a word was looked for as a text, which the whole of it is not.
      guard let last = listing.filter, last.isBeginning(of: box.field.text) else { return [] }
      let before = try? WorkerFilter.read(last.textBeforeLastWord, budgets: budgets)
      return narrow(by: before, box, fleet)
    }
  }

  private mutating func narrow(
    by filter: WorkerFilter?, _ box: FilterBox, _ fleet: State
  ) -> [Outcome] {
    guard filter != listing.filter else { return [] }
    listing.filter = filter
    return settle(fleet, near: box.wanted)
  }

  /// Those of the workers, which may be of words that this program does not know.
  static func budgets(_ fleet: State) -> Set<Budget> {
    Set(fleet.order.compactMap { fleet.workers[$0]?.known.budget })
  }

  mutating func narrow(by filter: WorkerFilter?, _ fleet: State) -> [Outcome] {
    listing.filter = filter
    return settle(fleet, near: selected)
  }

  /// The selection stays with its worker; only where that is not listed any more, the next one below
  /// it takes its place, or none when the list is empty.
  private mutating func settle(_ fleet: State, near id: String?) -> [Outcome] {
    keepList(fleet)
    return select(id.flatMap { keptList?.listed(near: $0) } ?? keptList?.list.ids.first, fleet)
  }

  mutating func order(_ menu: OrderMenu, _ command: Command?) -> [Outcome] {
    var menu = menu
    switch command {
    case .moveDown, .moveUp:
      let step = command == .moveDown ? 1 : -1
      if menu.isGrouping {
        listing.order.grouping = Self.next(listing.order.grouping, step)
      } else {
        listing.order.sort = Self.next(listing.order.sort, step)
      }
      listing.round &+= 1
    case .nextField: menu.isGrouping.toggle()
    case .accept:
      overlays.removeLast()
      return [.fleet(.prefer(name: WorkerOrder.preference, value: listing.order.word))]
    case .dismiss:
      overlays.removeLast()
      listing.order = menu.before
      return []
    default: return []
    }
    overlays[overlays.count - 1] = .order(menu)
    return []
  }

  private static func next<Choice: CaseIterable & Equatable>(
    _ choice: Choice, _ step: Int
  ) -> Choice where Choice.AllCases == [Choice] {
    let all = Choice.allCases
    let index = (all.firstIndex(of: choice) ?? 0) + step
    return all[min(max(0, index), all.count - 1)]
  }
}
