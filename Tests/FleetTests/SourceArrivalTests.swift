import Testing
import WorkerAPI

@testable import Fleet

@Suite("How sources came")
struct SourceArrivalTests {
  private func source(_ url: String) -> WorkerEvent { .source(id: url, title: nil, url: url) }

  private func worker(_ transcript: Transcript) -> WorkerState {
    var worker = WorkerState(
      known: KnownWorker(id: "w", instruction: "", budget: .standard, addedAt: 0),
      phase: Reading(.running, at: 0, from: .poll))
    worker.transcript = transcript
    return worker
  }

  @Test("the first time counts, a replay has none, and new is what came first in a later turn")
  func arrivals() {
    var transcript = Transcript()
    transcript.apply(.start(messageID: "m", metadata: nil), now: nil)
    transcript.apply(source("a"), now: nil)
    transcript.apply(source("b"), now: 5)
    let first = [
      "a": SourceArrival(at: nil, isNew: false), "b": SourceArrival(at: 5, isNew: false),
    ]
    #expect(worker(transcript).arrivals == first)
    transcript.apply(.finish(reason: "stop", metadata: nil), now: 6)
    transcript.apply(.start(messageID: "n", metadata: nil), now: 7)
    transcript.apply(source("a"), now: 8)
    transcript.apply(source("c"), now: 9)
    #expect(
      worker(transcript).arrivals
        == first.merging(["c": SourceArrival(at: 9, isNew: true)]) { $1 })
  }

  @Test("where the front of the transcript went, nothing is called new")
  func cutOff() {
    var transcript = Transcript(bounds: Transcript.Bounds(bytes: 1 << 20, entries: 6))
    transcript.apply(.start(messageID: "m", metadata: nil), now: 1)
    for number in 0..<4 { transcript.apply(source("\(number)"), now: 2) }
    transcript.apply(.finish(reason: "stop", metadata: nil), now: 3)
    transcript.apply(.start(messageID: "n", metadata: nil), now: 4)
    for number in 4..<8 { transcript.apply(source("\(number)"), now: 5) }
    #expect(transcript.isCutOff)
    let arrivals = worker(transcript).arrivals
    #expect(arrivals["7"] == SourceArrival(at: 5, isNew: false))
    #expect(arrivals["0"] == nil)
  }
}
