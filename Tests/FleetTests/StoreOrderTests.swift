import Support
import Testing
import WorkerAPI

@testable import Fleet

@MainActor @Suite struct StoreOrderTests {
  private let intent = Intent(id: "i1", kind: .create, input: "go", budget: .low, madeAt: 1_000)

  @Test("A create is journaled before its request leaves")
  func journal() async {
    let answer = ScriptedStream(nil)
    let bench = Bench(["POST /api/workers": [.stream(answer)]])
    bench.store.send(.create(intent: "i1", input: "go", budget: .low))
    await bench.transport.requested(1)
    #expect(await bench.memory.recollection.intents == [intent])
    #expect(bench.store.state.sending == ["i1": intent])
    await bench.store.stop()
  }

  @Test("An answered create is settled and the worker is remembered")
  func created() async throws {
    let bench = Bench([
      "POST /api/workers": [Bench.running], Bench.worker: [Bench.running],
      Bench.stream: [.stream(ScriptedStream())], Bench.schedules: [Bench.none],
      "GET /api/workers/a/email": [.text("a@h", type: "text/plain")],
    ])
    bench.store.send(.create(intent: "i1", input: "go", budget: .low))
    await bench.store.idle()
    #expect(await bench.memory.recollection.intents == [])
    #expect(await bench.memory.recollection.workers.map(\.id) == ["a"])
    #expect(bench.store.state.newest == "a" && bench["a"]?.email == "a@h")
    let post = try #require(bench.transport.requests.first)
    #expect(post.headers.contains(HTTPHeader("Idempotency-Key", "i1")))
    await bench.store.stop()
  }

  @Test("What cannot be journaled is not sent, and its text is in the draft")
  func failingMemory() async {
    let bench = Bench([:])
    await bench.memory.fail()
    bench.store.send(.create(intent: "i1", input: "go", budget: .low))
    await bench.store.idle()
    #expect(bench.transport.requests == [])
    #expect(bench.store.state.sending == [:] && bench.store.state.uncertain == [])
    #expect(bench.store.state.drafts[.newWorker]?.text == "go")
    #expect(bench.store.state.notice?.level == .error)
  }

  @Test("A create without an answer is sent again under its old key")
  func doubt() async {
    let bench = Bench([
      "POST /api/workers": [.failure(.broken("reset")), Bench.done],
      Bench.worker: [Bench.done],
      "GET /api/workers/a/email": [.text("a@h")], Bench.schedules: [Bench.none],
    ])
    bench.store.send(.create(intent: "i1", input: "go", budget: .low))
    await bench.store.idle()
    #expect(await bench.memory.recollection.intents == [intent])
    #expect(await bench.memory.recollection.drafts.map(\.text) == ["go"])
    bench.store.send(.create(intent: "i2", input: "go", budget: .low))
    await bench.store.idle()
    var expected = Recollection(workers: [bench["a"]?.known].compactMap(\.self))
    expected.workers[0].lastSeen = await bench.memory.recollection.workers.first?.lastSeen
    #expect(expected.workers[0].answer?.id == "a")
    expected.inputs = bench.store.state.inputs
    #expect(expected.inputs.map(\.text) == ["go"])
    #expect(await bench.memory.recollection == expected)
    let keys = bench.transport.requests.filter { $0.method == .post }.flatMap(\.headers)
      .filter { $0.name == "Idempotency-Key" }.map(\.value)
    #expect(keys == ["i1", "i1"])
    await bench.store.stop()
  }

  @Test("What the transport sends again by itself is said while it waits")
  func retries() async {
    let (retries, report) = AsyncStream<TransportRetry>.makeStream()
    let runner = Runner(
      ports: Runner.Ports(
        service: Service(transport: ScriptedTransport([:])), memory: FakeMemory(),
        downloads: FakeDownloads(), reconnect: { PlainReconnect(isActive: $0) }, retries: retries,
        now: { 1_000 }))
    let store = Store(runner: runner, now: { 1_000 })
    store.start()
    await store.idle()
    let retry = TransportRetry(
      method: .post, target: .path("/api/workers"), number: 1,
      reason: .failed(.unreachable("refused")), pause: 0.5)
    await withCheckedContinuation { continuation in
      store.onChange = { _ in
        store.onChange = nil
        continuation.resume()
      }
      report.yield(retry)
    }
    #expect(
      store.state.notice
        == State.Notice(
          level: .warning, text: "not reachable: refused; sending again in 1 s", at: 1_000))
    #expect(
      store.state.link
        == .down(since: 1_000, retryAt: 1_000.5, reason: "not reachable: refused"))
    await store.stop()
  }

  @Test("A stop in the middle of a create keeps the journal and the text")
  func stopped() async {
    let bench = Bench(["POST /api/workers": [.stream(ScriptedStream(nil))]])
    bench.store.send(.write(Draft(subject: .newWorker, text: "go", cursor: 2, budget: .low)))
    bench.store.send(.create(intent: "i1", input: "go", budget: .low))
    await bench.transport.requested(1)
    await bench.store.stop()
    let kept = await bench.memory.recollection
    var sent = intent
    sent.cursor = 2
    #expect(kept.intents == [sent])
    #expect(kept.drafts.map(\.text) == ["go"])
  }

  @Test("A stop writes what was kept, in its order, and nothing begins after it")
  func stopWrites() async {
    let bench = Bench([:], remembering: [Bench.finished])
    for text in ["a", "ab", "abc"] {
      bench.store.send(.write(Draft(subject: .newWorker, text: text, cursor: 0, budget: .low)))
    }
    bench.store.send(.prefer(name: "theme", value: "nord"))
    await bench.store.stop()
    let kept = await bench.memory.kept
    #expect(kept.count == 4)
    #expect(await bench.memory.recollection.drafts.map(\.text) == ["abc"])
    #expect(await bench.memory.recollection.preferences == ["theme": "nord"])
    bench.store.send(.adopt([.named("b")]))
    await bench.store.stop()
    #expect(bench.transport.requests == [])
  }

  @Test("A follow-up, a schedule and its cancelling go out and come back")
  func others() async {
    let schedule =
      #"{"id":"s1","type":"interval","intervalSeconds":60,"input":"go","budget":"low"}"#
    let bench = Bench(
      [
        "POST /api/workers/a": [Bench.done], Bench.worker: [Bench.done],
        "POST /api/workers/a/schedules": [.text(schedule)],
        Bench.schedules: [Bench.none],
        "DELETE /api/workers/a/schedules/s1": [.text(#"{"cancelled":true}"#)],
      ], remembering: [Bench.finished])
    await bench.start()
    bench.store.send(.continueWorker(intent: "i1", worker: "a", input: "more", budget: .low))
    await bench.store.idle()
    #expect(bench.store.state.notice?.text == "continued: do a")
    let request = ScheduleRequest(input: "go", when: .interval(seconds: 60), budget: .low)
    bench.store.send(.schedule(intent: "i2", worker: "a", request))
    await bench.store.idle()
    #expect(bench.store.state.notice?.text == "schedule created")
    bench.store.send(.cancelSchedule(intent: "i3", worker: "a", schedule: "s1"))
    await bench.store.idle()
    #expect(bench.store.state.notice?.text == "schedule cancelled")
    #expect(bench["a"]?.schedules?.value == [])
    #expect(await bench.memory.recollection.intents == [])
    #expect(
      bench.lines.filter { !$0.hasPrefix("GET") } == [
        "POST /api/workers/a", "POST /api/workers/a/schedules",
        "DELETE /api/workers/a/schedules/s1",
      ])
    await bench.store.stop()
  }

  @Test("A download is saved under its name, or its failure is told")
  func download() async {
    let file = WorkerFile(filename: "a/b.md", mediaType: "", url: "u")
    let key = "GET /api/workers/a/files/a/b.md"
    let bench = Bench([
      key: [.text("abc"), .text("abc"), .text(#"{"error":"gone"}"#, status: 404)]
    ])
    bench.store.send(.adopt([Bench.finished]))
    bench.store.send(.download(worker: "a", file))
    await bench.store.idle()
    #expect(
      bench["a"]?.downloads == ["a/b.md": .done(SavedFile(path: "/downloads/a/b.md", bytes: 3))])
    #expect(
      await bench.downloads.files
        == [FakeDownloads.File(worker: "a", name: "a/b.md", bytes: Array("abc".utf8))])
    await bench.downloads.fail(with: FakeMemory.Failure())
    bench.store.send(.download(worker: "a", file))
    await bench.store.idle()
    #expect(bench["a"]?.downloads == ["a/b.md": .failed(reason: "the disk is full")])
    bench.store.send(.download(worker: "a", file))
    await bench.store.idle()
    #expect(
      bench["a"]?.downloads == [
        "a/b.md": .failed(
          reason: "HTTP 404: gone; it may be gone or on another server")
      ])
    await bench.store.stop()
  }
}
