import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("How sources came, kept from frame to frame")
struct SourceArrivalsTests {
  private func event(_ dice: inout Seeded) -> WorkerEvent {
    let number = Int.random(in: 0..<9, using: &dice)
    return switch Int.random(in: 0..<5, using: &dice) {
    case 0: .source(id: "\(number)", title: nil, url: "https://\(number).example")
    case 1: .start(messageID: "m\(number)", metadata: nil)
    case 2: .finish(reason: "stop", metadata: nil)
    case 3: .textStart(id: "t\(number)")
    default: .textDelta(id: "t\(number)", delta: "word ")
    }
  }

  @Test("what is kept is what a look at the whole transcript gives, whatever comes and goes")
  func agreement() throws {
    var bounds = Transcript.Bounds.screen
    (bounds.bytes, bounds.entries) = (400, 20)
    for seed in 0..<20 as Range<UInt64> {
      var dice = Seeded(seed)
      var worker = try #require(FleetFixture.single().workers["wrk_one"])
      worker.transcript = Transcript(bounds: bounds)
      var arrivals = SourceArrivals()
      for step in 0..<120 {
        worker.transcript.apply(event(&dice), now: Double(step))
        arrivals.update(worker)
        let whole = worker.arrivals
        #expect(arrivals.byAddress == whole)
        #expect(arrivals.firstAt == whole.values.compactMap(\.at).min())
        #expect(arrivals.hasNew == whole.values.contains(where: \.isNew))
      }
    }
  }

  @Test("another worker has its own")
  func others() throws {
    var arrivals = SourceArrivals()
    let full = FleetFixture.full
    arrivals.update(try #require(full.workers[FleetFixture.watched]))
    #expect(arrivals.byAddress.count == 9 && arrivals.firstAt != nil)
    arrivals.update(try #require(full.workers["wrk_digest"]))
    #expect(arrivals.byAddress == [:] && arrivals.firstAt == nil && !arrivals.hasNew)
  }
}
