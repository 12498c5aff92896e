import Testing
import WorkerAPI

@testable import Fleet

@Suite struct MeterTests {
  @Test("Credits come before dollars, and usage before costs")
  func amount() {
    var meter = Meter()
    #expect(meter.amount == nil)
    meter.read(usage: nil, costs: Costs(model: 1, tools: 2), at: 0)
    #expect(meter.amount == 3)
    meter.read(usage: Usage(costUSD: 4), costs: nil, at: 1)
    #expect(meter.amount == 4 && !meter.isInCredits && meter.costs == Costs(model: 1, tools: 2))
    meter.read(usage: Usage(costUSD: 4, credits: 50), costs: nil, at: 2)
    #expect(meter.amount == 50 && meter.isInCredits)
    #expect(meter.samples == [Meter.Sample(at: 2, amount: 50)])
  }

  @Test("Older figures and none at all change nothing")
  func older() {
    var meter = Meter()
    meter.read(usage: Usage(credits: 5), costs: nil, at: 10)
    let before = meter
    meter.read(usage: Usage(credits: 4), costs: nil, askedAt: 9, at: 11)
    meter.read(usage: nil, costs: nil, at: 11)
    #expect(meter == before)
  }

  @Test("A clock that is set back begins the samples anew and does not hold figures up")
  func setBack() {
    var meter = Meter()
    meter.read(usage: Usage(credits: 5), costs: nil, at: 4_000)
    meter.read(usage: Usage(credits: 6), costs: nil, askedAt: 3_999, at: 400)
    #expect((meter.usage?.credits, meter.readAt) == (6, 400))
    #expect(meter.samples == [Meter.Sample(at: 400, amount: 6)])
    meter.read(usage: Usage(credits: 7), costs: nil, at: 401)
    #expect(meter.usage?.credits == 7)
  }

  @Test("The burn is taken over the last three minutes and is never negative")
  func burn() {
    var meter = Meter()
    for (moment, credits) in [(0.0, 1.0), (100, 2), (160, 5), (220, 8)] {
      meter.read(usage: Usage(credits: credits), costs: nil, at: moment)
    }
    #expect(meter.burnPerMinute(at: 220) == 3)
    #expect(meter.burnPerMinute(at: 400) == nil)
    #expect(meter.increments == [1, 3, 3])
    meter.read(usage: Usage(credits: 0), costs: nil, at: 230)
    #expect(meter.burnPerMinute(at: 230) == 0)
    #expect(meter.increments == [1, 3, 3, 0])
  }

  @Test("Readings are bounded, the oldest goes first")
  func bound() {
    var meter = Meter()
    for number in 0..<100 {
      meter.read(usage: Usage(credits: Double(number)), costs: nil, at: Double(number))
    }
    #expect(meter.samples.map(\.at) == (40..<100).map(Double.init))
  }
}
