import Testing
import WorkerAPI

@testable import Fleet

@Suite("Workers that are recalled without their words")
struct FoldingTests {
  private static let answer = Worker.answered("a", "Hello", "Again")

  private static func known(_ id: String, isUnread: Bool = false, _ answer: Worker) -> KnownWorker {
    KnownWorker(
      id: id, instruction: "do \(id)", budget: .low, addedAt: 1, isUnread: isUnread,
      lastSeen: answer.raw.text, lastSeenAt: 50)
  }

  private static func recalled(_ workers: [KnownWorker]) async -> (Desk, [WorkerState]) {
    let recollection = await Recollection(workers: workers).withWorkers()
    var desk = Desk()
    _ = desk.send(.recalled(recollection), at: 100)
    return (desk, await recollection.unfolded())
  }

  @Test("Those that are done and read get their words a moment later, and are as if read at once")
  func words() async {
    let workers = [
      Self.known("a", Self.answer), Self.known("b", isUnread: true, .answered("b", "New")),
      Self.known("c", .sample("c", "running")),
    ]
    var (desk, unfolded) = await Self.recalled(workers)
    #expect(desk["a"].phase.value == .done && desk["a"].transcript.turns.isEmpty)
    #expect(desk["b"].transcript.turns.count == 1)
    #expect(unfolded.map(\.id) == ["a"])
    _ = desk.send(.unfolded(unfolded), at: 101)
    for known in workers.prefix(2) {
      #expect(desk[known.id] == WorkerState(remembered: known, answer: known.answer))
    }
  }

  @Test("What was asked meanwhile is newer and stays")
  func newer() async {
    var (desk, unfolded) = await Self.recalled([Self.known("a", Self.answer)])
    _ = desk.send(.polled(worker: "a", .answered("a", "Now"), askedAt: 100), at: 100)
    let before = desk["a"]
    _ = desk.send(.unfolded(unfolded), at: 101)
    #expect(desk["a"] == before && desk["a"].known.lastSeen == nil)
  }

  @Test("One that is forgotten meanwhile stays forgotten, and comes back whole")
  func forgotten() async {
    var (desk, unfolded) = await Self.recalled([Self.known("a", Self.answer)])
    _ = desk.send(.unfolded(unfolded), at: 101)
    _ = desk.send(.forget("a"), at: 102)
    _ = desk.send(.unfolded(unfolded), at: 103)
    #expect(desk.state.workers["a"] == nil)
    _ = desk.send(.takeBack, at: 104)
    #expect(desk["a"].transcript.text == "Hello\n\nAgain")
  }

  @Test("A long answer is remembered without the note that its words were left out")
  func long() throws {
    let text = String(repeating: "word ", count: 20_000)
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", .answered("a", text), askedAt: 101), at: 102)
    let held = try #require(desk["a"].worker)
    #expect(Worker.isLeftOut(held.raw["messages"]))
    #expect(try JSONReader.read(held.remembered)["messages"] == nil)
    let short = try #require(Worker(json: Self.answer.raw))
    #expect(short.bounded.remembered == short.raw.text)
  }

  @Test("No answer's body is held for a few words that stand in it unread")
  func body() throws {
    let message: (JSON, Int) -> JSON = { role, count in
      [
        "role": role,
        "parts": [["type": "text", "text": .string(String(repeating: "x", count: count))]],
      ]
    }
    let answer: JSON = [
      "id": "a", "status": "running",
      "output_text": .string(String(repeating: "y", count: 1 << 20)),
      "messages": [message("user", 8 << 10), message("assistant", 25 << 10)],
    ]
    let worker = try #require(try Worker.read(answer.bytes))
    #expect(worker.messages.map { $0.unreadBytes > 0 } == [false, true])
    var desk = Desk(("a", .running))
    _ = desk.send(.polled(worker: "a", worker, askedAt: 101), at: 102)
    #expect(desk["a"].worker?.messages == worker.messages.map(\.head))
  }

  @Test("Many are worked out batch by batch, in their order")
  func batches() async {
    let workers = (0..<450).map { number in
      Self.known(
        "w\(number)",
        number == 7
          ? .answered("w7", String(repeating: "x", count: 300_000))
          : .answered("w\(number)", "Done"))
    }
    let parts = await KnownWorker.each(of: workers) { $0.id }
    #expect(parts.joined().map { $0 } == workers.map(\.id))
    #expect(parts.map(\.count) == [8, 100, 100, 100, 100, 42])
    #expect(await KnownWorker.each(of: []) { $0.id } == [])
  }
}
