import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Progress as plain lines")
struct PlainLinesTests {
  @Test("each thing is told once, in order, and complete lines only")
  func once() {
    var lines = PlainLines()
    var bench = Bench(FleetFixture.single(instruction: "Read."))
    func tell(_ events: [WorkerEvent]) -> [String] {
      bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
      return lines.take(bench.fleet)
    }
    #expect(lines.take(bench.fleet) == ["Read.: = running"])
    #expect(
      tell([.start(messageID: "m", metadata: nil), .textStart(id: "t")]) == ["Read.: you: Read."])
    #expect(tell([.textDelta(id: "t", delta: "one\ntw")]) == ["Read.: one"])
    #expect(tell([.textDelta(id: "t", delta: "o\nthree")]) == ["Read.: two"])
    #expect(
      tell([
        .textEnd(id: "t"), .reasoningStart(id: "r"), .reasoningDelta(id: "r", delta: "hm"),
        .reasoningEnd(id: "r"), .tool(callID: "a", .inputStart(name: "fetch", title: nil)),
      ]) == ["Read.: three", "Read.: (thought)"])
    #expect(
      tell([
        .tool(
          callID: "a",
          .inputAvailable(name: "fetch", title: nil, input: ["url": "http://a.example"])),
        .tool(callID: "a", .outputError("no\nway")),
        .source(id: "s", title: nil, url: "http://s.example"),
        .file(url: "/files/a%20b.txt", mediaType: "text/plain"),
      ]) == [
        "Read.: tool fetch http://a.example: failed: no way", "Read.: source http://s.example",
        "Read.: file a b.txt",
      ])
    if let done = FleetFixture.worker(
      "wrk_one", "completed", createdAt: 0, [("usage", ["credits": 1.25])])
    {
      bench.tell(.polled(worker: "wrk_one", done, askedAt: bench.now))
    }
    #expect(lines.take(bench.fleet) == ["Read.: = done, 1.3 credits"])
    #expect(lines.take(bench.fleet) == [])
  }

  @Test("for a single worker the lines stand without its name")
  func nameless() {
    var lines = PlainLines(isNamed: false)
    var bench = Bench(FleetFixture.single(instruction: "Read."))
    bench.tell(
      .stream(
        worker: "wrk_one",
        .items(
          [
            .start(messageID: "m", metadata: nil), .textStart(id: "t"),
            .textDelta(id: "t", delta: "a\n"),
          ]
          .map { StreamItem($0) })))
    #expect(lines.take(bench.fleet) == ["you: Read.", "a", "= running"])
  }

  @Test("when the front of a long transcript goes, each line is still told once")
  func cutOff() {
    var lines = PlainLines(isNamed: false)
    var bench = Bench(FleetFixture.single(instruction: "Read."))
    var told: [String] = []
    for start in stride(from: 0, to: 24_000, by: 3_000) {
      let items = (start..<start + 3_000).map {
        StreamItem(.source(id: "\($0)", title: nil, url: "http://s.example/\($0)"))
      }
      _ = reduce(&bench.fleet, .stream(worker: "wrk_one", .items(items)), now: bench.now)
      told += lines.take(bench.fleet)
    }
    let sources = told.filter { $0.hasPrefix("source") }
    #expect(sources == (0..<24_000).map { "source http://s.example/\($0)" })
    #expect(bench.fleet.workers["wrk_one"]?.transcript.firstNumber ?? 0 > 0)
  }

  @Test("a worker that a GET does not find any more is complete; one without a stream is not")
  func gone() {
    let lines = PlainLines()
    var bench = Bench(FleetFixture.single())
    bench.tell(.stream(worker: "wrk_one", .refused(reason: "not found", status: 404)))
    #expect(!lines.isComplete(bench.fleet))
    let refusal = APIError(status: 404, message: "not found")
    bench.tell(.pollFailed(worker: "wrk_one", .refused(refusal)))
    #expect(lines.isComplete(bench.fleet))
  }

  @Test("the whole fixture")
  func whole() {
    var lines = PlainLines()
    Snapshot.check(lines.take(FleetFixture.full).joined(separator: "\n"), "plain-lines")
    #expect(!lines.isComplete(FleetFixture.full))
    #expect(lines.isComplete(FleetFixture.empty))
    #expect(!lines.isComplete(State()))
  }
}
