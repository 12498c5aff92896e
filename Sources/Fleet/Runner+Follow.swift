import WorkerAPI

extension Runner {
  /// Keeps one worker's stream open: reads, decodes off the main actor, reconnects by the rules.
  func follow(_ worker: String, from lastEventID: String, isActive: Bool) async {
    var rules = ports.reconnect(isActive)
    var id = lastEventID
    while !Task.isCancelled {
      let (verdict, lastID) = await connect(worker, from: id, &rules)
      guard let verdict, !Task.isCancelled else { return }
      id = lastID
      switch verdict {
      case .finished: return send(.streamEnded(worker: worker))
      case .refused(let reason, let status):
        return send(.streamRefused(worker: worker, reason: reason, status: status))
      case .retry(let delay, let reason, let loss):
        send(.streamLost(worker: worker, reason: reason, retryAfter: delay, loss))
        guard await sleep(delay) else { return }
        send(.streamOpening(worker: worker))
      }
    }
  }

  /// One connection, from its request to its end; nil when it was cancelled.
  private func connect(
    _ worker: String, from lastEventID: String, _ rules: inout any Reconnect
  ) async -> (Verdict?, lastEventID: String) {
    var reader = StreamReader(lastEventID: lastEventID)
    do throws(TransportError) {
      let stream = try await ports.service.stream(worker, lastEventID: lastEventID)
      guard !Task.isCancelled else {
        stream.cancel()
        return (nil, lastEventID)
      }
      if let verdict = rules.opened(stream.head) {
        stream.cancel()
        return (verdict, lastEventID)
      }
      send(.streamOpened(worker: worker))
      defer { stream.cancel() }
      while let items = try await reader.next(
        from: stream, isRaw: { [weak self] in await self?.tapped == worker })
      {
        guard !Task.isCancelled else { return (nil, reader.lastEventID) }
        rules.took(items, retryMilliseconds: reader.retryMilliseconds)
        send(items.isEmpty ? .streamAlive(worker: worker) : .streamed(worker: worker, items))
        // The stream waits where the disk does not keep up.
        await scrollbackQueue.room()
      }
      return (rules.ended(nil, roll: ports.roll()), reader.lastEventID)
    } catch {
      if error == .cancelled { return (nil, reader.lastEventID) }
      return (rules.ended(error, roll: ports.roll()), reader.lastEventID)
    }
  }
}

/// Turns a stream's bytes into items; nonisolated, so that decoding leaves the main actor alone.
struct StreamReader: Sendable {
  private var decoder: SSEDecoder

  init(lastEventID: String) { decoder = SSEDecoder(lastEventID: lastEventID) }

  var lastEventID: String { decoder.lastEventID }
  var retryMilliseconds: Int? { decoder.retryMilliseconds }

  /// The items of the next chunk, possibly none; nil at the end of the stream.
  @concurrent
  mutating func next(
    from stream: TransportStream, isRaw: @Sendable () async -> Bool
  ) async throws(TransportError) -> [StreamItem]? {
    guard let chunk = try await stream.next() else { return nil }
    let isRaw = await isRaw()
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
