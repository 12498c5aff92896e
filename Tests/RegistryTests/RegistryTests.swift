import Fleet
import Registry
import Support
import Testing
import WorkerAPI

@Suite struct RegistryTests {
  @Test("A new registry remembers nothing")
  func empty() async throws {
    #expect(try await Registry.inMemory().recall() == Recollection())
  }

  @Test("Every memo comes back as it was kept, also after a new start")
  func roundTrip() async throws {
    let folder = try Folder()
    let registry = try Registry.open(folder: folder.path)
    try await registry.keep(Samples.all)
    #expect(try await registry.recall() == Samples.recollection)
    #expect(try await Registry.open(folder: folder.path).recall() == Samples.recollection)
  }

  @Test("A worker keeps its place when it changes, and a forgotten one comes back at the end")
  func order() async throws {
    let registry = try Registry.inMemory()
    func worker(_ id: String, title: String? = nil) -> KnownWorker {
      KnownWorker(id: id, title: title, instruction: "i", budget: .low, addedAt: 1)
    }
    try await registry.keep(["c", "a", "b"].map { .worker(worker($0)) })
    try await registry.keep([.worker(worker("c", title: "first"))])
    #expect(
      try await registry.recall().workers == [
        worker("c", title: "first"), worker("a"), worker("b"),
      ])
    try await registry.keep([.forget("c"), .worker(worker("c"))])
    #expect(try await registry.recall().workers == [worker("a"), worker("b"), worker("c")])
  }

  @Test("A draft replaces the one before it, and an empty one removes it")
  func drafts() async throws {
    let registry = try Registry.inMemory()
    try await registry.keep(Samples.drafts.map(Memo.draft))
    var changed = Samples.drafts[1]
    changed.text = "changed"
    changed.cursor = 2
    var removed = Samples.drafts[0]
    removed.text = ""
    try await registry.keep([.draft(changed), .draft(removed)])
    #expect(try await registry.recall().drafts == [changed] + Samples.drafts[2...])
  }

  @Test("Forgetting takes the drafts of that worker and nothing else")
  func forget() async throws {
    let registry = try Registry.inMemory()
    try await registry.keep(Samples.all + [.forget("wrk_1"), .forget(""), .forget("unknown")])
    var expected = Samples.recollection
    expected.workers = [Samples.bare]
    expected.drafts = [Samples.drafts[0], Samples.drafts[3]]
    expected.runs = []
    expected.downloads = []
    #expect(try await registry.recall() == expected)
  }

  @Test("A settled intent is gone and the others stay")
  func settled() async throws {
    let registry = try Registry.inMemory()
    try await registry.keep(Samples.intents.map(Memo.intent) + [.settled("i2"), .settled("none")])
    #expect(try await registry.recall().intents == [Samples.intents[0]] + Samples.intents[2...])
  }

  @Test("Memos that are kept together are kept whole or not at all")
  func atomic() async throws {
    let registry = try Registry.inMemory()
    let refused = KnownWorker(id: "", instruction: "no id", budget: .low, addedAt: 1)
    await #expect(throws: (any Error).self) {
      try await registry.keep([.preference(name: "theme", value: "nord"), .worker(refused)])
    }
    #expect(try await registry.recall() == Recollection())
  }

  @Test("Text after a NUL is not lost")
  func nul() async throws {
    let registry = try Registry.inMemory()
    let draft = Draft(subject: .newWorker, text: "a\0b", cursor: 3, budget: .low)
    try await registry.keep([.draft(draft)])
    #expect(try await registry.recall().drafts.map(\.text) == ["a\u{FFFD}b"])
  }

  @Test("A draft of a megabyte with every kind of character is kept")
  func large() async throws {
    let registry = try Registry.inMemory()
    let text = String(repeating: "a\r\n\u{1B}é漢👩‍👩‍👧‍👦\u{FFFF}'\";--", count: 20_000)
    let draft = Draft(subject: .newWorker, text: text, cursor: text.count, budget: .low)
    try await registry.keep([.draft(draft)])
    #expect(try await registry.recall().drafts == [draft])
  }

  @Test("A worker that was adopted by its id shows the id, and nothing as its instruction")
  @MainActor
  func adopted() async throws {
    let registry = try Registry.inMemory()
    try await registry.keep([
      .worker(KnownWorker(id: "wrk_7", instruction: "", budget: .standard, addedAt: 90))
    ])
    let transport = ScriptedTransport { _ in .failure(.unreachable("offline")) }
    let ports = Runner.Ports(
      service: Service(transport: transport), memory: registry, downloads: FakeDownloads(),
      reconnect: { PlainReconnect(isActive: $0) }, now: { 100 })
    let store = Store(runner: Runner(ports: ports), now: { 100 })
    store.start()
    await store.idle()
    let worker = try #require(store.state.workers["wrk_7"])
    #expect(worker.title == "wrk_7" && worker.phase.value == .unknown)
    #expect(worker.transcript.prompts == [])
    #expect(transport.requests.contains { $0.method == .get })
    await store.stop()
  }

  @Test("A cancelled task still keeps")
  func cancelled() async throws {
    let registry = try Registry.inMemory()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await registry.keep([.preference(name: "theme", value: "nord")])
    }
    try await task.value
    #expect(try await registry.recall().preferences == ["theme": "nord"])
  }

  @Test("The fake memory remembers as the registry does")
  func fake() async throws {
    let (registry, fake) = (try Registry.inMemory(), FakeMemory())
    var random = Seeded(3)
    for step in 0..<400 {
      let memos = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Samples.memo(step, &random)
      }
      try await registry.keep(memos)
      try await fake.keep(memos)
      #expect(try await registry.recall() == fake.recall())
    }
  }

  @Test("A failing fake throws until it is healed")
  func failing() async throws {
    let fake = FakeMemory()
    await fake.fail()
    await #expect(throws: FakeMemory.Failure()) { try await fake.keep([.settled("a")]) }
    await #expect(throws: FakeMemory.Failure()) { try await fake.recall() }
    await fake.fail(with: nil)
    try await fake.keep([.settled("b")])
    #expect(await fake.kept == [[.settled("b")]])
  }

  @Test("An answer that is not given leaves the one that is kept")
  func answers() async throws {
    let registry = try Registry.inMemory()
    var known = KnownWorker(
      id: "a", instruction: "i", budget: .low, addedAt: 1, lastSeen: #"{"id":"a"}"#, lastSeenAt: 2)
    try await registry.keep([.worker(known)])
    var later = known
    later.lastSeen = nil
    later.lastSeenAt = 3
    try await registry.keep([.revise(later, .figures)])
    known.lastSeenAt = 3
    #expect(try await registry.recall().workers == [known])
    later.title = "T"
    known.title = "T"
    try await registry.keep([.worker(later)])
    #expect(try await registry.recall().workers == [known])
  }
}
