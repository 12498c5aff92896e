import Fleet
import WorkerAPI

extension FleetFixture.Builder {
  /// A handful of requests that ended in different ways.
  mutating func tellRequests() {
    let worker = FleetFixture.watched
    request(91, .post, .create, 60, .failed(.timedOut(seconds: 60)))
    request(28, .post, .create, 0.388, .status(202), retries: 1)
    request(20, .get, .stream(worker: worker), 0.034, .status(200))
    request(
      12, .get, .file(worker: worker, path: "reports/a very long name of a report.csv"), 1.2,
      .status(404))
    request(6, .get, .schedules(worker: worker), 14, .status(502))
    request(2, .get, .retrieve(worker: worker), 0.028, .status(200))
  }

  private mutating func request(
    _ secondsAgo: Double, _ method: HTTPMethod, _ route: Route, _ duration: Double,
    _ outcome: TransportRecord.Outcome, retries: Int = 0
  ) {
    let record = TransportRecord(
      method: method, target: .path(route.path), askedAt: FleetFixture.now - secondsAgo,
      duration: duration, outcome: outcome, retries: retries)
    at(secondsAgo, .requested(record))
  }
}
