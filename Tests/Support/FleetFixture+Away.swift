public import Fleet
import WorkerAPI

extension FleetFixture {
  /// The operator is back after two hours in which one worker failed, one finished and one went on.
  public static var away: State {
    var state = State()
    let left = now - 7_200
    let workers = [
      ("wrk_a", "tender-watch"), ("wrk_b", "Überblick 東京"), ("wrk_c", "nightly-index"),
    ]
    let known = workers.map { id, title in
      KnownWorker(id: id, title: title, instruction: title, budget: .standard, addedAt: left - 60)
    }
    _ = reduce(&state, .recalled(Recollection(workers: known)), now: left - 60)
    for (id, _) in workers { tell(&state, id, "running", credits: 2, at: left - 30) }
    _ = reduce(&state, .present, now: left)
    tell(
      &state, "wrk_a", "completed", credits: 14.5, at: left + 900,
      [
        ("sources", [["url": "https://a.example/1"], ["url": "https://a.example/2"]]),
        ("files", [["filename": "tenders.csv", "url": "https://a.example/tenders.csv"]]),
      ])
    tell(
      &state, "wrk_b", "completed", credits: 3, at: left + 1_800,
      [("error", "HTTP 502 from the supplier's site, three times")])
    tell(&state, "wrk_c", "running", credits: 41, at: left + 3_600)
    _ = reduce(&state, .present, now: now)
    return state
  }

  private static func tell(
    _ state: inout State, _ id: String, _ status: String, credits: Double, at moment: Double,
    _ more: [(String, JSON)] = []
  ) {
    let members = [("usage", usage(credits: credits))] + more
    guard let worker = worker(id, status, createdAt: now - 8_000, members) else { return }
    _ = reduce(&state, .polled(worker: id, worker, askedAt: moment), now: moment)
  }
}
