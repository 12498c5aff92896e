import Hummingbird
import Logging
import NIOCore
import Synchronization
import WorkerAPI

/// A server whose every path is one generated stream of small text deltas, as long as is wished, to
/// measure the way from here to a client: it writes by `EventStream`, and keeps nothing.
public struct Fountain: Sendable {
  let log: GeneratedLog
  private let patience: Double

  /// So many deltas; the bounds of text parts and the end come in addition.
  ///
  /// `patience` is that of `ServerConfiguration.patienceSeconds`.
  public init(deltas: Int, patience: Double = 60) {
    log = GeneratedLog(deltas: max(1, deltas))
    self.patience = patience
  }

  /// Streams that are being sent.
  var openStreams: Int { log.tally.openStreams }

  /// Events of one stream, without `[DONE]`.
  public var length: Int { log.length }

  /// Events that were read for all streams so far, sent or about to be.
  public var given: Int { log.tally.given }

  /// Serves on a free port of this machine until the task is cancelled.
  public func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
    var logger = Logger(label: "signalbox.fountain")
    logger.logLevel = .critical
    let application = Application(
      responder: FountainResponder(log: log, patience: patience),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
      logger: logger)
    do {
      try await application.run()
    } catch is CancellationError {
      // The way in which this server is stopped.
    }
  }
}

private struct FountainResponder: HTTPResponder {
  let log: GeneratedLog
  let patience: Double

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let seen = Position(request.headers[.lastEventID] ?? "").map { min($0.index, log.length) + 1 }
    return EventStream(
      source: log, place: Position(turn: 1, index: seen ?? 0),
      endsWithDone: true, keepAlive: 15, patience: patience, channel: context.channel
    ).response(to: request)
  }
}

/// Text in small deltas, a thousand to a part, made as it is read.
struct GeneratedLog: EventSource {
  let deltas: Int
  let tally = Tally()

  /// Counts across streams.
  final class Tally: Sendable {
    private let count = Atomic(0)
    private let streams = Atomic(0)

    var openStreams: Int { streams.load(ordering: .acquiring) }

    func open(_ change: Int) { streams.add(change, ordering: .acquiringAndReleasing) }

    var given: Int { count.load(ordering: .relaxed) }

    func add(_ events: Int) { count.add(events, ordering: .relaxed) }
  }

  private static let partLength = 1_000
  private static let words = [
    "The ", "quick ", "brown ", "fox ", "jumps\n", "over ", "thé ", "lazy ", "dog. ",
  ].map { Chunk.delta("text-delta", id: "txt-0", $0).text }
  private static let start = Chunk.bound("text-start", id: "txt-0").text
  private static let end = Chunk.bound("text-end", id: "txt-0").text
  private static let finish = Chunk.finish(reason: "stop", metadata: [:]).text

  /// Each part has a start and an end, and the message a finish.
  var length: Int { deltas + (deltas + Self.partLength - 1) / Self.partLength * 2 + 1 }

  func page(from place: Position, limit: Int) -> Page {
    let start = min(place.index, length)
    let end = start + min(limit, length - start)
    let events = (start..<end).map { index in
      ServerSentEvent(data: data(index), id: Position(turn: 1, index: index).text)
    }
    tally.add(events.count)
    return Page(events: events, next: Position(turn: 1, index: end), isEnd: end == length)
  }

  private func data(_ index: Int) -> String {
    if index == length - 1 { return Self.finish }
    let offset = index % (Self.partLength + 2)
    if offset == 0 { return Self.start }
    if offset == Self.partLength + 1 || index == length - 2 { return Self.end }
    return Self.words[offset % Self.words.count]
  }

  /// Never called for: there is always more, until the end.
  func more(than place: Position) async {}

  var isClosed: Bool { false }

  func streamOpened() { tally.open(1) }
  func streamClosed() { tally.open(-1) }
}
