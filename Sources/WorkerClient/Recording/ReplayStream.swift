internal import WorkerAPI

/// One recorded answer while it is played.
actor ReplayStream {
  private let recording: Recording
  private let exchange: Recording.Exchange
  /// When the console of that time asked again, in seconds of the recording.
  private let until: Double?
  private let clock: any Clock<Duration>
  private let elapsed: @Sendable () -> Double
  private var played = 0
  private var sleep: Task<Void, any Error>?
  private var isCancelled = false

  init(
    _ recording: Recording, _ exchange: Recording.Exchange, until: Double?,
    clock: any Clock<Duration>, elapsed: @escaping @Sendable () -> Double
  ) {
    self.recording = recording
    self.exchange = exchange
    self.until = until
    self.clock = clock
    self.elapsed = elapsed
  }

  func cancel() {
    isCancelled = true
    sleep?.cancel()
  }

  func head() async throws(TransportError) -> TransportHead {
    guard exchange.headAt.isFinite, let head = recording.head(of: exchange) else {
      try await end()
      throw .broken("the recording has no answer to it")
    }
    try await wait(until: exchange.headAt)
    return head
  }

  func next() async throws(TransportError) -> [UInt8]? {
    guard played < exchange.chunks.count else {
      try await end()
      return nil
    }
    let chunk = exchange.chunks[played]
    try await wait(until: chunk.at)
    played += 1
    guard let bytes = recording.bytes(chunk) else {
      throw .broken("the recording has changed on the disk")
    }
    return bytes
  }

  private func end() async throws(TransportError) {
    guard exchange.endAt.isFinite, exchange.end != .cancelled else {
      // Nobody read on then: it is silent until it was asked for again.
      try await wait(until: until ?? .infinity)
      throw .broken("the recording goes on in another connection")
    }
    try await wait(until: exchange.endAt)
    if let error = exchange.end { throw error }
  }

  private func wait(until moment: Double) async throws(TransportError) {
    guard !isCancelled else { throw .cancelled }
    // Again after a hundred days, which stand for ever.
    let seconds = min(moment - elapsed(), 8_640_000)
    guard seconds > 0 else { return }
    let clock = clock
    let sleep = Task { try await clock.sleep(for: .seconds(seconds)) }
    self.sleep = sleep
    let isOver = await withTaskCancellationHandler {
      (try? await sleep.value) != nil
    } onCancel: {
      sleep.cancel()
    }
    guard isOver, !isCancelled else { throw .cancelled }
  }
}
