public import WorkerAPI

/// Sends again what may be sent again, at most `RetryPolicy.limit` times, with pauses in between.
///
/// A stream is retried until its head has come, never after. When a task is cancelled in a pause,
/// the last attempt's end is its result.
public struct RetryingTransport: Transport {
  /// Each retry before its pause; the oldest are dropped when more than 16 wait to be read.
  public let retries: AsyncStream<TransportRetry>

  /// Each attempt and how it ended; the oldest are dropped when more than 256 wait to be read.
  public let records: AsyncStream<TransportRecord>

  private let base: any Transport
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Double
  private let roll: @Sendable () -> Double
  private let report: AsyncStream<TransportRetry>.Continuation
  private let note: AsyncStream<TransportRecord>.Continuation
  private let keys = KeyWitness()

  /// `now` gives seconds since 1970, `roll` a number in 0..<1.
  public init(
    _ base: any Transport, clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> Double,
    roll: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.base = base
    self.clock = clock
    self.now = now
    self.roll = roll
    (retries, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    (records, note) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    try await repeated(request, { $0 }, discarding: { _ in }) {
      () async throws(TransportError) in try await base.send(request)
    }
  }

  public func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    // What a refused stream says is left unread: its status and its headers are enough here.
    try await repeated(
      request, { TransportResponse(head: $0.head) }, discarding: { $0.cancel() }
    ) { () async throws(TransportError) in try await base.open(request) }
  }

  private func repeated<Answer: Sendable>(
    _ request: TransportRequest, _ response: (Answer) -> TransportResponse,
    discarding: (Answer) -> Void, _ attempt: () async throws(TransportError) -> Answer
  ) async throws(TransportError) -> Answer {
    /// The first end of a paid attempt that may have been carried out.
    var doubt: Result<Answer, TransportError>?
    var number = 0
    while true {
      let result: Result<Answer, TransportError>
      let askedAt = now()
      do throws(TransportError) {
        result = .success(try await attempt())
      } catch {
        result = .failure(error)
      }
      let outcome = outcome(of: result, response)
      note.yield(record(outcome, of: request, askedAt: askedAt, retries: number))
      await keys.saw(outcome, of: request)
      if request.method == .post, doubt == nil, RetryPolicy.leavesDoubt(outcome) { doubt = result }
      number += 1
      guard let pause = await pause(after: outcome, of: request, retries: number - 1) else {
        return try (settles(outcome) ? result : doubt ?? result).get()
      }
      report.yield(
        TransportRetry(
          method: request.method, target: request.target, number: number, reason: reason(outcome),
          pause: pause))
      guard (try? await clock.sleep(for: .seconds(pause))) != nil, !Task.isCancelled else {
        return try (doubt ?? result).get()
      }
      if case .success(let answer) = result { discarding(answer) }
    }
  }

  /// Seconds until the next attempt; nil when this was the last one.
  private func pause(
    after outcome: RetryPolicy.Outcome, of request: TransportRequest, retries: Int
  ) async -> Double? {
    guard request.isRetried, retries < RetryPolicy.limit, !Task.isCancelled else { return nil }
    let honoursKeys = await keys.areHonoured
    guard RetryPolicy.mayRepeat(request, after: outcome, serverHonoursKeys: honoursKeys)
    else { return nil }
    var retryAfter: Double?
    if case .answered(let head, _) = outcome { retryAfter = RetryAfter.parse(head, now: now()) }
    return RetryPolicy.pause(retries: retries, retryAfter: retryAfter, random: roll())
  }

  private func outcome<Answer>(
    of result: Result<Answer, TransportError>, _ response: (Answer) -> TransportResponse
  ) -> RetryPolicy.Outcome {
    switch result {
    case .failure(let error): return .failed(error)
    case .success(let answer):
      let response = response(answer)
      let error = response.head.status < 400 ? nil : APIError(response: response, now: now())
      return .answered(response.head, error)
    }
  }

  private func record(
    _ outcome: RetryPolicy.Outcome, of request: TransportRequest, askedAt: Double, retries: Int
  ) -> TransportRecord {
    let end: TransportRecord.Outcome =
      switch outcome {
      case .failed(let error): .failed(error)
      case .answered(let head, _): .status(head.status)
      }
    return TransportRecord(
      method: request.method, target: request.target, askedAt: askedAt,
      duration: max(0, now() - askedAt), outcome: end, retries: retries)
  }

  private func reason(_ outcome: RetryPolicy.Outcome) -> TransportRetry.Reason {
    switch outcome {
    case .failed(let error): .failed(error)
    case .answered(let head, let error):
      .refused(error ?? APIError(response: TransportResponse(head: head)))
    }
  }

  /// Whether an end says what became of a paid request of which an earlier attempt left doubt.
  ///
  /// An answer to the same key does, but for those that only put it off.
  private func settles(_ outcome: RetryPolicy.Outcome) -> Bool {
    switch outcome {
    case .failed: false
    case .answered(let head, _): head.status < 500 && ![408, 409, 425, 429].contains(head.status)
    }
  }
}

/// Whether the server honours idempotency keys, by what its answers to keyed requests have shown.
private actor KeyWitness {
  /// The last answer to a keyed request named its key.
  private(set) var areHonoured = false

  func saw(_ outcome: RetryPolicy.Outcome, of request: TransportRequest) {
    guard let key = request.idempotencyKey, case .answered(let head, _) = outcome else { return }
    if head["idempotency-key"] == key {
      areHonoured = true
    } else if head.status < 300 {
      // Other refusals may come from a gateway, which says nothing about the server behind it.
      areHonoured = false
    }
  }
}
