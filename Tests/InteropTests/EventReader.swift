import WorkerAPI

/// Reads streams as the console does: its transport, its decoder.
enum EventReader {
  /// All events of a worker's stream, to its end.
  static func events(of worker: String, _ service: Service) async throws -> [ServerSentEvent] {
    let stream = try await service.stream(worker, lastEventID: "")
    var decoder = SSEDecoder()
    var events: [ServerSentEvent] = []
    while let chunk = try await stream.next() { events += try decoder.feed(chunk) }
    return events
  }
}
