import WorkerAPI

/// What a stream is read from, page by page.
protocol EventSource: Sendable {
  /// At most `limit` events from a place on.
  func page(from place: Position, limit: Int) async throws -> Page
  /// Returns when there may be more to read from a place on, or the task is cancelled.
  func more(than place: Position) async
  /// The server stops: streams end where they are.
  var isClosed: Bool { get async }
  func streamOpened() async
  func streamClosed() async
}

/// A worker's events as the client at `origin` sees them.
struct WorkerLog: EventSource {
  let world: World
  let worker: String
  let origin: String

  func page(from place: Position, limit: Int) async throws -> Page {
    try await world.page(of: worker, from: place, limit: limit, origin: origin)
  }

  func more(than place: Position) async { await world.more(of: worker, than: place) }

  var isClosed: Bool { get async { await world.isClosed } }

  func streamOpened() async { await world.streamOpened() }
  func streamClosed() async { await world.streamClosed() }
}
