public import Fleet
public import WorkerAPI

/// A fleet in a fixed state, built only from actions at fixed times: twelve workers in every state,
/// one of them with a rich transcript.
public enum FleetFixture {
  /// Tuesday, 24 November 2026, 14:05:31 UTC.
  public static let now = 1_795_529_131.0

  /// The worker with the rich transcript.
  public static let watched = "wrk_prices"

  /// Nobody works, and the registry has been read.
  public static var empty: State {
    var state = State()
    _ = reduce(&state, .recalled(Recollection()), now: now)
    return state
  }

  public static var full: State {
    var fleet = FleetFixture.Builder()
    fleet.recall()
    fleet.pollAll()
    fleet.tellPrices()
    fleet.tellReview()
    fleet.tellOthers()
    fleet.tellRequests()
    fleet.tellFinds()
    return fleet.state
  }

  /// One worker that runs and has said nothing yet.
  public static func single(id: String = "wrk_one", instruction: String = "Read the news.") -> State
  {
    var state = State()
    let known = KnownWorker(
      id: id, instruction: instruction, budget: .standard, addedAt: now - 60)
    _ = reduce(&state, .recalled(Recollection(workers: [known])), now: now - 60)
    if let worker = worker(id, "running", createdAt: now - 60) {
      _ = reduce(&state, .polled(worker: id, worker, askedAt: now - 59), now: now - 58)
    }
    _ = reduce(&state, .watch(id), now: now - 58)
    _ = reduce(&state, .stream(worker: id, .opened), now: now - 58)
    return state
  }

  /// A worker object as the server sends it.
  public static func worker(
    _ id: String, _ status: String, createdAt: Double, _ more: [(String, JSON)] = []
  ) -> Worker? {
    let members: [(String, JSON)] = [
      ("id", .string(id)), ("object", "worker"), ("created_at", .number(createdAt)),
      ("status", .string(status)), ("running", .bool(status == "running")),
    ]
    return Worker(json: .object(JSONObject(members + more)))
  }

  static func usage(credits: Double?, input: Int = 12_400, seconds: Double = 92) -> JSON {
    Usage(
      inputTokens: input, outputTokens: 3180, reasoningTokens: 840, cacheReadTokens: 9_120,
      cacheWriteTokens: 2_048, totalTokens: input + 3180, steps: 7, costUSD: 0.0432,
      credits: credits, durationMilliseconds: seconds * 1000
    ).json
  }
}
