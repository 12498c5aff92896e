import Testing
import WorkerAPI

@testable import Fleet

@Suite struct CalmTests {
  private static func limited(_ seconds: Double?) -> Service.Failure {
    .refused(APIError(status: 429, message: "slow down", retryAfter: seconds))
  }

  @Test("A 429 of one worker holds the polls of all and makes them rarer")
  func fleet() {
    var desk = Desk(("a", .running), ("b", .running), ("c", .done))
    let effects = desk.send(.pollFailed(worker: "a", Self.limited(20)), at: 100)
    #expect(effects.names == ["hold", "poll a"])
    #expect(effects.first == .hold(until: 120))
    #expect(
      desk.state.notice?.text
        == "the server asks for fewer requests: none for 20 s, then less often")
    let jitter = 0.85 + 0.3 * desk.rolls(1)[0]
    var state = desk.state
    #expect(state.pollDelay("b", now: 110) == 10 + 2 * 4 * jitter)
    // What was on its way meanwhile is the same request of the server, not another one.
    #expect(desk.send(.pollFailed(worker: "b", Self.limited(5)), at: 101).names == ["poll b"])
    #expect(desk.state.calm.factor == 2)
    #expect(desk.send(.schedulesFailed(worker: "a", Self.limited(nil)), at: 130).names == ["hold"])
    #expect(desk.state.calm.factor == 4 && desk.state.calm.until == 132)
  }

  @Test("The pace grows to a limit, and good answers bring it back step by step")
  func pace() {
    var calm = Calm()
    var now = 0.0
    for factor in [2.0, 4, 8, 16, 16] {
      calm.slow(pause: 10, now: now)
      #expect(calm.factor == factor && calm.delay(4, now: now) == 10 + 4 * factor)
      now += 10
    }
    calm.ease(now: now + 29)
    #expect(calm.factor == 16)
    for factor in [8.0, 4, 2, 1, 1] {
      now += 30
      calm.ease(now: now)
      calm.ease(now: now + 1)
      #expect(calm.factor == factor)
    }
    #expect(calm.delay(4, now: now) == 4)
  }

  @Test("Ten thousand finished workers cost two polls a second together")
  func idle() {
    var desk = Desk()
    for number in 0..<10_000 { desk.add("w\(number)", .done) }
    let rate = (0..<10_000).reduce(0.0) {
      $0 + 1 / desk.state.pollDelay("w\($1)", now: 200)
    }
    #expect((1.9...2.1).contains(rate))
  }
}
