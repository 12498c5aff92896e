public import Fleet
import WorkerAPI

extension FleetFixture {
  /// The whole fleet with an order of each kind that was sent and never answered.
  public static var doubtful: State {
    var fleet = full
    for order in fleet.uncertain { _ = reduce(&fleet, .settle(order.id, as: nil), now: now) }
    let schedule = ScheduleRequest(
      input: "Compare the prices again.", when: .cron("0 7 * * 1-5"), budget: .low)
    let orders: [(String, Action)] = [
      (
        "c",
        .create(
          intent: "c",
          input:
            "Find three suppliers of recycled A4 paper in Spain, compare their list prices and "
            + "their minimum orders, and write a table with sources. Leave out resellers.",
          budget: .high)
      ),
      (
        "f",
        .continueWorker(
          intent: "f", worker: watched, input: "And the second page?", budget: .standard)
      ),
      ("s", .schedule(intent: "s", worker: watched, schedule)),
      ("x", .cancelSchedule(intent: "x", worker: watched, schedule: "sch_cron")),
    ]
    for (index, (id, order)) in orders.enumerated() {
      let sentAt = now - 240 + Double(index) * 40
      _ = reduce(&fleet, order, now: sentAt)
      _ = reduce(
        &fleet, .sendFailed(intent: id, .transport(.timedOut(seconds: 60))), now: sentAt + 60)
    }
    return fleet
  }
}
