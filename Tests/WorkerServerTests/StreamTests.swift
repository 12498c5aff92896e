import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import WorkerAPI

@testable import WorkerServer

/// Streams over a real socket; the scripts play a thousand times faster than life.
@Suite("Streams", .timeLimit(.minutes(1)))
struct StreamTests {
  /// Runs a server until the test is done, and stops it in good order.
  private func serving(
    speed: Double = 1_000, faults: [Fault] = [],
    _ test: @Sendable (Int, World) async throws -> Void
  ) async throws {
    let change: (inout ServerConfiguration) -> Void = {
      $0.speed = speed
      $0.faults = faults
    }
    try await FaultBench.serving("", change) { try await test($0.port, $0.world) }
  }

  private func get(_ port: Int, _ path: String, _ headers: HTTPFields = [:]) async throws
    -> TestClient.Response
  {
    try await TestClient.withClient(host: "127.0.0.1", port: port) {
      try await $0.get(path, headers: headers)
    }
  }

  private func events(_ response: TestClient.Response) throws -> [ServerSentEvent] {
    var decoder = SSEDecoder()
    return try decoder.feed(response.body.map { Array($0.readableBytesView) } ?? [])
  }

  private func started(_ world: World, _ input: String = "prices") async throws -> String {
    let json = try await world.create(
      RunRequest(input: input, budget: .standard), once: nil, origin: "http://h")
    return try #require(json["id"]?.string)
  }

  @Test("A live stream has ids, ends with [DONE], and several readers get the same")
  func live() async throws {
    try await serving { port, world in
      let id = try await started(world)
      let path = Route.stream(worker: id).path
      async let one = get(port, path)
      async let two = get(port, path)
      async let three = get(port, "/api/workers/\(id)?stream=true")
      let responses = try await [one, two, three]
      let streams = try responses.map(events)
      #expect(streams[0] == streams[1] && streams[0] == streams[2])
      #expect(streams[0].last?.data == "[DONE]")
      #expect(streams[0].dropLast().enumerated().allSatisfy { $1.id == "1-\($0)" })
      let head = responses[0].head.headerFields
      #expect(head[.contentType] == "text/event-stream; charset=utf-8")
      #expect(head[.cacheControl] == "no-cache")
      #expect(head[.messageStream] == "v1" && head[.acceleration] == "no")
      let replay = try events(try await get(port, path))
      #expect(replay == streams[0])
    }
  }

  @Test("Last-Event-ID takes a stream up after that event")
  func resume() async throws {
    try await serving { port, world in
      let id = try await started(world)
      let path = Route.stream(worker: id).path
      let whole = try events(try await get(port, path))
      let rest = try events(
        try await get(port, path, [.lastEventID: whole[40].id, .accept: "text/event-stream"]))
      #expect(rest.elementsEqual(whole[41...]))
    }
  }

  @Test("A Stainless SDK is sent no [DONE]")
  func stainless() async throws {
    try await serving { port, world in
      let id = try await started(world, "fails")
      let found = try events(
        try await get(port, Route.stream(worker: id).path, [.stainlessLanguage: "python"]))
      #expect(found.count > 20 && !found.contains { $0.data == "[DONE]" })
      #expect(found.last?.data.contains(#""finishReason":"error""#) == true)
    }
  }

  @Test("A create that asks for a stream answers with one")
  func createStream() async throws {
    try await serving { port, world in
      let response = try await TestClient.withClient(host: "127.0.0.1", port: port) {
        try await $0.post(
          "/api/workers", headers: [.contentType: "application/json"],
          body: ByteBuffer(string: #"{"input":"fails","stream":true}"#))
      }
      let found = try events(response)
      #expect(found.first?.id == "1-0" && found.last?.data == "[DONE]")
      #expect(await world.workerIDs.count == 1)
    }
  }

  @Test("An idle stream carries comments, which are no events")
  func keepAlive() async throws {
    let slow: (inout ServerConfiguration) -> Void = {
      $0.speed = 0.01
      $0.keepAliveSeconds = 0.001
    }
    try await FaultBench.serving("", slow) { bench in
      let id = try await bench.world.started("fails")
      let answer = try await bench.ask("GET", Route.stream(worker: id).path) {
        String(decoding: $0.chunks.joined(), as: UTF8.self)
          .contains("\n\n: keep-alive\n: keep-alive\n")
      }
      let ids = try answer.events().map(\.id)
      #expect(!ids.isEmpty && ids.enumerated().allSatisfy { $1 == "1-\($0)" })
    }
  }

  @Test("Stopping the server ends open streams in good order")
  func shutdown() async throws {
    var configuration = ServerConfiguration()
    configuration.scenario = "marathon"
    let server = try WorkerServer(configuration)
    let (ports, source) = AsyncStream<Int>.makeStream()
    let running = Task { try await server.run { source.yield($0) } }
    for await port in ports {
      let id = try await started(server.world, "x")
      async let response = get(port, Route.stream(worker: id).path)
      while await server.world.watchers[id] == nil { await Task.yield() }
      running.cancel()
      let found = try events(try await response)
      #expect(found.first?.id == "1-0" && found.last?.data != "[DONE]")
      break
    }
    try await running.value
    #expect(await server.world.openStreams == 0)
  }

  @Test("A client that hangs up is let go of")
  func hangUp() async throws {
    try await serving(speed: 1) { port, world in
      let id = try await started(world, "marathon")
      try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
        try await client.executeAndDontWaitForResponse(
          TestClient.Request(Route.stream(worker: id).path, method: .get))
        while await world.openStreams == 0 { await Task.yield() }
      }
      while await world.openStreams > 0 { await Task.yield() }
    }
  }

  @Test("A cut stream can be taken up until it is whole")
  func cut() async throws {
    try await serving(faults: [.cut(events: 100)]) { port, world in
      let id = try await started(world, "fails")
      let path = Route.stream(worker: id).path
      await #expect(throws: (any Error).self) { try await get(port, path) }
      #expect(await world.openStreams == 0)
    }
  }

  @Test("A stalled stream says nothing more and stays open")
  func stall() async throws {
    var configuration = ServerConfiguration()
    configuration.speed = 1_000
    configuration.faults = [.stall(events: 5)]
    configuration.keepAliveSeconds = 0.01
    let server = try WorkerServer(configuration)
    let (ports, source) = AsyncStream<Int>.makeStream()
    let running = Task { try await server.run { source.yield($0) } }
    for await port in ports {
      let id = try await started(server.world, "fails")
      let response = Task { try await get(port, Route.stream(worker: id).path) }
      while try await server.world.worker(id)?.isRunning != false { await Task.yield() }
      while await server.world.openStreams == 0 { await Task.yield() }
      running.cancel()
      await #expect(throws: (any Error).self) { try await response.value }
      break
    }
    try await running.value
  }

  @Test("With the replay fault a stream begins at its beginning")
  func replay() async throws {
    try await serving(faults: [.replay]) { port, world in
      let id = try await started(world, "fails")
      let found = try events(
        try await get(port, Route.stream(worker: id).path, [.lastEventID: "1-20"]))
      #expect(found.first?.id == "1-0")
    }
  }

  @Test("A port that cannot be is refused", arguments: [-1, 65_536])
  func port(number: Int) async throws {
    var configuration = ServerConfiguration()
    configuration.port = number
    let server = try WorkerServer(configuration)
    await #expect(throws: WorkerServer.ListenFailure.self) { try await server.run { _ in } }
  }

  @Test("The port that is taken is named in a sentence")
  func taken() async throws {
    try await serving { port, _ in
      var configuration = ServerConfiguration()
      configuration.port = port
      let second = try WorkerServer(configuration)
      do {
        try await second.run { _ in }
        Issue.record("two servers listen on one port")
      } catch let error as WorkerServer.ListenFailure {
        #expect(error.description.hasPrefix("cannot listen on 127.0.0.1:\(port): "))
      }
    }
  }
}
