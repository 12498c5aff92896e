import Testing
import WorkerAPI

@Suite struct ScheduleTests {
  static let kinds: [(kind: ScheduleKind, when: JSON, extra: JSONObject)] = [
    (
      .once(1_767_323_045), ["type": "scheduled", "date": "2026-01-02T03:04:05Z"], JSONObject()
    ),
    (
      .delayed(seconds: 3600), ["type": "delayed", "delayInSeconds": 3600],
      JSONObject([("delayInSeconds", 3600)])
    ),
    (
      .cron("*/15 * * * *"), ["type": "cron", "cron": "*/15 * * * *"],
      JSONObject([("cron", "*/15 * * * *")])
    ),
    (
      .interval(seconds: 1800), ["type": "interval", "intervalSeconds": 1800],
      JSONObject([("intervalSeconds", 1800)])
    ),
    (.other("lunar"), ["type": "lunar"], JSONObject()),
  ]

  @Test("Each kind is asked for, answered and read back", arguments: kinds)
  func kind(kind: ScheduleKind, when: JSON, extra: JSONObject) {
    let request = ScheduleRequest(input: "go", when: kind, budget: .low)
    #expect(request.json == ["input": "go", "when": when, "budget": "low"])
    let schedule = Schedule(
      id: "sch_1", budget: .high, input: "go", kind: kind, nextRunAt: 1_767_323_045)
    var answer = JSONObject([
      ("id", "sch_1"), ("budget", "high"), ("input", "go"),
      ("nextRunAt", "2026-01-02T03:04:05Z"), ("type", .string(kind.word)),
    ])
    answer.members += extra.members
    #expect(schedule.json == .object(answer))
    #expect(Schedule(json: schedule.json) == schedule)
  }

  @Test("What is missing or unreadable leaves the rest")
  func lenient() {
    #expect(
      Schedule(json: ["id": "s", "type": "cron", "nextRunAt": "soon"])
        == Schedule(id: "s", budget: .standard, input: "", kind: .cron(""), nextRunAt: nil))
    #expect(
      Schedule(json: ["id": "s", "budget": "mega", "nextRunAt": .null])
        == Schedule(id: "s", budget: .other("mega"), input: "", kind: .other(""), nextRunAt: nil))
    #expect(Schedule(json: ["type": "cron"]) == nil)
    #expect(Schedule(json: "s") == nil)
  }

  @Test("A run's body names the budget, and the stream only when it is asked for")
  func run() {
    #expect(RunRequest(input: "a", budget: .standard).json == ["input": "a", "budget": "standard"])
    #expect(
      RunRequest(input: "a", budget: .other("x"), stream: true).json
        == ["input": "a", "budget": "x", "stream": true])
    #expect(Budget.all.map { Budget($0.word) } == Budget.all)
  }
}
