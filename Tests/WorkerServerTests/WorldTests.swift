import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("World")
struct WorldTests {
  @Test("A run begins at once, goes on with the clock and ends by itself")
  func life() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("fails")
    let first = try #require(try await world.worker(id))
    #expect(first.status == .running && first.isRunning && first.createdAt == time.now)
    time.advance(5)
    let due = try #require(await world.advance())
    #expect(due > time.now && due < time.now + 10)
    time.advance(300)
    #expect(await world.advance() == nil)
    let last = try #require(try await world.worker(id))
    #expect(last.status == .completed && !last.isRunning)
    #expect(last.error?["code"] == "run_failed")
  }

  @Test("A second turn adds its messages and its usage")
  func continued() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Summarise the week", budget: .low)
    time.advance(400)
    let before = try #require(try await world.worker(id))
    let more = RunRequest(input: "And the week before", budget: .low)
    let running = try await world.continueWorker(id, more, once: nil, origin: "http://h")
    #expect(running["running"] == true)
    time.advance(400)
    let after = try #require(try await world.worker(id))
    #expect(before.messages.count == 2 && after.messages.count == 4)
    #expect(after.messages.prefix(2).elementsEqual(before.messages))
    #expect(after.messages[2].json["parts"] == [["type": "text", "text": "And the week before"]])
    let sums = (before.usage?.totalTokens ?? 0, after.usage?.totalTokens ?? 0)
    #expect(sums.1 > sums.0 && sums.0 > 0)
    #expect(try await world.stream(of: id).last?.id.hasPrefix("2-") == true)
  }

  @Test("A new turn is running in its first answer, though the clock moves between two looks at it")
  func moving() async throws {
    let time = ManualTime()
    let world = try World(ServerConfiguration()) {
      time.advance(0.001)
      return time.now
    }
    let id = try await world.started("Summarise the week", budget: .low)
    time.advance(400)
    let more = RunRequest(input: "And the week before", budget: .low)
    let answer = try await world.continueWorker(id, more, once: nil, origin: "http://h")
    #expect(answer["status"] == "running")
  }

  @Test("A running worker refuses a second turn with 409")
  func busy() async throws {
    let world = try World.staged(ManualTime())
    let id = try await world.started("research")
    await #expect(throws: APIError.self) {
      try await world.continueWorker(
        id, RunRequest(input: "more", budget: .low), once: nil, origin: "http://h")
    }
  }

  @Test("A stream in parts is the stream in one piece, wherever it is left and taken up again")
  func resume() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("Check the invoices", budget: .low)
    time.advance(400)
    await world.advance()
    let whole = try await world.stream(of: id)
    #expect(whole.first?.id == "1-0" && whole.count > 50)
    for place in stride(from: 0, to: whole.count, by: 13) {
      let rest = try await world.stream(of: id, pageSize: 7, after: whole[place].id)
      #expect(rest.elementsEqual(whole[(place + 1)...]))
    }
    for strange in ["", "9-9", "1-99999", "x", "-1-2", "1-0-0"] {
      #expect(try await world.stream(of: id, after: strange) == whole)
    }
  }

  @Test("What a reader saw live is what a later one is given, and adds up to the stored message")
  func replayEqualsLive() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("prices")
    var live: [ServerSentEvent] = []
    for _ in 0..<300 {
      live += try await world.stream(of: id, pageSize: 9, after: live.last?.id ?? "")
      time.advance(0.7)
      await world.advance()
    }
    #expect(live == (try await world.stream(of: id)))
    var fold = MessageFold()
    for event in live { fold.apply(WorkerEvent(data: event.data)) }
    let worker = try #require(try await world.worker(id))
    let stored = try #require(worker.messages.last?.json)
    #expect(stored["parts"]?.array?.count == fold.parts.count)
    #expect(fold.json(origin: "http://h")["metadata"] == stored["metadata"])
    #expect(worker.outputText == fold.texts.joined(separator: "\n\n"))
    #expect(worker.files.map(\.filename) == ["reports/prices.csv", "chart.png"])
  }

  @Test("After a restart finished workers are the same and running ones go on where the clock says")
  func restart() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      let (done, running, before) = try await {
        let world = try World.staged(time, folder: folder)
        let done = try await world.started("fails")
        time.advance(200)
        await world.advance()
        let running = try await world.started("prices")
        time.advance(20)
        let texts = [try await world.text(of: done), try await world.text(of: running)]
        return (done, running, texts)
      }()
      let (ended, stream) = try await {
        let world = try World.staged(time, folder: folder)
        #expect([try await world.text(of: done), try await world.text(of: running)] == before)
        time.advance(500)
        await world.advance()
        #expect(try await world.worker(running)?.status == .completed)
        return (try await world.text(of: running), try await world.stream(of: running))
      }()
      let world = try World.staged(time, folder: folder)
      #expect(try await world.text(of: running) == ended)
      #expect(try await world.stream(of: running) == stream)
      let chart = try await world.file(running, path: "chart.png")
      #expect(chart.mediaType == "image/png" && chart.bytes.count > 60_000)
    }
  }

  @Test("A folder serves one world at a time")
  func lock() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      let world = try World.staged(time, folder: folder)
      #expect(throws: FolderLock.Failure.self) { try World.staged(time, folder: folder) }
      #expect(await world.workerIDs.isEmpty)
    }
  }

  @Test("A waiting reader is woken by news, by the end, and by the server's close")
  func waiting() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("research")
    let events = try await world.stream(of: id)
    let place = Position(turn: 1, index: events.count)
    async let woken: Void = world.more(of: id, than: place)
    while await world.watchers[id] == nil { await Task.yield() }
    time.advance(1)
    await world.advance()
    await woken
    async let closed: Void = world.more(of: id, than: Position(turn: 1, index: 100_000))
    while await world.watchers[id] == nil { await Task.yield() }
    await world.close()
    await closed
    let page = try await world.page(of: id, from: place, limit: 5, origin: "http://h")
    #expect(page.isEnd && page.events.isEmpty)
  }

  @Test("What was said is not copied for a waiting reader when more is said")
  func inPlace() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("research")
    time.advance(10)
    await world.advance()
    // Until the next event fits where the log lies.
    while await world.storage(of: id).room == 0 {
      time.advance(0.1)
      await world.advance()
    }
    let before = await world.storage(of: id)
    async let woken: Void = world.more(of: id, than: Position(turn: 1, index: before.count))
    while await world.watchers[id] == nil { await Task.yield() }
    while await world.storage(of: id).count == before.count {
      let due = try #require(await world.advance())
      time.advance(due - time.now)
      await world.advance()
    }
    await woken
    let after = await world.storage(of: id)
    #expect(after.address == before.address || after.count > before.count + before.room)
  }

  @Test("A reader that gives up leaves nothing behind")
  func cancelled() async throws {
    let world = try World.staged(ManualTime())
    let id = try await world.started("research")
    let task = Task { await world.more(of: id, than: Position(turn: 1, index: 100_000)) }
    while await world.watchers[id]?.isEmpty != false { await Task.yield() }
    task.cancel()
    await task.value
    #expect(await world.watchers[id]?.isEmpty != false)
  }
}

extension World {
  /// Where the log of a turn lies, and how many more events fit there.
  fileprivate func storage(of worker: String) -> (address: Int, count: Int, room: Int) {
    guard let log = playing[worker]?.log else { return (0, 0, 0) }
    let address = log.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
    return (address, log.count, log.capacity - log.count)
  }
}
