import Testing
import WorkerAPI

@testable import Fleet

@Suite struct FollowTests {
  private static let part = StreamItem(.plainText("x"), id: "1")

  @Test("The worker that comes onto the screen is asked for with all that its panes show")
  func watch() {
    var desk = Desk(("a", .running), ("b", .done))
    #expect(
      desk.send(.watch("a"), at: 102) == [
        .follow(worker: "a", lastEventID: "", isActive: true), .poll(worker: "a", after: 0),
        .loadSchedules(worker: "a"), .loadEmail(worker: "a"),
      ])
    #expect(desk.state.watched == "a" && desk["a"].stream == .opening)
    #expect(desk.send(.watch("a"), at: 103) == [])
    desk["b"].email = "b@h"
    desk["b"].schedules = Reading([], at: 100, from: .poll)
    #expect(desk.send(.watch("b"), at: 104) == [.poll(worker: "b", after: 0)])
    desk["b"].schedules = Reading([], at: 90, from: .poll)
    #expect(desk.send(.watch(nil), at: 105) == [])
    #expect(
      desk.send(.watch("b"), at: 106) == [
        .poll(worker: "b", after: 0), .loadSchedules(worker: "b"),
      ])
    #expect(desk.send(.watch("nobody"), at: 107) == [])
    #expect(desk.state.watched == "nobody")
  }

  @Test(
    "Eight streams are followed: the watched one and the newest, and a place that is lost is taken")
  func limit() {
    var desk = Desk()
    for number in 0..<10 { desk.add("w\(number)", .running) }
    let first = desk.send(.watch("w0"), at: 102)
    #expect(
      first.names.filter { $0.hasPrefix("follow") }
        == ["w0", "w9", "w8", "w7", "w6", "w5", "w4", "w3"].map { "follow \($0) " })
    let second = desk.send(.watch("w1"), at: 103)
    #expect(
      second.names.filter { $0.contains("follow") } == ["unfollow w0", "follow w1 "])
    #expect(desk["w0"].stream == .closed && desk["w0"].isCut)
    #expect(desk.state.workers.values.count { $0.stream.isFollowed } == State.followLimit)
    desk["w9"].stream = .live(since: 103)
    let third = desk.send(.stream(worker: "w9", .ended), at: 104)
    #expect(third.names == ["keep", "poll w9", "follow w2 "])
  }

  @Test("A finished worker without a transcript is read through its stream once it is settled")
  func replay() {
    var desk = Desk(("a", .done), ("b", .running))
    #expect(!desk.send(.watch("a"), at: 102).names.contains("follow a "))
    let polled = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 102), at: 103)
    #expect(polled.contains(.follow(worker: "a", lastEventID: "", isActive: false)))
    _ = desk.send(.stream(worker: "a", .opened), at: 104)
    _ = desk.send(.stream(worker: "a", .items([Self.part])), at: 105)
    let other = desk.send(.polled(worker: "b", .sample("b", "running"), askedAt: 105), at: 106)
    #expect(!other.names.contains("unfollow a"), "a replay is read to its end")
    #expect(desk["a"].stream == .live(since: 104))
    #expect(desk.send(.stream(worker: "a", .ended), at: 107).names == ["keep", "poll a"])
    #expect(desk["a"].phase.value == .done && desk.state.notice == nil)
    let again = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 107), at: 108)
    #expect(!again.names.contains("follow a 1"), "it is whole now")
  }

  @Test("A stream that was left before its end goes on when its finished worker is watched again")
  func cut() {
    var desk = Desk(("a", .running))
    for number in 0..<8 { desk.add("w\(number)", .running) }
    _ = desk.send(.watch("a"), at: 101)
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items([Self.part])), at: 102)
    #expect(desk.send(.watch("w0"), at: 103).names.contains("unfollow a"))
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 103), at: 104)
    #expect(desk.send(.watch("a"), at: 105).names.contains("follow a 1"))
    _ = desk.send(.stream(worker: "a", .opened), at: 106)
    _ = desk.send(.stream(worker: "a", .items([StreamItem(.plainText("y"), id: "2")])), at: 107)
    _ = desk.send(.stream(worker: "a", .ended), at: 108)
    #expect(desk["a"].transcript.entries.map(\.content) == [.plain("x"), .plain("y")])
    #expect(!desk["a"].isCut)
    _ = desk.send(.watch("w0"), at: 109)
    #expect(!desk.send(.watch("a"), at: 110).names.contains("follow a 2"))
  }

  @Test("A stream is read to its end when a poll is the first to say that the run is over")
  func pollFirst() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    let effects = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 102), at: 103)
    #expect(effects.names == ["keep", "schedules a", "poll a"])
    #expect(desk["a"].stream == .live(since: 101))
    let end = desk.send(.stream(worker: "a", .ended), at: 104)
    #expect(end.names == ["keep", "poll a"])
    #expect(desk.state.notice == State.Notice(level: .info, text: "Ta: finished", at: 103))
  }

  @Test("A finished worker's stream that waits to be retried is given up")
  func waiting() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 60)), at: 101)
    desk.state.link = .live(lastByteAt: 102)
    let effects = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 102), at: 103)
    #expect(effects.names.contains("unfollow a"))
    #expect(desk["a"].stream == .closed && desk["a"].isCut)
  }
}
