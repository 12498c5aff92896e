import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite struct RosterTests {
  /// Any change of a worker that the reducer makes.
  private func change(_ worker: inout WorkerState, _ random: inout Seeded) {
    switch Int.random(in: 0..<11, using: &random) {
    case 0:
      let phases: [Phase] = [.unknown, .pending, .running, .done, .failed(reason: "x")]
      worker.phase.value = phases[Int.random(in: 0..<5, using: &random)]
    case 1: worker.known.isUnread.toggle()
    case 2: worker.isMissing.toggle()
    case 3:
      let streams: [StreamState] = [
        .closed, .opening, .live(since: 1), .waiting(retryAt: 2, reason: ""), .ended,
      ]
      worker.stream = streams[Int.random(in: 0..<5, using: &random)]
    case 4: worker.failures = Int.random(in: 0...2, using: &random)
    case 5:
      let schedule = Schedule(
        id: "s", budget: .low, input: "", kind: .interval(seconds: 9), nextRunAt: nil)
      worker.schedules = [nil, [], [schedule]][Int.random(in: 0..<3, using: &random)].map {
        Reading($0, at: 0, from: .poll)
      }
    case 6:
      let usage = Usage(credits: Double(Int.random(in: 0...99, using: &random)) / 10)
      worker.meter.read(usage: usage, costs: nil, at: 1)
    case 7: worker.isSettled.toggle()
    case 8: worker.isBarred.toggle()
    case 9: worker.known.isArchived.toggle()
    default: worker.transcript.apply(.plainText("x"), now: nil)
    }
  }

  @Test("What is kept at hand is what a look at every worker would give")
  func agreement() {
    for seed in 0..<40 as Range<UInt64> {
      var random = Seeded(seed)
      var roster: Roster = [:]
      for _ in 0..<200 {
        let id = "w\(Int.random(in: 0..<12, using: &random))"
        if Int.random(in: 0..<15, using: &random) == 0 {
          roster[id] = nil
        } else if roster[id] == nil {
          roster[id] = WorkerState(
            known: .named(id), phase: Reading(.unknown, at: 0, from: .memory))
        } else if roster[id] != nil, var copy = roster[id] {
          change(&copy, &random)
          roster[id] = copy
        }
        let all = roster.values
        func ids(_ belongs: (WorkerState) -> Bool) -> Set<String> {
          Set(all.filter(belongs).map(\.id))
        }
        #expect(roster.active == ids { $0.phase.value.isActive && !$0.known.isArchived })
        #expect(roster.scheduled == ids { $0.schedules?.value.isEmpty == false })
        #expect(roster.followed == ids { $0.stream.isFollowed })
        #expect(roster.failing == ids { $0.failures > 0 })
        #expect(all.allSatisfy { roster.standing(of: $0.id) == $0.standing })
        let credits = all.reduce(0) { $0 + ($1.meter.usage?.credits ?? 0) }
        #expect(abs(roster.spent.credits - credits) < 1e-6)
        let failed = all.filter {
          if case .failed = $0.phase.value { $0.standing == .needsYou } else { false }
        }
        #expect(roster.failures == failed.count)
        #expect(roster.unreadFailures == failed.count { $0.known.isUnread })
        let polled = all.filter {
          ($0.phase.value.isActive || $0.failures > 0) && !$0.known.isArchived && !$0.isMissing
            && !$0.isBarred
        }
        #expect(roster.polled == polled.count)
      }
    }
  }

  @Test(
    "The marks of two rosters are the same when their workers stand the same, whatever came before")
  func marks() {
    var one = Desk(("a", .running), ("b", .done)).state.workers
    let two = one
    one["a"]?.phase.value = .done
    #expect(one.listing != two.listing && one.following != two.following)
    one["a"]?.phase.value = .running
    #expect(one.listing == two.listing && one.following == two.following)
    one["b"]?.meter.read(usage: Usage(credits: 3), costs: nil, at: 1)
    #expect(one.listing == two.listing && one.following == two.following)
    #expect(one.spent == Spent(credits: 3))
  }

  @Test("A worker that failed needs the operator, read or not, until it goes on or is archived")
  func failed() {
    var desk = Desk(("a", .failed(reason: "no")), ("b", .done))
    func stands(_ standing: Standing, _ failures: Int, unread: Int) -> Bool {
      let workers = desk.state.workers
      return workers.standing(of: "a") == standing && workers.failures == failures
        && workers.unreadFailures == unread
    }
    #expect(stands(.needsYou, 1, unread: 0) && desk["b"].standing == .done)
    desk["a"].known.isUnread = true
    #expect(stands(.needsYou, 1, unread: 1))
    _ = desk.send(.read("a"), at: 101)
    #expect(stands(.needsYou, 1, unread: 0))
    _ = desk.send(.archive("a", true), at: 102)
    #expect(stands(.archived, 0, unread: 0))
    _ = desk.send(.archive("a", false), at: 103)
    #expect(stands(.needsYou, 1, unread: 0))
    _ = desk.send(.polled(worker: "a", .sample("a", "running"), askedAt: 104), at: 105)
    #expect(stands(.running, 0, unread: 0))
  }

  @Test("Amounts that no account could hold are left out of the sum")
  func absurd() {
    var desk = Desk(("a", .done), ("b", .done))
    desk["a"].meter.read(usage: Usage(credits: 1e300), costs: nil, at: 1)
    desk["b"].meter.read(usage: Usage(credits: 2), costs: nil, at: 1)
    desk["a"].meter.read(usage: Usage(credits: 1), costs: nil, at: 2)
    #expect(desk.state.workers.spent == Spent(credits: 3))
  }
}
