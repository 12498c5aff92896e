import Support
import Testing
import WorkerAPI

@testable import Fleet

@MainActor @Suite struct StorePollTests {
  @Test("Polls are repeated by the clock, each once")
  func repeated() async throws {
    let bench = Bench(
      [
        Bench.worker: [Bench.running], Bench.schedules: [Bench.none],
        Bench.stream: [.stream(ScriptedStream())],
      ], remembering: [Bench.known])
    await bench.start()
    for round in 1...5 {
      await bench.clock.sleeping(1)
      #expect(bench.lines.filter { $0 == Bench.worker }.count == round)
      let delay = try #require(bench.clock.sleeps.first)
      #expect((3.4...4.6).contains(delay))
      let count = bench.transport.requests.count
      bench.clock.advance(by: delay - 0.01)
      #expect(bench.transport.requests.count == count)
      bench.clock.advance(by: 0.01)
      await bench.transport.requested(count + 1)
      await bench.store.idle()
    }
    await bench.store.stop()
    #expect(bench.clock.sleeps == [])
  }

  @Test("When everything is done nothing is left but the rare poll")
  func quiet() async throws {
    let bench = Bench(
      [Bench.worker: [Bench.done], Bench.schedules: [Bench.none]], remembering: [Bench.finished])
    await bench.start()
    await bench.clock.sleeping(1)
    bench.clock.advance(by: 6)
    await bench.transport.requested(2)
    await bench.store.idle()
    await bench.clock.sleeping(1)
    #expect(bench.lines == [Bench.worker, Bench.schedules])
    #expect(
      bench.transport.requests.map(\.isRetried) == [false, true], "the next poll is the retry")
    let delay = try #require(bench.clock.sleeps.first)
    #expect((255...345).contains(delay))
    bench.clock.advance(by: 200)
    await bench.store.idle()
    #expect(bench.lines.count == 2)
    await bench.store.stop()
  }

  @Test("A long answer is read before it comes to the state only where it may say what is not here")
  func long() async throws {
    let text = JSON.string(String(repeating: "word ", count: 8_000))
    let message: JSON = [
      "id": "m", "role": "assistant", "parts": [["type": "text", "text": text]],
    ]
    let answer: JSON = ["id": "a", "status": "completed", "messages": [message]]
    let bench = Bench(
      [Bench.worker: [.text(answer.text)], Bench.schedules: [Bench.none]],
      remembering: [Bench.finished])
    var unread: [Int] = []
    let send = bench.runner.send
    bench.runner.send = { action in
      if case .polled(_, let answer, _) = action {
        unread += answer.messages.map(\.unreadBytes)
      }
      send(action)
    }
    await bench.start()
    await bench.clock.sleeping(1)
    bench.clock.advance(by: 6)
    await bench.transport.requested(2)
    await bench.store.idle()
    #expect(bench["a"]?.transcript.turns.map(\.messageID) == ["m"])
    bench.store.send(.refresh("a"))
    await bench.transport.requested(4)
    await bench.store.idle()
    #expect(unread == [0, message.bytes.count])
    #expect(bench["a"]?.worker?.messages.map(\.unreadBytes) == [0])
    await bench.store.stop()
  }

  @Test("No more than six requests are under way at once")
  func limit() async {
    let answers = (0..<10).map { _ in ScriptedStream(nil) }
    var table: [String: [ScriptedTransport.Reply]] = [:]
    for (index, answer) in answers.enumerated() {
      table["GET /api/workers/w\(index)"] = [.stream(answer)]
    }
    let bench = Bench(table, remembering: (0..<10).map { .named("w\($0)") })
    bench.store.start()
    await bench.transport.requested(6)
    #expect(bench.lines == (0..<6).map { "GET /api/workers/w\($0)" })
    answers[3].begin(TransportHead(status: 404))
    answers[3].end()
    await bench.transport.requested(7)
    #expect(bench.lines.last == "GET /api/workers/w6")
    await bench.store.stop()
  }

  /// The first poll of a worker is on the wire; `then` answers the next one.
  private func hanging(
    then answer: ScriptedTransport.Reply
  ) async -> (bench: Bench, first: ScriptedStream) {
    let first = ScriptedStream(nil)
    let bench = Bench(
      [Bench.worker: [.stream(first), answer], Bench.schedules: [Bench.none]],
      remembering: [.named("a")])
    bench.store.start()
    await bench.transport.requested(1)
    return (bench, first)
  }

  @Test("A poll that is replaced says nothing")
  func replaced() async {
    let (bench, _) = await hanging(then: Bench.done)
    // It may be hanging.
    bench.clock.advance(by: 10)
    bench.store.send(.refresh("a"))
    await bench.store.idle()
    #expect(bench["a"]?.phase.value == .done && bench["a"]?.failures == 0)
    #expect(bench.lines.filter { $0 == Bench.worker }.count == 2)
    await bench.store.stop()
  }

  @Test("A young poll is not replaced by one at once")
  func young() async {
    let (bench, late) = await hanging(then: Bench.running)
    bench.clock.advance(by: 9)
    bench.store.send(.refresh("a"))
    late.begin(TransportHead(status: 200))
    late.feed(#"{"id":"a","status":"completed"}"#)
    late.end()
    await bench.store.idle()
    #expect(bench["a"]?.phase == Reading(.done, at: 1_009, from: .poll))
    #expect(bench.lines.filter { $0 == Bench.worker }.count == 1)
    await bench.store.stop()
  }

  @Test("A poll that was given up on the wire holds none up that comes after it")
  func givenUp() async {
    let (bench, _) = await hanging(then: Bench.done)
    bench.store.send(.archive("a", true))
    bench.store.send(.takeBack)
    await bench.store.idle()
    #expect(bench["a"]?.phase.value == .done)
    #expect(bench.lines.filter { $0 == Bench.worker }.count == 2)
    await bench.store.stop()
  }

  @Test("A memory that cannot be read is told, and the console goes on")
  func unreadableMemory() async {
    let bench = Bench([:])
    await bench.memory.fail()
    await bench.start()
    #expect(bench.store.state.notice?.text == "not kept: the disk is full")
    #expect(!bench.store.state.isRecalled)
    await bench.store.stop()
  }

  @Test("Each action is one change")
  func changes() async {
    let bench = Bench([:])
    var changes = 0
    bench.store.onChange = { _ in changes += 1 }
    bench.store.send(.say(.info, "a"))
    bench.store.send(.say(.info, "b"))
    #expect(changes == 2)
    await bench.store.stop()
  }
}
