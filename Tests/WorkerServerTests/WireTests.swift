import NIOCore
import NIOPosix
import Testing
import WorkerAPI

@testable import WorkerServer

/// What only a real socket shows: heads that are none, bodies without a length, races.
@Suite("On the wire", .timeLimit(.minutes(1)))
struct WireTests {
  private func serving(
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ test: @Sendable (Int, World) async throws -> Void
  ) async throws {
    try await FaultBench.serving("", change) { try await test($0.port, $0.world) }
  }

  /// Sends bytes as they are, and gives what comes back until the server closes.
  private func exchange(_ port: Int, _ text: String) async throws -> String {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var answer = ByteBuffer()
      do {
        for try await part in inbound { answer.writeImmutableBuffer(part) }
      } catch {
        // A server that closes before it has read everything resets the connection.
      }
      return String(buffer: answer)
    }
  }

  /// The status and the code of the JSON in an answer.
  private func refusal(_ answer: String) -> String? {
    guard let end = answer.firstRange(of: "\r\n\r\n"),
      let json = try? JSONReader.read(String(answer[end.upperBound...])),
      json["error"] == json["message"], let code = json["code"]?.string
    else { return nil }
    return "\(answer.dropFirst(9).prefix(3)) \(code)"
  }

  @Test(
    "A request that is no HTTP is answered with JSON all the same",
    arguments: [
      ("GARBAGE\r\n\r\n", "400 malformed_request"),
      ("GET / HTTP/9.9\r\n\r\n", "400 malformed_request"),
      ("GET /api/workers/x HTTP/1.1\r\nbad header\r\n\r\n", "400 malformed_request"),
      (
        "POST /api/workers HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        "400 malformed_request"
      ),
      (
        "POST /api/workers HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "400 malformed_request"
      ),
      (
        "GET /api/workers/x HTTP/1.1\r\nHost: h\r\nX: " + String(repeating: "x", count: 100_000)
          + "\r\n\r\n", "431 head_too_large"
      ),
    ])
  func malformed(request: String, expected: String) async throws {
    try await serving { port, _ in
      let answer = try await exchange(port, request)
      #expect(refusal(answer) == expected, "\(answer)")
      let next = try await exchange(
        port, "GET /api/workers/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      #expect(refusal(next) == "404 worker_not_found")
    }
  }

  @Test("A body without a length is refused at the bound as well, and its client can go on")
  func chunked() async throws {
    try await serving { port, world in
      let chunk = String(repeating: "x", count: 0x10000)
      let body = String(repeating: "10000\r\n\(chunk)\r\n", count: 20) + "0\r\n\r\n"
      let answer = try await exchange(
        port,
        "POST /api/workers HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
      #expect(refusal(answer) == "413 body_too_large")
      #expect(await world.workerIDs.isEmpty)
    }
  }

  @Test("A DELETE with a content type and no body is understood")
  func bareDelete() async throws {
    try await serving { port, world in
      let id = try await world.started("x")
      let answer = try await exchange(
        port,
        "DELETE /api/workers/\(id)/schedules/sch_1 HTTP/1.1\r\nHost: h\r\n"
          + "Content-Type: application/json\r\nConnection: close\r\n\r\n")
      #expect(refusal(answer) == "404 schedule_not_found")
    }
  }

  @Test("Of requests that race under one key one starts a run, and all get the same worker")
  func race() async throws {
    try await serving { port, world in
      let body = #"{"input":"marathon"}"#
      let request =
        "POST /api/workers HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        + "Idempotency-Key: one\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
        + body
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<8 { group.addTask { try await exchange(port, request) } }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      let ids = answers.compactMap { answer in
        answer.firstRange(of: "\r\n\r\n").flatMap {
          try? JSONReader.read(String(answer[$0.upperBound...]))["id"]?.string
        }
      }
      #expect(ids.count == 8 && Set(ids).count == 1)
      #expect(await world.workerIDs == [ids[0]])
      #expect(answers.allSatisfy { $0.lowercased().contains("idempotency-key: one\r\n") })
    }
  }

  @Test("Create, continue and retrieve answer as a stream by the body, the query or the type")
  func streams() async throws {
    try await serving { port, world in
      let id = try await world.started("fails")
      let path = "/api/workers/\(id)"
      func ask(_ head: String, _ body: String = "") async throws -> [String] {
        let answer = try await exchange(
          port,
          "\(head)\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(answer.contains("200 OK\r\n") && answer.contains("text/event-stream"))
        return answer.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("id: ") }
          .map(String.init)
      }
      let first = try await ask("GET \(path)?stream=true HTTP/1.1")
      #expect(first.first == "id: 1-0" && first.count > 20)
      #expect(try await ask("GET \(path) HTTP/1.1\r\nAccept: text/event-stream") == first)
      let more = try await ask("POST \(path) HTTP/1.1", #"{"input":"fails","stream":true}"#)
      #expect(more.starts(with: first) && more.contains("id: 2-0"))
      let made = try await ask(
        "POST /api/workers HTTP/1.1\r\nAccept: text/event-stream", #"{"input":"fails"}"#)
      #expect(made.first == "id: 1-0")
    }
  }

  @Test("A reader that does not read is let go of, and finds the rest by the last id")
  func slow() async throws {
    try await serving {
      $0.scenario = "lines"
      $0.patienceSeconds = 0.2
    } _: { port, world in
      let id = try await world.started("x")
      while try await world.worker(id)?.isRunning != false { await Task.yield() }
      let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .channelOption(.autoRead, value: false)
        .connect(host: "127.0.0.1", port: port).get()
      try await channel.writeAndFlush(
        ByteBuffer(string: "GET /api/workers/\(id)/stream HTTP/1.1\r\nHost: h\r\n\r\n"))
      while await world.openStreams == 0 { await Task.yield() }
      while await world.openStreams > 0 { await Task.yield() }
      try? await channel.close()
      let whole = try await world.stream(of: id)
      let rest = try await world.stream(of: id, after: whole[500].id)
      #expect(rest.elementsEqual(whole[501...]))
    }
  }
}
