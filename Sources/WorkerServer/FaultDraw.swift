import WorkerAPI

/// What goes wrong with one request: the same faults, seed and number give the same mishaps.
struct FaultDraw: Hashable, Sendable {
  /// Milliseconds to wait before the answer.
  var delay = 0
  /// The answer in place of the request's own.
  var refusal: APIError?
  /// How an answer fails that is no stream.
  var breakdown: Fault.Breakdown?
  var stream = StreamFaults()

  /// Nothing goes wrong.
  init() {}

  /// Draws for the request of a number, from 1 on.
  init(_ faults: [Fault], number: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed ^ 0xFA17_FA17_FA17_FA17, part: number)
    for fault in faults {
      // Each fault has its own luck, whatever the others use up.
      var own = SplitMix64(seed: random.next())
      take(fault, number, &own)
    }
  }

  private mutating func take(_ fault: Fault, _ number: Int, _ random: inout SplitMix64) {
    switch fault {
    case .cut(let events): fail(.cut, after: events)
    case .stall(let events): fail(.stall, after: events)
    case .reset(let events): fail(.reset, after: events)
    case .sometimes(let kind, let chance):
      guard chance.hits(&random) else { return }
      if kind != .stall { breakdown = breakdown ?? kind }
      fail(kind, after: random.number(1...100), isCertain: true)
    case .refusal(let status, let chance):
      if chance.hits(&random) { refuse(status) }
    case .latency(let range): delay += random.number(range)
    case .slow(let milliseconds): delay += milliseconds
    case .unavailable(let every): if number % every == 0 { refuse(503) }
    case .limited(let every): if number % every == 0 { refuse(429) }
    case .split(let bytes): stream.pieceSize = bytes
    case .noFinish: stream.hasFinish = false
    case .replay: stream.isReplayed = true
    case .noIDs: stream.hasIDs = false
    case .onlyNew:
      stream.hasIDs = false
      stream.isOnlyNew = true
    }
  }

  /// The earliest failure stands.
  private mutating func fail(
    _ kind: Fault.Breakdown, after events: Int, isCertain: Bool = false
  ) {
    let failure = StreamFaults.Failure(kind: kind, after: events, isCertain: isCertain)
    if let earlier = stream.failure, earlier.after <= events { return }
    stream.failure = failure
  }

  /// The first refusal stands.
  private mutating func refuse(_ status: Int) {
    guard refusal == nil else { return }
    refusal =
      switch status {
      case 429:
        APIError(status: 429, message: "too many requests", code: "rate_limited", retryAfter: 1)
      case 503:
        APIError(
          status: 503, message: "the service is unavailable", code: "unavailable", retryAfter: 1)
      case 502:
        APIError(
          status: 502, message: "the server behind this one gave no answer", code: "bad_gateway")
      default:
        APIError(
          status: status, message: "the server failed to answer this", code: "internal")
      }
  }
}

/// What goes wrong with one stream.
struct StreamFaults: Hashable, Sendable {
  var failure: Failure?
  /// Bytes of each write; nil writes what there is.
  var pieceSize: Int?
  var hasFinish = true
  var isReplayed = false
  var hasIDs = true
  var isOnlyNew = false

  /// How a stream fails, and after how many events.
  struct Failure: Hashable, Sendable {
    var kind: Fault.Breakdown
    var after: Int
    /// A shorter stream fails too, before its last event.
    var isCertain = false

    /// The number of these events that are still given, when it is here that the stream fails.
    mutating func strikes(_ count: Int, isEnd: Bool) -> Int? {
      if isCertain, isEnd, count > 0 { after = min(after, count - 1) }
      if after <= count, after < count || !isCertain { return after }
      after -= count
      return nil
    }
  }
}
