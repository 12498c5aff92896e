import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Faults")
struct FaultTests {
  @Test("A list is read item by item")
  func list() throws {
    let text =
      "stall=3%, reset=0.5%,cut=100%,502=1%,429=2%,500=1%,503=1%,latency=50..400ms,"
      + "latency=2s,latency=0..1s,split=7,nofin,replay,noids,onlynew,stall=40,reset=4,cut=1,"
      + "unavailable=3,limited=2,slow=250 "
    func chance(_ percent: Double) throws -> Fault.Chance {
      try #require(Fault.Chance(percent: percent))
    }
    #expect(
      try Fault.list(text) == [
        .sometimes(.stall, chance(3)), .sometimes(.reset, chance(0.5)),
        .sometimes(.cut, chance(100)), .refusal(status: 502, chance(1)),
        .refusal(status: 429, chance(2)), .refusal(status: 500, chance(1)),
        .refusal(status: 503, chance(1)), .latency(50...400), .latency(2000...2000),
        .latency(0...1000), .split(bytes: 7), .noFinish, .replay, .noIDs, .onlyNew,
        .stall(events: 40), .reset(events: 4), .cut(events: 1), .unavailable(every: 3),
        .limited(every: 2), .slow(milliseconds: 250),
      ])
    #expect(try Fault.list("") == [] && Fault.list("  ") == [])
  }

  @Test(
    "A value that does not fit is named, with what would",
    arguments: [
      ("stall", "stall=3% or stall=40"), ("stall=", "stall=3% or stall=40"),
      ("stall=3x", "stall=3% or stall=40"), ("stall=-3", "stall=3% or stall=40"),
      ("stall=0", "stall=3% or stall=40"), ("stall=0%", "stall=3% or stall=40"),
      ("stall=101%", "stall=3% or stall=40"), ("stall=nan%", "stall=3% or stall=40"),
      ("stall=1e1%", "stall=3% or stall=40"), ("stall=%", "stall=3% or stall=40"),
      ("stall=1=2", "stall=3% or stall=40"), ("502", "502=1%"), ("502=1", "502=1%"),
      ("latency=5", "latency=50..400ms"), ("latency=9..5ms", "latency=50..400ms"),
      ("latency=..5ms", "latency=50..400ms"), ("latency=1..601s", "latency=50..400ms"),
      ("latency=99999999999999999999s", "latency=50..400ms"),
      ("latency=1..2..3s", "latency=50..400ms"), ("split=0", "split=7"),
      ("split=٧", "split=7"), ("nofin=1", "nofin"), ("replay=", "replay"),
    ])
  func value(item: String, form: String) {
    let error = FaultListError(
      description: "\"\(item)\" is not understood; the fault is written \(form)")
    #expect(throws: error) { try Fault.list("nofin,\(item)") }
  }

  @Test("An unknown name is named, with all that are known", arguments: ["what=3", "", "Stall=3%"])
  func name(item: String) {
    let error = FaultListError(
      description:
        "no fault \"\(item)\"; there are stall, reset, cut, 429, 500, 502, 503, latency, "
        + "split, nofin, replay, noids, onlynew, unavailable, limited, slow")
    #expect(throws: error) { try Fault.list("nofin,\(item),noids") }
  }

  @Test("Each form that the help shows is understood, and fits in 80 columns")
  func help() throws {
    for example in Fault.forms.flatMap(\.examples) {
      #expect(Fault(example) != nil, "\(example)")
    }
    #expect(Fault.help.split(separator: "\n").count == Fault.forms.count)
    #expect(Fault.help.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("No text makes the reader fall")
  func fuzz() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "stall", "=", "%", "3", ",", "..", "ms", "s", "latency", "502", ".", "é", "\0", " ", "-",
      "99999999999999999999",
    ]
    var understood = 0
    for _ in 0..<20_000 {
      let text = (0..<random.number(0...6)).map { _ in random.pick(pieces) }.joined()
      do {
        _ = try Fault.list(text)
        understood += 1
      } catch {
        #expect(error.description.count < 250)
      }
    }
    #expect(understood > 0)
  }

  @Test("The same seed and number give the same mishaps, and a chance is kept")
  func chances() throws {
    let faults = try Fault.list("stall=3%,reset=2%,502=1%,latency=50..400ms")
    let draws = (1...20_000).map { FaultDraw(faults, number: $0, seed: 5) }
    #expect(draws == (1...20_000).map { FaultDraw(faults, number: $0, seed: 5) })
    #expect(draws != (1...20_000).map { FaultDraw(faults, number: $0, seed: 6) })
    let stalls = draws.count { $0.stream.failure?.kind == .stall }
    #expect((500...700).contains(stalls))
    #expect((300...500).contains(draws.count { $0.breakdown == .reset }))
    #expect((120...280).contains(draws.count { $0.refusal?.status == 502 }))
    #expect(Set(draws.map(\.delay)) == Set(50...400))
    #expect(Set(draws.compactMap(\.stream.failure?.after)) == Set(1...100))
  }

  @Test("Of two failures the earlier one comes, and of two refusals the first")
  func order() throws {
    let draw = FaultDraw(
      try Fault.list("stall=40,cut=12,reset=30,429=100%,503=100%"), number: 1, seed: 1)
    #expect(draw.stream.failure == StreamFaults.Failure(kind: .cut, after: 12))
    #expect(draw.refusal?.status == 429 && draw.breakdown == nil)
  }

  @Test("A failure strikes at its event, a certain one in a shorter stream too")
  func strikes() {
    var failure = StreamFaults.Failure(kind: .cut, after: 5)
    #expect(failure.strikes(3, isEnd: false) == nil)
    #expect(failure.strikes(2, isEnd: false) == 2)
    failure.after = 5
    #expect(failure.strikes(4, isEnd: true) == nil)
    failure = StreamFaults.Failure(kind: .reset, after: 5, isCertain: true)
    #expect(failure.strikes(5, isEnd: false) == nil)
    #expect(failure.strikes(1, isEnd: false) == 0)
    failure.after = 5
    #expect(failure.strikes(4, isEnd: true) == 3)
    failure.after = 5
    #expect(failure.strikes(0, isEnd: true) == nil)
  }
}
