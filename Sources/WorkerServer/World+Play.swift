import WorkerAPI

extension World {
  /// Plays a worker's turn up to a moment; an ended turn is sealed.
  func play(_ worker: String, to moment: Double) {
    guard var turn = playing[worker] else { return }
    // The table lets go of the turn, so that its log grows in place.
    playing[worker] = nil
    let before = turn.log.count
    for file in turn.advance(to: moment) { unwritten.append(.file(worker: worker, file)) }
    if turn.isFinished {
      unwritten.append(seal(turn))
      shelf.put(turn)
    } else {
      playing[worker] = turn
    }
    if turn.log.count > before { wakeWatchers(of: worker) }
  }

  func seal(_ turn: Turn) -> Ledger.Entry {
    .seal(worker: turn.recipe.worker, number: turn.recipe.number, events: turn.log.map(\.data))
  }

  /// Starts the runs of the schedules whose moment has come.
  func fireSchedules(at moment: Double) {
    while !isClosed, let turnout = clockwork.turnout(at: moment, isBusy: { playing[$0] != nil }) {
      unwritten.append(Self.entry(turnout))
      switch turnout {
      case .skip(let kept, let moved): replace(kept, by: moved)
      case .fire(let kept, let moved):
        replace(kept, by: moved)
        guard let record = workers[kept.worker] else { continue }
        let recipe = recipe(
          kept.worker, number: record.recipes.count + 1, input: kept.schedule.input,
          budget: kept.schedule.budget, at: moment)
        unwritten.append(.turn(recipe))
        take(Turn(recipe))
        play(kept.worker, to: moment)
      }
    }
  }

  private func replace(_ kept: KeptSchedule, by moved: KeptSchedule?) {
    if let moved { clockwork.put(moved) } else { clockwork.remove(kept.schedule.id) }
  }

  static func entry(_ turnout: Clockwork.Turnout) -> Ledger.Entry {
    switch turnout {
    case .fire(let kept, let moved), .skip(let kept, let moved):
      moved.map(Ledger.Entry.schedule) ?? .unschedule(kept.schedule.id)
    }
  }

  /// Puts a new turn into the tables; it begins with the next `play`.
  func take(_ turn: Turn) {
    workers[turn.recipe.worker]?.recipes.append(turn.recipe)
    playing[turn.recipe.worker] = turn
    wakeWatchers(of: turn.recipe.worker)
  }

  func recipe(
    _ worker: String, number: Int, input: String, budget: Budget, at moment: Double
  ) -> Recipe {
    let forced = configuration.scenario.flatMap(Scenario.init(rawValue:))
    return Recipe(
      worker: worker, number: number, scenario: forced ?? Scenario(instruction: input),
      seed: nextSeed(), input: input, budget: budget, startedAt: moment,
      speed: configuration.speed, linesRate: configuration.linesRate)
  }

  /// One turn of a worker, from the run, the shelf or the ledger; nil when there is none.
  func turn(_ worker: String, _ number: Int) throws -> Turn? {
    if let turn = playing[worker], turn.recipe.number == number { return turn }
    if let turn = shelf.turn(worker, number) { return turn }
    guard let recipes = workers[worker]?.recipes, recipes.indices.contains(number - 1),
      let events = try ledger.events(worker: worker, number: number)
    else { return nil }
    let turn = Turn(recipes[number - 1], sealed: events)
    shelf.put(turn)
    return turn
  }

  /// Everything about a worker; throws 404 when there is none of that id.
  func sheet(_ worker: String) throws -> WorkerSheet {
    guard let record = workers[worker] else { throw APIError.noWorker(worker) }
    let moment = now()
    play(worker, to: moment)
    let turns = try record.recipes.compactMap { try turn(worker, $0.number) }
    return WorkerSheet(
      id: worker, createdAt: record.row.createdAt, title: record.row.title, turns: turns,
      now: moment)
  }
}
