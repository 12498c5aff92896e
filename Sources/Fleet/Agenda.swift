public import WorkerAPI

/// One schedule with the worker it belongs to.
public struct AgendaItem: Hashable, Sendable {
  public var worker: String
  public var title: String
  public var schedule: Schedule

  public init(worker: String, title: String, schedule: Schedule) {
    self.worker = worker
    self.title = title
    self.schedule = schedule
  }
}

/// The schedules of several workers in one list.
public enum Agenda {
  /// Those of all workers.
  public static func items(in state: State) -> [AgendaItem] {
    items(of: state.workers.inOrder(state.workers.scheduled), in: state)
  }

  /// The minutes since 1970 in which more than one schedule fires next, as the server says.
  public static func crowded(in state: State) -> Set<Int> {
    var seen: Set<Int> = []
    var crowded: Set<Int> = []
    for id in state.workers.scheduled {
      for next in state.workers[id]?.schedules?.value.compactMap(\.nextRunAt) ?? [] {
        let minute = Forecast.minute(next)
        if !seen.insert(minute).inserted { crowded.insert(minute) }
      }
    }
    return crowded
  }

  /// The soonest fire first; those without a known one last.
  public static func items(of ids: [String], in state: State) -> [AgendaItem] {
    ids.flatMap { id -> [AgendaItem] in
      guard let worker = state.workers[id] else { return [] }
      return (worker.schedules?.value ?? []).map {
        AgendaItem(worker: id, title: worker.title, schedule: $0)
      }
    }.sorted {
      ($0.schedule.nextRunAt ?? .infinity, $0.schedule.id)
        < ($1.schedule.nextRunAt ?? .infinity, $1.schedule.id)
    }
  }
}
