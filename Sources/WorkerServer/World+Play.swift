import WorkerAPI

extension World {
  /// Plays a worker's turn up to a moment; an ended turn is sealed.
  func play(_ worker: String, to moment: Double) {
    guard var turn = playing[worker] else { return }
    // The table lets go of the turn, so that its log grows in place.
    playing[worker] = nil
    let before = turn.log.count
    let files = turn.advance(to: moment)
    unwritten += Self.entries(of: turn, from: before, files)
    if turn.isFinished {
      unwritten.append(seal(turn))
      shelf.put(turn)
    } else {
      playing[worker] = turn
    }
    if turn.log.count > before { wakeWatchers(of: worker) }
  }

  /// What a turn has said from a place of its log on, with the files that it tells of.
  static func entries(of turn: Turn, from place: Int, _ files: [MadeFile]) -> [Ledger.Entry] {
    let worker = turn.recipe.worker
    guard turn.log.count > place else { return [] }
    return files.map { .file(worker: worker, $0) } + [
      .events(
        worker: worker, number: turn.recipe.number, first: place, turn.log[place...].map(\.data))
    ]
  }

  func seal(_ turn: Turn) -> Ledger.Entry {
    .seal(worker: turn.recipe.worker, number: turn.recipe.number, events: turn.log.map(\.data))
  }

  /// Starts the runs of the schedules whose moment has come.
  func fireSchedules(at moment: Double) {
    while !isClosed, let kept = clockwork.due(at: moment, isBusy: { playing[$0] != nil }) {
      if let moved = kept.moved(after: moment) {
        clockwork.put(moved)
        unwritten.append(.schedule(moved))
      } else {
        clockwork.remove(kept.schedule.id)
        unwritten.append(.unschedule(kept.schedule.id))
      }
      guard let record = workers[kept.worker] else { continue }
      let recipe = recipe(
        kept.worker, number: record.recipes.count + 1, input: kept.schedule.input,
        budget: kept.schedule.budget, at: moment)
      unwritten.append(.turn(recipe))
      take(Turn(recipe))
      play(kept.worker, to: moment)
    }
  }

  /// Puts a new turn into the tables; it begins with the next `play`.
  func take(_ turn: Turn) {
    workers[turn.recipe.worker]?.recipes.append(turn.recipe)
    turnCount += 1
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
    try settle()
    play(worker, to: moment)
    try settle()
    let turns = try record.recipes.compactMap { try turn(worker, $0.number) }
    return WorkerSheet(
      id: worker, createdAt: record.row.createdAt, title: record.row.title, turns: turns,
      now: moment)
  }
}
