import Support
import Testing
import WorkerAPI

@testable import Fleet

@MainActor @Suite struct StoreStreamTests {
  private let start = Bench.block(1, #"{"type":"start","messageId":"m"}"#)
  private let finish = Bench.block(9, #"{"type":"finish","finishReason":"stop"}"#)

  private func bench(_ streams: ScriptedStream..., retryAfter: Double = 2) -> Bench {
    Bench(
      [
        Bench.worker: [Bench.running], Bench.schedules: [Bench.none],
        Bench.stream: streams.map(ScriptedTransport.Reply.stream),
      ], remembering: [Bench.known], retryAfter: retryAfter)
  }

  private func resumeHeaders(_ bench: Bench) -> [String?] {
    bench.transport.requests.filter { $0.scriptKey == Bench.stream }.map { request in
      request.headers.first { $0.name == "Last-Event-ID" }?.value
    }
  }

  @Test("A stream that breaks and resumes shows each part once")
  func resumes() async {
    let first = ScriptedStream(chunks: [start, Bench.text(2, "one ")])
    let second = ScriptedStream()
    let bench = bench(first, second)
    await bench.start()
    await first.drained()
    await bench.clock.sleeping(1)
    first.feed("id: 3\ndata: {\"type\":\"text-delta\",\"id\":\"t\"")
    first.fail(.broken("reset"))
    await bench.clock.sleeping(2)
    #expect(bench["a"]?.stream == .waiting(retryAt: 1_002, reason: "connection lost: reset"))
    bench.clock.advance(by: 2)
    await second.drained()
    second.feed(Bench.text(3, "two"))
    await second.drained()
    #expect(bench["a"]?.transcript.text == "one two")
    #expect(bench["a"]?.lastEventID == "3")
    #expect(resumeHeaders(bench) == [nil, "2"])
    await bench.store.stop()
  }

  @Test("A stream that breaks and replays shows each part once")
  func replays() async {
    let first = ScriptedStream(chunks: [start, Bench.text(2, "one ")])
    let second = ScriptedStream(chunks: [start, Bench.text(2, "one "), Bench.text(3, "two")])
    let bench = bench(first, second)
    await bench.start()
    await first.drained()
    await bench.clock.sleeping(1)
    first.end()
    await bench.clock.sleeping(2)
    bench.clock.advance(by: 2)
    await second.drained()
    #expect(bench["a"]?.transcript.text == "one two")
    #expect(bench["a"]?.transcript.turns.count == 1)
    await bench.store.stop()
  }

  @Test("The end of a turn ends the stream, and polls go on until one confirms it")
  func ends() async {
    let stream = ScriptedStream(chunks: [start, Bench.text(2, "one"), finish])
    let bench = bench(stream)
    await bench.start()
    await stream.drained()
    await bench.clock.sleeping(1)
    let before = bench.transport.requests.count
    bench.transport.script(Bench.worker, Bench.done)
    stream.end()
    await bench.transport.requested(before + 1)
    await bench.store.idle()
    #expect(bench["a"]?.phase == Reading(.done, at: 1_000, from: .stream))
    #expect(bench["a"]?.stream == .ended && bench["a"]?.isSettled == false)
    #expect(stream.isCancelled, "its transfer is closed")
    await bench.clock.sleeping(1)
    bench.clock.advance(by: State.lagLimit)
    await bench.transport.requested(before + 2)
    await bench.store.idle()
    #expect(bench["a"]?.phase == Reading(.done, at: 1_003, from: .poll))
    #expect(bench["a"]?.isSettled == true)
    await bench.store.stop()
  }

  @Test("A refused stream is not asked for again")
  func refused() async {
    let stream = ScriptedStream(TransportHead(status: 410))
    let bench = bench(stream)
    await bench.start()
    await bench.clock.sleeping(1)
    #expect(bench["a"]?.stream == .refused(reason: "status 410"))
    #expect(stream.isCancelled)
    #expect(resumeHeaders(bench) == [nil])
    await bench.store.stop()
  }

  @Test("A comment keeps the link alive, and the server's retry is the delay")
  func alive() async {
    let first = ScriptedStream(chunks: [start])
    let bench = bench(first, ScriptedStream())
    await bench.start()
    await first.drained()
    bench.clock.advance(by: 1)
    first.feed("retry: 30000\n" + SSEEncoder.keepAlive)
    await first.drained()
    #expect(bench.store.state.link == .live(lastByteAt: 1_001))
    first.end()
    await bench.clock.sleeping(2)
    #expect(bench.clock.sleeps.last == 30)
    await bench.store.stop()
  }

  @Test("A delay without end is a day")
  func endless() async {
    let first = ScriptedStream(chunks: [start])
    let bench = bench(first, retryAfter: .infinity)
    await bench.start()
    first.end()
    await bench.clock.sleeping(2)
    #expect(bench.clock.sleeps.last == 86_400)
    await bench.store.stop()
  }

  @Test("An event beyond the bound breaks the stream after the events before it were taken in")
  func overflow() async {
    let first = ScriptedStream(chunks: [start])
    let second = ScriptedStream()
    let bench = bench(first, second)
    await bench.start()
    await first.drained()
    await bench.clock.sleeping(1)
    let long = String(repeating: "x", count: SSEDecoder.eventLimit + 1)
    first.feed(Bench.text(2, "one") + "data: " + long)
    first.feed("x")
    await bench.clock.sleeping(2)
    #expect(bench["a"]?.transcript.text == "one")
    bench.clock.advance(by: 2)
    await second.drained()
    #expect(resumeHeaders(bench) == [nil, "2"])
    await bench.store.stop()
  }

  @Test("A stream that is let go while its answer is outstanding says nothing more")
  func cancelled() async {
    let stream = ScriptedStream(nil)
    let bench = bench(stream)
    await bench.start()
    bench.runner.perform(.cancel(.follow("a")))
    stream.begin(TransportHead(status: 200))
    await bench.store.stop()
    #expect(bench["a"]?.stream == .opening)
    #expect(stream.isCancelled)
  }
}
