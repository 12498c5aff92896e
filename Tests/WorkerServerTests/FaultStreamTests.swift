import NIOCore
import Testing
import WorkerAPI

@testable import WorkerServer

/// What streams suffer, over a real socket.
@Suite("Faulty streams", .timeLimit(.minutes(1)))
struct FaultStreamTests {
  @Test("A split stream comes in pieces that cut lines and characters, and is the same")
  func split() async throws {
    try await FaultBench.serving("split=3") { bench in
      let id = try await bench.ended("Greet 😀")
      let answer = try await bench.ask("GET", Route.stream(worker: id).path)
      #expect(answer.chunks.allSatisfy { $0.count <= 3 })
      let whole = try await bench.world.stream(of: id)
      #expect(whole.contains { $0.data.contains("😀") })
      #expect(try answer.events().dropLast() == whole[...] && answer.isWhole)
    }
  }

  @Test("A stalled stream says nothing after its event, not even a comment")
  func stall() async throws {
    try await FaultBench.serving("stall=5", { $0.keepAliveSeconds = 0.001 }) { bench in
      let id = try await bench.ended()
      let world = bench.world
      let answer = try await bench.ask("GET", Route.stream(worker: id).path) { answer in
        if try answer.events().count == 5 { await world.close() }
        return false
      }
      let text = String(decoding: answer.chunks.joined(), as: UTF8.self)
      #expect(try answer.events().map(\.id) == (0..<5).map { "1-\($0)" })
      #expect(text.hasSuffix("\n\n") && !text.contains("keep-alive") && !answer.isWhole)
    }
  }

  @Test("A reset comes in the middle of the event that follows")
  func reset() async throws {
    try await FaultBench.serving("reset=3") { bench in
      let id = try await bench.ended()
      let answer = try await bench.ask("GET", Route.stream(worker: id).path)
      #expect(answer.isReset)
      #expect(try answer.events().map(\.id) == ["1-0", "1-1", "1-2"])
      #expect(String(decoding: answer.chunks.joined(), as: UTF8.self).hasSuffix("\n\n") == false)
    }
  }

  @Test("A cut stream ends behind its event, and can be taken up until it is whole")
  func cut() async throws {
    try await FaultBench.serving("cut=40") { bench in
      let id = try await bench.ended()
      var found: [ServerSentEvent] = []
      var isWhole = false
      while !isWhole {
        let answer = try await bench.ask(
          "GET", Route.stream(worker: id).path,
          headers: found.last.map { ["Last-Event-ID: \($0.id)"] } ?? [])
        #expect(!answer.isReset)
        found += try answer.events()
        isWhole = answer.isWhole
      }
      let whole = try await bench.world.stream(of: id)
      #expect(found.dropLast() == whole[...])
    }
  }

  @Test("With a chance of 100 % no stream is whole, and a seed decides where it fails")
  func certain() async throws {
    try await FaultBench.serving("cut=100%") { bench in
      let id = try await bench.ended()
      let whole = try await bench.world.stream(of: id)
      var lengths: Set<Int> = []
      for _ in 0..<12 {
        let answer = try await bench.ask("GET", Route.stream(worker: id).path)
        let events = try answer.events()
        #expect(events == Array(whole.prefix(events.count)) && !answer.isWhole)
        lengths.insert(events.count)
      }
      #expect(lengths.count > 3 && lengths.allSatisfy { $0 < whole.count })
    }
  }

  @Test("Without a finish the stream ends in good order before it")
  func noFinish() async throws {
    try await FaultBench.serving("nofin") { bench in
      let id = try await bench.ended()
      let answer = try await bench.ask("GET", Route.stream(worker: id).path)
      let whole = try await bench.world.stream(of: id)
      #expect(whole.last?.isFinish == true)
      #expect(try answer.events() == whole.dropLast() && answer.isWhole)
    }
  }

  @Test("Without ids, and with a replay, a stream begins anew", arguments: ["noids", "replay"])
  func anew(fault: String) async throws {
    try await FaultBench.serving(fault) { bench in
      let id = try await bench.ended()
      let answer = try await bench.ask(
        "GET", Route.stream(worker: id).path, headers: ["Last-Event-ID: 1-20"])
      let whole = try await bench.world.stream(of: id)
      let events = try answer.events().dropLast()
      #expect(events.map(\.data) == whole.map(\.data))
      #expect(events.map(\.id) == (fault == "noids" ? whole.map { _ in "" } : whole.map(\.id)))
    }
  }

  @Test("With only what is new, the first stream is whole and a later one has nothing to say")
  func onlyNew() async throws {
    try await FaultBench.serving("onlynew") { bench in
      let id = try await bench.ended()
      let path = Route.stream(worker: id).path
      let first = try await bench.ask("GET", path).events()
      let whole = try await bench.world.stream(of: id)
      #expect(first.dropLast().map(\.data) == whole.map(\.data))
      #expect(first.allSatisfy { $0.id.isEmpty })
      let second = try await bench.ask("GET", path).events()
      #expect(second.map(\.data) == ["[DONE]"])
    }
  }

  @Test("What is new begins behind what was said so far")
  func end() async throws {
    let time = ManualTime()
    let world = try World.staged(time)
    let id = try await world.started("fails")
    time.advance(5)
    await world.advance()
    let said = try await world.stream(of: id)
    let running = try await world.end(of: id)
    #expect(running == Position(turn: 1, index: said.count))
    time.advance(10_000)
    await world.advance()
    let ended = try await world.end(of: id)
    #expect(ended == Position(turn: 2, index: 0))
  }
}
