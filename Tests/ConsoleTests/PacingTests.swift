import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("When frames are due")
struct PacingTests {
  @Test(
    "the first change is drawn at once, the next ones with the period of the link",
    arguments: [(FramePacer.Link.local, 30.0), (.remote, 15), (.slow, 4)])
  func period(_ link: FramePacer.Link, _ rate: Double) {
    var pacer = FramePacer(link)
    #expect(pacer.request(at: 10, isUrgent: false) == 0)
    pacer.drew(at: 10)
    let delay = pacer.request(at: 10.01, isUrgent: false)
    #expect(delay.map { abs($0 - (1 / rate - 0.01)) < 1e-6 } == true)
    #expect(pacer.request(at: 10.02, isUrgent: false) == nil)
    pacer.drew(at: 10.07)
    #expect(pacer.request(at: 11, isUrgent: false) == 0)
  }

  @Test("a key is drawn at once, also when a frame is due soon")
  func urgent() {
    var pacer = FramePacer()
    pacer.drew(at: 10)
    _ = pacer.request(at: 10.01, isUrgent: false)
    #expect(pacer.request(at: 10.02, isUrgent: true) == 0)
    pacer.drew(at: 10.02)
    #expect(pacer.request(at: 10.03, isUrgent: true) == 0)
  }

  @Test("a frame that the terminal does not take at once is followed by a longer pause")
  func heldUp() {
    var pacer = FramePacer()
    func pause(_ wait: Double) -> Double {
      pacer.drew(at: 10)
      pacer.wrote(10, wait: wait)
      return ((pacer.request(at: 10, isUrgent: false) ?? 0) * 100).rounded() / 100
    }
    #expect([0, 0.1, 9, 0].map(pause) == [0.03, 0.4, 2, 0.03])
    _ = pause(1)
    #expect(pacer.request(at: 10.03, isUrgent: true) == 0)
  }

  @Test("a clock that was set back does not stop the frames")
  func setBack() {
    var pacer = FramePacer()
    pacer.drew(at: 10_000)
    let delay = pacer.request(at: 100, isUrgent: false)
    #expect(delay.map { $0 <= 1.0 / 15 } == true)
  }

  @Test("long frames come less often, so that a screen that moves all the time is 6.5 kB a second")
  func longFrames() {
    var pacer = FramePacer()
    var (now, bytes) = (100.0, 0)
    while now < 110 {
      now += pacer.request(at: now, isUrgent: false) ?? 0
      pacer.drew(at: now)
      pacer.wrote(2_000)
      bytes += 2_000
    }
    let allowed = Int(FramePacer.burst + FramePacer.rate * 10)
    #expect((allowed - 2_000...allowed + 4_000).contains(bytes), "\(bytes) bytes")
    #expect(pacer.request(at: now, isUrgent: true) == 0)
  }

  @Test("however many long frames keys asked for, the next one comes within a second")
  func forgives() {
    var pacer = FramePacer()
    for key in 0..<200 {
      pacer.drew(at: 100 + Double(key) / 20)
      pacer.wrote(4_000)
    }
    #expect(pacer.request(at: 109.95, isUrgent: false) == 1)
  }

  @Test("short frames and a burst keep their pace")
  func shortFrames() {
    var pacer = FramePacer()
    pacer.drew(at: 10)
    pacer.wrote(8_000)
    for frame in 1...30 {
      let now = 10 + Double(frame) / 15
      #expect(pacer.request(at: now, isUrgent: false).map { $0 < 0.001 } == true)
      pacer.drew(at: now)
      pacer.wrote(400)
    }
  }
}

@MainActor
@Suite("What is done before a frame is due", .timeLimit(.minutes(1)))
struct LayoutAheadTests {
  @Test("what comes is laid out while its frame waits, as soon as it is more than a little")
  func layout() async throws {
    let station = Station(FleetFixture.single())
    try station.session.begin()
    await station.display.presented(2)
    let lines = { station.session.screen.output.rendition.lineCount }
    // The frame of a key owes more than a burst, so that the next one waits.
    station.display.fake.bytes = 16_000
    station.display.fake.press("x")
    await station.clock.sleeping(1)
    let (before, frames) = (lines(), station.display.count)
    func tell(_ events: [WorkerEvent]) {
      station.store.send(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    }
    let paragraph = String(repeating: "x", count: 62) + "\n\n"
    tell([.start(messageID: "m", metadata: nil), .textStart(id: "t")])
    for _ in 1...63 { tell([.textDelta(id: "t", delta: DeltaText(paragraph))]) }
    #expect(lines() == before)
    tell([.textDelta(id: "t", delta: DeltaText(paragraph))])
    #expect(lines() == before + 2 * 64 && station.display.count == frames)
    station.display.fake.bytes = 0
    await station.clock.sleeping(2)
    station.clock.advance(by: 1)
    await station.display.presented(frames + 1)
    #expect(station.display.fake.text.contains("xxx"))
    await station.session.end()
  }
}
