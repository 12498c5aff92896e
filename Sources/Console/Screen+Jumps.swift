import Fleet

extension Screen {
  mutating func jumpTurn(forward: Bool, _ fleet: State) {
    let starts = output.rendition.turnStarts
    let top = output.top
    let target = forward ? starts.first { $0 > top } : starts.last { $0 < top }
    if let target {
      output.scroll(to: target)
    } else {
      remark = (forward ? "last turn" : "first turn") + whole(fleet)
    }
  }

  mutating func jumpUnread(forward: Bool, _ fleet: State) -> [Outcome] {
    let ids = list(fleet).ids
    let start = selected.flatMap { ids.firstIndex(of: $0) } ?? -1
    let order =
      forward
      ? Array(ids[(start + 1)...]) + ids[..<max(0, start)]
      : Array(ids[..<max(0, start)].reversed()) + ids[min(ids.count, start + 1)...].reversed()
    guard let next = order.first(where: { fleet.workers[$0]?.known.isUnread == true }) else {
      remark = "no other unread worker"
      return []
    }
    return select(next, fleet)
  }
}
