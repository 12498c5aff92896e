import Testing
import WorkerAPI

@testable import Fleet

@Suite struct AgendaTests {
  private func schedule(_ id: String, at moment: Double?) -> Schedule {
    Schedule(id: id, budget: .low, input: "go", kind: .cron("* * * * *"), nextRunAt: moment)
  }

  @Test("The soonest fire of all workers comes first, and one without a date last")
  func order() {
    var state = State()
    for (id, schedules) in [
      ("a", [schedule("s4", at: nil), schedule("s3", at: 30)]), ("b", [schedule("s1", at: 10)]),
      ("c", [schedule("s2", at: 30)]), ("d", nil),
    ] {
      let known = KnownWorker(id: id, title: "T\(id)", instruction: "", budget: .low, addedAt: 0)
      var worker = WorkerState(known: known, phase: Reading(.done, at: 0, from: .poll))
      worker.schedules = schedules.map { Reading($0, at: 0, from: .poll) }
      state.workers[id] = worker
    }
    #expect(
      Agenda.items(of: ["a", "b", "c", "d", "unknown"], in: state) == [
        AgendaItem(worker: "b", title: "Tb", schedule: schedule("s1", at: 10)),
        AgendaItem(worker: "c", title: "Tc", schedule: schedule("s2", at: 30)),
        AgendaItem(worker: "a", title: "Ta", schedule: schedule("s3", at: 30)),
        AgendaItem(worker: "a", title: "Ta", schedule: schedule("s4", at: nil)),
      ])
    #expect(Agenda.items(of: ["b"], in: state).map(\.schedule.id) == ["s1"])
  }
}
