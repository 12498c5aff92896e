import WorkerAPI

extension Runner {
  /// Keeps one worker's stream open: reads, decodes off the main actor, reconnects by the rules.
  func follow(_ worker: String, from lastEventID: String, isActive: Bool) async {
    let stream = StreamReader(worker: worker, lastEventID: lastEventID, isRaw: false)
    await listen(stream, isActive: isActive) { [weak self] in
      self?.send(.stream(worker: worker, $0))
    }
  }

  /// Seconds before raw events are asked for: what is only passed by costs no request.
  static let tapPause = 0.3

  /// The same beside it, with the events as they come.
  func tap(_ worker: String, from lastEventID: String, isActive: Bool) async {
    guard await sleep(Self.tapPause) else { return }
    let stream = StreamReader(worker: worker, lastEventID: lastEventID, isRaw: true)
    await listen(stream, isActive: isActive) { [weak self] in
      self?.send(.tapped(worker: worker, $0))
    }
  }

  private func listen(
    _ first: StreamReader, isActive: Bool, tell: @MainActor (StreamNews) -> Void
  ) async {
    var rules = ports.reconnect(isActive)
    var reader = first
    while !Task.isCancelled {
      guard let verdict = await connect(&reader, &rules, tell), !Task.isCancelled else { return }
      switch verdict {
      case .finished: return tell(.ended)
      case .refused(let reason, let status):
        return tell(.refused(reason: reason, status: status))
      case .retry(let delay, let reason, let loss):
        tell(.lost(reason: reason, retryAfter: delay, loss))
        guard await sleep(delay) else { return }
        tell(.opening)
      }
    }
  }

  /// One connection, from its request to its end; nil when it was cancelled.
  private func connect(
    _ reader: inout StreamReader, _ rules: inout any Reconnect,
    _ tell: @MainActor (StreamNews) -> Void
  ) async -> Verdict? {
    reader.begin()
    do throws(TransportError) {
      let stream = try await ports.service.stream(reader.worker, lastEventID: reader.lastEventID)
      guard !Task.isCancelled else {
        stream.cancel()
        return nil
      }
      if let verdict = rules.opened(stream.head) {
        stream.cancel()
        return verdict
      }
      tell(.opened)
      defer { stream.cancel() }
      while let items = try await reader.next(from: stream) {
        guard !Task.isCancelled else { return nil }
        rules.took(items, retryMilliseconds: reader.retryMilliseconds)
        tell(items.isEmpty ? .alive : .items(items))
        // The stream waits where the disk does not keep up.
        await scrollbackQueue.room()
      }
      return rules.ended(nil, roll: ports.roll())
    } catch {
      return error == .cancelled ? nil : rules.ended(error, roll: ports.roll())
    }
  }
}

/// Turns a stream's bytes into items; nonisolated, so that decoding leaves the main actor alone.
struct StreamReader: Sendable {
  let worker: String
  /// Items have their bytes as they came, too.
  private let isRaw: Bool
  private var decoder: SSEDecoder

  init(worker: String, lastEventID: String, isRaw: Bool) {
    self.worker = worker
    self.isRaw = isRaw
    decoder = SSEDecoder(lastEventID: lastEventID)
  }

  var lastEventID: String { decoder.lastEventID }
  var retryMilliseconds: Int? { decoder.retryMilliseconds }

  /// Another connection goes on after the last event; what was half read is gone.
  mutating func begin() { decoder = SSEDecoder(lastEventID: decoder.lastEventID) }

  /// The items of the next chunk, possibly none; nil at the end of the stream.
  @concurrent
  mutating func next(from stream: TransportStream) async throws(TransportError) -> [StreamItem]? {
    guard let chunk = try await stream.next() else { return nil }
    do {
      var items: [StreamItem] = []
      try decoder.feed(chunk) { data, _, id in
        items.append(
          StreamItem(WorkerEvent(bytes: data), id: id, raw: isRaw ? RawEvent(data) : nil))
      }
      return items
    } catch {
      stream.cancel()
      throw .broken("an event larger than \(SSEDecoder.eventLimit >> 20) MiB")
    }
  }
}
