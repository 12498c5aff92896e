public import WorkerAPI

/// Whether a request may be sent again (protocol.md (a), "Timeouts and retries").
public enum RetryPolicy {
  /// Further attempts after the first, as in the vendor's clients.
  public static let limit = 2

  /// How an attempt ended.
  public enum Outcome: Hashable, Sendable {
    case answered(TransportHead)
    case failed(TransportError)
  }

  /// Reads and deletes may be repeated; so may a request with an `Idempotency-Key`.
  ///
  /// Anything else costs money when it is carried out twice, so it is repeated only when it
  /// certainly did not arrive.
  public static func mayRepeat(_ request: TransportRequest, after outcome: Outcome) -> Bool {
    mayRepeat(
      request.method, hasIdempotencyKey: request.hasIdempotencyKey, after: outcome)
  }

  public static func mayRepeat(
    _ method: HTTPMethod, hasIdempotencyKey: Bool, after outcome: Outcome
  ) -> Bool {
    let isRepeatable = method != .post || hasIdempotencyKey
    switch outcome {
    case .failed(.unreachable): return true
    case .failed(.timedOut), .failed(.stalled), .failed(.broken): return isRepeatable
    case .failed(.tooLarge), .failed(.badAddress), .failed(.cancelled): return false
    case .answered(let head): return isRepeatable && mayPass(head)
    }
  }

  /// Whether the trouble of an answer may pass by itself; the server's own word comes first.
  static func mayPass(_ head: TransportHead) -> Bool {
    switch (head["x-should-retry"], head.status) {
    case (_, ..<400): false
    case ("true", _): true
    case ("false", _): false
    case (_, 408), (_, 409), (_, 429), (_, 500...): true
    default: false
    }
  }
}

extension TransportRequest {
  var hasIdempotencyKey: Bool {
    headers.contains { $0.name.lowercased() == "idempotency-key" && !$0.value.isEmpty }
  }
}
