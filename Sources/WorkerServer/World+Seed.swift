public import WorkerAPI

extension World {
  /// Adds a cast of workers, each as far as its part says, in one transaction.
  @discardableResult
  public func seed(_ cast: [Part]) throws -> [Worker] {
    try settle()
    let moment = now()
    var entries: [Ledger.Entry] = []
    var ids: [String] = []
    var changes: [(row: Ledger.WorkerRow, turn: Turn, schedules: [KeptSchedule])] = []
    for part in cast {
      var staged = StagedPart(
        part, epoch: moment, speed: configuration.speed, linesRate: configuration.linesRate)
      let files = staged.turn.advance(to: moment)
      let row = Ledger.WorkerRow(
        id: staged.id, createdAt: staged.createdAt, title: part.title)
      entries += [.worker(row), .turn(staged.turn.recipe)]
      entries += Self.entries(of: staged.turn, from: 0, files)
      if staged.turn.isFinished { entries.append(seal(staged.turn)) }
      let schedules = staged.schedules(at: moment)
      entries += schedules.map(Ledger.Entry.schedule)
      changes.append((row, staged.turn, schedules))
      ids.append(staged.id)
    }
    try ledger.write(entries)
    turnCount += changes.count
    for (row, turn, schedules) in changes {
      workers[row.id] = Record(row: row, recipes: [turn.recipe])
      if turn.isFinished { shelf.put(turn) } else { playing[row.id] = turn }
      for kept in schedules { clockwork.put(kept) }
    }
    rouse()
    return try ids.compactMap(worker)
  }

  /// A worker as the API describes it; nil when there is none of that id.
  public func worker(_ id: String) throws -> Worker? {
    guard workers[id] != nil else { return nil }
    return Worker(json: try retrieve(id, origin: origin))
  }

  /// The ids of all workers, oldest first.
  public var workerIDs: [String] {
    workers.values.sorted { ($0.row.createdAt, $0.row.id) < ($1.row.createdAt, $1.row.id) }
      .map(\.row.id)
  }
}
