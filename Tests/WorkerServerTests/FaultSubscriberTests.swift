import NIOCore
import Testing
import WorkerAPI

@testable import WorkerServer

/// Clients that ask for a stream and then do not read it.
@Suite("Subscribers that do not read", .timeLimit(.minutes(1)))
struct FaultSubscriberTests {
  @Test("One is let go of after its time, and can take the stream up behind what it got")
  func deaf() async throws {
    // More than the buffers of the system hold.
    let fountain = Fountain(deltas: 150_000, patience: 0.3)
    let (ports, source) = AsyncStream<Int>.makeStream()
    let running = Task { try await fountain.run { source.yield($0) } }
    defer { running.cancel() }
    for await port in ports {
      let bench = FaultBench(port: port, world: try World(ServerConfiguration()))
      let first = try await deafened(bench, fountain).events()
      let last = try #require(first.last)
      let rest = try await bench.ask("GET", "/", headers: ["Last-Event-ID: \(last.id)"])
      let found = try first + rest.events()
      #expect(first.count < fountain.length && rest.isWhole)
      #expect(found.dropLast().map(\.id) == (0..<fountain.length).map { "1-\($0)" })
      #expect(found.last?.data == "[DONE]")
      break
    }
  }

  /// What has come to a client that reads only after it was let go of.
  private func deafened(_ bench: FaultBench, _ fountain: Fountain) async throws
    -> FaultBench.Answer
  {
    let connection = try await bench.connect(reads: false)
    return try await connection.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: h\r\n\r\n"))
      while fountain.openStreams == 0 { await Task.yield() }
      while fountain.openStreams > 0 { await Task.yield() }
      #expect(fountain.given < fountain.length)
      try await connection.channel.setOption(.autoRead, value: true).get()
      connection.channel.read()
      var answer = FaultBench.Answer()
      do {
        for try await buffer in inbound { answer.body += buffer.readableBytesView }
      } catch is IOError {
        // What was under way when the connection was closed is lost.
      }
      let head = try #require(answer.body.firstRange(of: Array("\r\n\r\n".utf8)))
      answer.body.removeSubrange(..<head.upperBound)
      return answer
    }
  }

  @Test("One holds nobody else up")
  func other() async throws {
    try await FaultBench.serving("", { $0.linesRate = 1_000_000 }) { bench in
      let id = try await bench.ended("lines")
      let path = Route.stream(worker: id).path
      let whole = try await bench.world.stream(of: id)
      try await bench.connect(reads: false).executeThenClose { _, outbound in
        try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n"))
        while await bench.world.openStreams == 0 { await Task.yield() }
        let answer = try await bench.ask("GET", path)
        #expect(try answer.events().dropLast() == whole[...] && answer.isWhole)
      }
    }
  }

  @Test(
    "The generated log gives each event once, in order, and counts them",
    arguments: [1, 999, 1_000, 1_001, 2_500])
  func fountain(deltas: Int) {
    let log = GeneratedLog(deltas: deltas)
    var place = Position(turn: 1, index: 0)
    var events: [ServerSentEvent] = []
    while true {
      let page = log.page(from: place, limit: 256)
      events += page.events
      place = page.next
      if page.isEnd { break }
    }
    #expect(log.tally.given == log.length && events.last?.isFinish == true)
    #expect(events.map(\.id) == (0..<log.length).map { "1-\($0)" })
    var message = MessageFold()
    for event in events { message.apply(WorkerEvent(data: event.data)) }
    #expect(message.texts.count == (deltas + 999) / 1_000)
    #expect(events.count { $0.data.contains("text-delta") } == deltas)
  }
}
