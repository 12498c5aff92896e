import WorkerAPI

/// Some events of a worker's stream, as far as a subscriber asked for.
struct Page: Sendable {
  var events: [ServerSentEvent]
  /// Where the next page begins.
  var next: Position
  /// Nothing comes after these events.
  var isEnd: Bool
}

/// Subscribers pull: each reads the log from its own place, and waits for a sign when it is at the end.
/// Nothing is queued for anybody, so a slow one delays nobody and costs no memory.
extension World {
  /// Where a stream begins that was left after `lastEventID`; an id that was never given counts for
  /// none.
  func beginning(of worker: String, after lastEventID: String) throws -> Position {
    try settle()
    guard workers[worker] != nil else { throw APIError.noWorker(worker) }
    let start = Position(turn: 1, index: 0)
    guard let last = Position(lastEventID), let turn = try turn(worker, last.turn),
      last.index < turn.log.count
    else { return start }
    return Position(turn: last.turn, index: last.index + 1)
  }

  /// At most `limit` events from a place on.
  func page(of worker: String, from place: Position, limit: Int, origin: String) throws -> Page {
    try settle()
    guard let recipes = workers[worker]?.recipes, !isClosed,
      let turn = try turn(worker, place.turn)
    else { return Page(events: [], next: place, isEnd: true) }
    let events = turn.events(from: place.index, limit: limit, origin: origin)
    let next = Position(turn: place.turn, index: place.index + events.count)
    guard turn.isFinished, next.index >= turn.log.count else {
      return Page(events: events, next: next, isEnd: false)
    }
    return Page(
      events: events, next: Position(turn: place.turn + 1, index: 0),
      isEnd: place.turn >= recipes.count)
  }

  /// Returns when there may be more to read from a place on, or the task is cancelled.
  func more(of worker: String, than place: Position) async {
    guard !isClosed, isAtEnd(place, of: worker) else { return }
    tickets += 1
    let ticket = tickets
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled {
          continuation.resume()
        } else {
          watchers[worker, default: [:]][ticket] = continuation
        }
      }
    } onCancel: {
      Task { await self.leave(worker, ticket) }
    }
  }

  /// Nothing was said yet at the place.
  ///
  /// Not asked where somebody waits: a turn that is held meanwhile is copied, all that it said, with
  /// each thing that it says.
  private func isAtEnd(_ place: Position, of worker: String) -> Bool {
    guard let turn = playing[worker] else { return false }
    return turn.recipe.number == place.turn && place.index >= turn.log.count
  }

  private func leave(_ worker: String, _ ticket: Int) {
    watchers[worker]?.removeValue(forKey: ticket)?.resume()
  }

  func wakeWatchers(of worker: String) {
    guard let waiting = watchers.removeValue(forKey: worker) else { return }
    for continuation in waiting.values { continuation.resume() }
  }

  func streamOpened() { openStreams += 1 }
  func streamClosed() { openStreams -= 1 }
}
