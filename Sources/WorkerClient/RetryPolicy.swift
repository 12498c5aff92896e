public import WorkerAPI

/// Whether a request may be sent again (protocol.md (a), "Timeouts and retries").
///
/// Reads and deletes do no harm when they are carried out twice; a POST starts something that costs
/// money. It carries an `Idempotency-Key`, but a server may ignore that header, so a key alone does
/// not make it safe: the server must have shown that it honours keys, by naming the request's key in
/// the `Idempotency-Key` header of its answer.
///
/// | How an attempt ended          | GET, DELETE | POST, keys shown to be honoured | other POST |
/// |-------------------------------|-------------|---------------------------------|------------|
/// | no connection, nothing sent   | again       | again                           | again      |
/// | timeout, silence, broken      | again       | again                           | **never**  |
/// | 408, 425, 429                 | again       | again                           | again *    |
/// | 409                           | again       | again unless a run is the cause | the same * |
/// | 5xx                           | again       | again                           | **never**  |
/// | `x-should-retry: true`, 4xx   | again       | again                           | again *    |
/// | `x-should-retry: false`       | never       | never                           | never      |
/// | any other answer              | never       | never                           | never      |
///
/// \* A 4xx says that the request was refused, not that it was carried out. A POST without a key is
/// sent again only after no connection.
public enum RetryPolicy {
  /// Further attempts after the first, as in the vendor's clients.
  public static let limit = 2
  /// Seconds; a server that asks for a longer pause is not waited for, and its answer is reported.
  public static let longestPause = 60.0

  /// How an attempt ended.
  public enum Outcome: Hashable, Sendable {
    /// The error is what the body of a refusal says, where it was read.
    case answered(TransportHead, APIError?)
    case failed(TransportError)
  }

  public static func mayRepeat(
    _ request: TransportRequest, after outcome: Outcome, serverHonoursKeys: Bool
  ) -> Bool {
    let isPaid = request.method == .post
    let isKeyed = request.idempotencyKey != nil
    let isSafe = !isPaid || (isKeyed && serverHonoursKeys)
    switch outcome {
    case .failed(.unreachable): return true
    case .failed(.timedOut), .failed(.stalled), .failed(.broken): return isSafe
    case .failed(.tooLarge), .failed(.badAddress), .failed(.cancelled): return false
    case .answered(let head, let error):
      guard mayPass(head), isSafe || (isKeyed && head.status < 500) else { return false }
      guard isPaid, head.status == 409, head["x-should-retry"] != "true" else { return true }
      // A conflict that has a name is the operator's business: a run that goes on, a key used twice.
      return error?.saysRunning != true && error?.code == nil
    }
  }

  /// Whether a POST that ended so may have been carried out.
  static func leavesDoubt(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .failed(.timedOut), .failed(.stalled), .failed(.broken), .failed(.tooLarge): true
    case .failed: false
    case .answered(let head, _): head.status >= 500
    }
  }

  /// Whether the trouble of an answer may pass by itself; the server's own word comes first.
  static func mayPass(_ head: TransportHead) -> Bool {
    switch (head["x-should-retry"], head.status) {
    case (_, ..<400): false
    case ("true", _): true
    case ("false", _): false
    case (_, 408), (_, 409), (_, 425), (_, 429), (_, 500...): true
    default: false
    }
  }

  /// Seconds before the next attempt; nil when the server asks for more than we wait.
  ///
  /// `retries` counts those already made; `random` in 0..<1 takes up to a fourth off.
  static func pause(retries: Int, retryAfter: Double?, random: Double) -> Double? {
    if let retryAfter { return retryAfter <= longestPause ? retryAfter : nil }
    let doubled = min(0.5 * Double(1 << min(retries, 10)), 8)
    return doubled * (1 - 0.25 * min(max(random, 0), 1))
  }
}
