import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Attention")
struct AttentionTests {
  /// A fleet, what is paid attention to, and what the terminal was told.
  private struct Desk {
    var fleet = FleetFixture.single()
    var attention = Attention()
    var now = FleetFixture.now
    var watched: String?
    var told: [Aside] = []

    init() {
      attention.rules.showsTitle = false
      attention.rules.notify = Set(AttentionRules.Event.allCases)
    }

    mutating func look(zone: Zone = .utc) {
      told += attention.asides(fleet, title: "t", watched: watched, zone: zone, now: now)
    }

    mutating func poll(_ id: String, _ status: String, error: JSON = .null) {
      if let worker = FleetFixture.worker(id, status, createdAt: now - 60, [("error", error)]) {
        _ = reduce(&fleet, .polled(worker: id, worker, askedAt: now), now: now)
      }
    }

    mutating func adopt(_ ids: [String]) {
      let known = ids.map {
        KnownWorker(id: $0, title: $0, instruction: "x", budget: .low, addedAt: now)
      }
      _ = reduce(&fleet, .adopt(known), now: now)
      for id in ids { poll(id, "running") }
    }
  }

  private func note(_ text: String) -> Aside { .notification(text, .osc9) }

  @Test("a run that ends is told once; one that fails rings the bell too")
  func ends() {
    var desk = Desk()
    desk.adopt(["a", "b"])
    desk.look()
    #expect(desk.told == [])
    desk.now += 10
    desk.poll("a", "completed")
    desk.look()
    desk.look()
    #expect(desk.told == [note("finished: a")])
    desk.now += 10
    desk.poll("b", "completed", error: "no more")
    desk.look()
    #expect(desk.told.dropFirst() == [.bell, note("failed: b")])
  }

  @Test("several at once are one, and what comes within a second waits for its end")
  func several() {
    var desk = Desk()
    desk.attention.rules.bell = Set(AttentionRules.Event.allCases)
    desk.adopt(["a", "b", "c", "d", "e"])
    desk.look()
    desk.now += 10
    for id in ["a", "b", "c"] { desk.poll(id, "completed") }
    desk.look()
    #expect(desk.told == [.bell, note("3 workers finished")])
    desk.now += 0.4
    desk.poll("d", "completed")
    desk.look()
    #expect(desk.told.count == 2 && desk.attention.isWaiting)
    desk.now += 0.4
    desk.poll("e", "completed", error: "no")
    desk.look()
    #expect(desk.told.count == 2)
    desk.now += 0.4
    desk.look()
    #expect(desk.told.dropFirst(2) == [.bell, note("1 worker finished, 1 worker failed")])
    #expect(!desk.attention.isWaiting)
  }

  @Test("what the operator has before them, what is archived or forgotten is not told")
  func silent() {
    var desk = Desk()
    desk.adopt(["a", "b", "c"])
    desk.look()
    desk.now += 10
    desk.watched = "a"
    desk.poll("a", "completed")
    _ = reduce(&desk.fleet, .archive("b", true), now: desk.now)
    _ = reduce(&desk.fleet, .forget("c"), now: desk.now)
    desk.look()
    #expect(desk.told == [])
  }

  @Test("the memory's first words are no news")
  func recall() {
    var desk = Desk()
    desk.fleet = State()
    desk.look()
    desk.fleet = FleetFixture.full
    desk.look()
    #expect(desk.told == [])
  }

  @Test("an approval that is asked for needs you, once")
  func approval() {
    var desk = Desk()
    desk.look()
    let events: [WorkerEvent] = [
      .tool(callID: "a", .inputAvailable(name: "pay", title: nil, input: ["sum": 3])),
      .tool(callID: "a", .approvalRequest(id: "p")),
    ]
    _ = reduce(
      &desk.fleet, .stream(worker: "wrk_one", .items(events.map { StreamItem($0) })), now: desk.now)
    desk.look()
    desk.look()
    #expect(desk.told == [.bell, note("needs you: Read the news.")])
  }

  @Test("in quiet hours nobody is called, and what was is not told later")
  func quiet() {
    var desk = Desk()
    desk.attention.rules.quiet = QuietHours("22:00-07:00")
    let east = Zone { _ in (10 * 3600, "EAST") }  // 14:05 UTC is 00:05 there
    desk.adopt(["a"])
    desk.look(zone: east)
    desk.now += 10
    desk.poll("a", "completed", error: "no")
    desk.look(zone: east)
    desk.now += 10
    desk.look(zone: .utc)
    #expect(desk.told == [])
  }

  @Test(
    "quiet hours begin and end on their minute, also past midnight",
    arguments: [
      ("22:00-07:00", 21.99, false), ("22:00-07:00", 22, true), ("22:00-07:00", 0, true),
      ("22:00-07:00", 6.99, true), ("22:00-07:00", 7, false), ("12:30-13:00", 12.5, true),
      ("12:30-13:00", 13, false), ("12:30-13:00", 12.49, false),
    ])
  func hours(_ text: String, _ hour: Double, _ isQuiet: Bool) {
    let day = 20_000.0 * 86_400
    #expect(QuietHours(text)?.contains(day + hour * 3600, in: .utc) == isQuiet)
    #expect(QuietHours(text)?.contains(-day + hour * 3600, in: .utc) == isQuiet)
  }

  @Test(
    "what are no hours is refused",
    arguments: ["", "22-7", "24:00-07:00", "22:60-07:00", "7:00-7:00", "a:00-b:00", "1:00-2:00-3"])
  func noHours(_ text: String) { #expect(QuietHours(text) == nil) }

  @Test("the title is told when it changes, and not when that is off")
  func title() {
    let fleet = FleetFixture.empty
    var attention = Attention()
    func look(_ title: String) -> [Aside] {
      attention.asides(fleet, title: title, watched: nil, zone: .utc, now: 1)
    }
    #expect(look("one") == [.title("one")])
    #expect(look("one") == [])
    #expect(look("two") == [.title("two")])
    attention.rules.showsTitle = false
    #expect(look("three") == [])
  }

  @Test("the title counts what the header counts, of those that failed the unread ones")
  func counts() {
    let bench = Bench()
    #expect(bench.screen.title(bench.fleet) == "signalbox 3 run 1 pend 2 new 1 fail 1 ?")
    #expect(Bench(FleetFixture.empty).screen.title(FleetFixture.empty) == "signalbox")
  }

  @Test("hostile names leave nothing in a notification")
  func hostile() {
    for text in Hostile.texts {
      let alert = Alert(event: .failed, subject: text, worker: nil)
      let found = Attention.sentence([alert]).unicodeScalars.filter(Hostile.isForbidden)
      #expect(found.isEmpty)
    }
  }
}

@MainActor
@Suite("A session that calls", .timeLimit(.minutes(1)))
struct SessionAttentionTests {
  @Test("the title goes out with the first frame, and no more while nothing changes")
  func title() async throws {
    let station = Station(FleetFixture.full)
    try station.session.begin()
    let first = station.display.fake.news
    #expect(first == [.title("signalbox 3 run 1 pend 2 new 1 fail 1 ?")])
    station.display.fake.press("j k")
    #expect(station.display.fake.news == first)
    await station.session.end()
  }

  @Test("M turns the mouse on and off; where there is none it says so")
  func mouse() async throws {
    let station = Station(FleetFixture.full)
    try station.session.begin()
    #expect(!station.display.fake.isMouseOn)
    station.display.fake.press("M")
    #expect(station.display.fake.isMouseOn)
    #expect(
      station.display.fake.text.hasSuffix("> mouse on: hold shift to select text, M turns it off"))
    station.display.fake.press("f2")
    #expect(!station.display.fake.isMouseOn)
    station.display.fake.hasMouse = false
    station.display.fake.press("M")
    #expect(
      station.display.fake.text.hasSuffix("> this terminal is not known to report its mouse"))
    #expect(!station.session.screen.isMouseOn)
    await station.session.end()
  }
}
