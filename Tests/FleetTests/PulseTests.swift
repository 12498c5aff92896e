import Testing

@testable import Fleet

@Suite("How much came lately")
struct PulseTests {
  @Test("events are counted in whole spans of five seconds, with nothing where none came")
  func counts() {
    var pulse = Pulse()
    pulse.beat(3, at: 1_000)
    pulse.beat(2, at: 1_004)
    pulse.beat(7, at: 1_016)
    #expect(pulse.recent(at: 1_016) == [5, 0, 0])
    #expect(pulse.recent(at: 1_026) == [5, 0, 0, 7, 0])
  }

  @Test("only so much is kept, and what is older than that is nothing")
  func bound() {
    var pulse = Pulse()
    for number in 0..<100 { pulse.beat(1, at: Double(number) * 5) }
    #expect(pulse.recent(at: 500).count == Pulse.limit)
    #expect(pulse.recent(at: 495 + Double(Pulse.limit) * 5) == [])
    pulse.beat(9, at: 1e9)
    #expect(pulse.recent(at: 1e9 + 5).suffix(2) == [0, 9])
    #expect(pulse.recent(at: 1e9).count <= Pulse.limit)
  }

  @Test("a clock that was set back begins anew")
  func setBack() {
    var pulse = Pulse()
    pulse.beat(1, at: 1_000)
    pulse.beat(2, at: 500)
    #expect(pulse.recent(at: 505) == [2])
  }
}
