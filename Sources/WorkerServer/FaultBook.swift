import WorkerAPI

/// Counts requests, and remembers whose stream was opened before.
actor FaultBook {
  private var requests = 0
  private var opened: Set<String> = []

  /// The number of the request, from 1 on.
  func number() -> Int {
    requests += 1
    return requests
  }

  /// True for a worker's first stream since the server began; at most one entry a worker.
  func isFirstStream(of worker: String) -> Bool { opened.insert(worker).inserted }
}

extension World {
  /// The place behind everything that a worker has said so far.
  func end(of worker: String) throws -> Position {
    guard let recipes = workers[worker]?.recipes else { throw APIError.noWorker(worker) }
    guard let turn = playing[worker] else { return Position(turn: recipes.count + 1, index: 0) }
    return Position(turn: turn.recipe.number, index: turn.log.count)
  }
}
