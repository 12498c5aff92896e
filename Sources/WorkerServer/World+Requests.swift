import WorkerAPI

/// What makes a repeated request known: the key that the client chose, and what it asked.
struct OnceKey: Hashable, Sendable {
  /// The client's key with the endpoint before it.
  var key: String
  /// The same for the same body.
  var fingerprint: String
}

extension World {
  /// Schedules that a worker may have; one more is refused with 409.
  static let scheduleLimit = 200

  /// Starts a worker and gives its JSON.
  func create(_ request: RunRequest, once key: OnceKey?, origin: String) throws -> JSON {
    try answering(key) {
      let moment = now()
      let row = Ledger.WorkerRow(
        id: Identifier.worker(at: moment, using: &random), createdAt: moment, title: nil)
      let recipe = recipe(
        row.id, number: 1, input: request.input, budget: request.budget, at: moment)
      var turn = Turn(recipe)
      let files = turn.advance(to: moment)
      let sheet = WorkerSheet(
        id: row.id, createdAt: row.createdAt, title: nil, turns: [turn], now: moment)
      let begun = Self.entries(of: turn, from: 0, files)
      return Answer(
        json: sheet.json(origin: origin), entries: [.worker(row), .turn(recipe)] + begun
      ) { world in
        world.workers[row.id] = Record(row: row, recipes: [])
        world.take(turn)
      }
    }
  }

  /// Starts another turn of a worker; 409 while one is running.
  func continueWorker(
    _ worker: String, _ request: RunRequest, once key: OnceKey?, origin: String
  ) throws -> JSON {
    try answering(key) {
      var sheet = try sheet(worker)
      guard playing[worker] == nil else {
        throw APIError(
          status: 409, message: "this worker is running; wait for the end of its run",
          code: "worker_running")
      }
      let moment = now()
      let recipe = recipe(
        worker, number: sheet.turns.count + 1, input: request.input, budget: request.budget,
        at: moment)
      var turn = Turn(recipe)
      let files = turn.advance(to: moment)
      sheet.turns.append(turn)
      sheet.now = moment
      let begun = Self.entries(of: turn, from: 0, files)
      return Answer(json: sheet.json(origin: origin), entries: [.turn(recipe)] + begun) {
        $0.take(turn)
      }
    }
  }

  /// A worker's JSON, up to this moment.
  func retrieve(_ worker: String, origin: String) throws -> JSON {
    try sheet(worker).json(origin: origin)
  }

  /// The address that mail to a worker goes to.
  func email(of worker: String) throws -> String {
    guard workers[worker] != nil else { throw APIError.noWorker(worker) }
    return "w-\(worker.suffix(26).lowercased())@workers.example"
  }

  /// A file that a worker has written.
  func file(_ worker: String, path: String) throws -> MadeFile {
    guard workers[worker] != nil else { throw APIError.noWorker(worker) }
    try settle()
    play(worker, to: now())
    try settle()
    guard let file = try ledger.file(worker: worker, path: path) else { throw APIError.noFile }
    return file
  }

  func createSchedule(
    _ worker: String, _ request: ScheduleRequest, once key: OnceKey?
  ) throws -> JSON {
    try answering(key) {
      guard workers[worker] != nil else { throw APIError.noWorker(worker) }
      guard clockwork.schedules(of: worker).count < Self.scheduleLimit else {
        throw APIError(
          status: 409, message: "a worker has at most \(Self.scheduleLimit) schedules",
          code: "too_many_schedules")
      }
      let moment = now()
      guard let first = request.when.firstFire(after: moment) else {
        throw APIError(
          status: 400, message: "this schedule would never fire", code: "invalid_schedule")
      }
      let kept = KeptSchedule(
        worker: worker,
        schedule: Schedule(
          id: Identifier.schedule(at: moment, using: &random), budget: request.budget,
          input: request.input, kind: request.when, nextRunAt: first))
      return Answer(json: kept.schedule.json, entries: [.schedule(kept)]) {
        $0.clockwork.put(kept)
      }
    }
  }

  /// The schedules of a worker, the next to fire first; what is due fires before they are listed.
  func schedules(of worker: String) throws -> JSON {
    guard workers[worker] != nil else { throw APIError.noWorker(worker) }
    let moment = now()
    try settle()
    play(worker, to: moment)
    fireSchedules(at: moment)
    try settle()
    rouse()
    let list = clockwork.schedules(of: worker).map { $0.shown(at: moment).json }
    return ["schedules": .array(list), "workerId": .string(worker)]
  }

  func cancelSchedule(_ worker: String, _ schedule: String) throws -> JSON {
    guard workers[worker] != nil else { throw APIError.noWorker(worker) }
    try settle()
    guard clockwork.schedules[schedule]?.worker == worker else {
      throw APIError(
        status: 404, message: "this worker has no schedule \(schedule.prefix(60))",
        code: "schedule_not_found")
    }
    try ledger.write([.unschedule(schedule)])
    clockwork.remove(schedule)
    rouse()
    return ["cancelled": true]
  }

  /// An answer, what must be written before it is given, and what changes once it is.
  private struct Answer {
    var json: JSON
    var entries: [Ledger.Entry]
    var change: (isolated World) -> Void
  }

  /// Writes and answers; a key that was seen gives its old answer and changes nothing.
  private func answering(_ key: OnceKey?, _ make: () throws -> Answer) throws -> JSON {
    if let key, let kept = try ledger.answer(key: key.key),
      kept.at > now() - Ledger.answerLifetime
    {
      guard kept.fingerprint == key.fingerprint else {
        throw APIError(
          status: 422, message: "this idempotency key was used for another request",
          code: "idempotency_key_reused")
      }
      return (try? JSONReader.read(kept.body)) ?? .null
    }
    try settle()
    let answer = try make()
    var entries = unwritten + answer.entries
    if let key {
      entries.append(
        .answer(
          Ledger.KeptAnswer(
            key: key.key, fingerprint: key.fingerprint, body: answer.json.text, at: now())))
    }
    try ledger.write(entries)
    unwritten = []
    answer.change(self)
    rouse()
    return answer.json
  }
}

extension APIError {
  /// The disk is full, or the folder is gone.
  static let noLedger = APIError(
    status: 503, message: "the server cannot write to its ledger at the moment",
    code: "ledger_unavailable", retryAfter: World.patience)

  static func noWorker(_ id: String) -> APIError {
    APIError(
      status: 404, message: "there is no worker \(id.prefix(60))", code: "worker_not_found")
  }
}
