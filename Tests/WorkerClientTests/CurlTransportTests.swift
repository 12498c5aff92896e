import Support
import Testing
import WorkerAPI

@testable import WorkerClient

/// What the tests of the transport share.
enum Client {
  static let key = "hdg_live_secret"

  static func transport(
    _ server: LoopbackServer, extra: [HTTPHeader] = [],
    timeouts: Endpoint.Timeouts = Endpoint.Timeouts()
  ) throws -> CurlTransport {
    var endpoint = try Endpoint(base: server.base, key: key, extraHeaders: extra, version: "1.2")
    endpoint.timeouts = timeouts
    return CurlTransport(endpoint: endpoint)
  }

  static func get(_ path: String = "/x", limit: Int = 64 << 20) -> TransportRequest {
    TransportRequest(method: .get, target: .path(path), bodyLimit: limit)
  }

  /// Everything up to the end, and how it ended.
  static func drain(_ stream: TransportStream) async -> (bytes: [UInt8], error: TransportError?) {
    var bytes: [UInt8] = []
    do throws(TransportError) {
      while let chunk = try await stream.next() { bytes += chunk }
      return (bytes, nil)
    } catch {
      return (bytes, error)
    }
  }
}

@Suite("A request through libcurl", .timeLimit(.minutes(1)))
struct CurlTransportTests {
  @Test("A GET carries the key, the headers and no body, and its answer comes back whole")
  func get() async throws {
    let seen = Post<Connection.Request>()
    let server = try LoopbackServer { connection in
      seen.put(try connection.readRequest())
      try connection.answer("200 OK", headers: ["X-One: 1", "x-two:2 "], "hello")
    }
    let transport = try Client.transport(server, extra: [HTTPHeader("X-Team", "blue")])
    var request = Client.get("/api/workers/w%2F1?stream=true")
    request.headers = [HTTPHeader("Accept", "application/json"), HTTPHeader("X-Empty", "")]
    let response = try await transport.send(request)
    #expect(
      response
        == TransportResponse(
          head: TransportHead(
            status: 200,
            headers: [
              HTTPHeader("X-One", "1"), HTTPHeader("x-two", "2"), HTTPHeader("Content-Length", "5"),
            ]),
          body: Array("hello".utf8)))
    #expect(
      await seen.take()
        == Connection.Request(
          line: "GET /api/workers/w%2F1?stream=true HTTP/1.1",
          headers: [
            "host": "127.0.0.1:\(server.port)", "accept": "application/json",
            "accept-encoding": "gzip", "authorization": "Bearer hdg_live_secret",
            "user-agent": "signalbox/1.2", "x-team": "blue", "x-empty": "",
          ], body: ""))
  }

  @Test("Another key is sent from the next request on; one that could split a header is refused")
  func renewedKey() async throws {
    let seen = Post<Connection.Request>()
    let server = try LoopbackServer { connection in
      seen.put(try connection.readRequest())
      try connection.answer("200 OK", "")
    }
    let transport = try Client.transport(server)
    #expect(throws: EndpointError.controlInKey) { try transport.renew(key: "a\nb") }
    for (key, sent) in [(nil, Client.key), ("  fresh ", "fresh")] as [(String?, String)] {
      if let key { try transport.renew(key: key) }
      _ = try await transport.send(Client.get())
      #expect(await seen.take()?.headers["authorization"] == "Bearer \(sent)")
    }
  }

  @Test(
    "A POST carries its body, also a large, a binary and an empty one", arguments: [0, 3, 3 << 20])
  func post(size: Int) async throws {
    let seen = Post<Connection.Request>()
    let server = try LoopbackServer { connection in
      seen.put(try connection.readRequest())
      try connection.answer()
    }
    let transport = try Client.transport(server)
    let body = [UInt8](repeating: 0, count: size)
    _ = try await transport.send(
      TransportRequest(
        method: .post, target: .path("/api/workers"),
        headers: [HTTPHeader("Content-Type", "application/json")], body: body))
    let request = await seen.take()
    #expect(request?.line == "POST /api/workers HTTP/1.1")
    #expect(request?.body.utf8.count == size)
    #expect(request?.headers["content-type"] == "application/json")
    #expect(request?.headers["expect"] == nil)
  }

  @Test("A DELETE without a body sends none and names no type")
  func delete() async throws {
    let seen = Post<Connection.Request>()
    let server = try LoopbackServer { connection in
      seen.put(try connection.readRequest())
      try connection.answer()
    }
    let transport = try Client.transport(server)
    _ = try await transport.send(TransportRequest(method: .delete, target: .path("/s/1")))
    let request = await seen.take()
    #expect(request?.line == "DELETE /s/1 HTTP/1.1")
    #expect(request?.headers["content-type"] == nil)
    #expect(request?.headers["content-length"] == nil)
  }

  @Test(
    "An HTTP error status is an answer",
    arguments: ["204 No Content", "304 Not Modified", "401 No", "404 No", "429 Slow", "500 Ow"])
  func statuses(line: String) async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.write("HTTP/1.1 \(line)\r\nRetry-After: 7\r\nConnection: close\r\n\r\n")
    }
    let response = try await Client.transport(server).send(Client.get())
    #expect(response.head.status == Int(line.prefix(3)))
    #expect(response.head["retry-after"] == "7")
    #expect(response.body == [])
  }

  @Test("Informational heads before the answer are passed over")
  func informational() async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
      try connection.answer("200 OK", "late")
    }
    let response = try await Client.transport(server).send(Client.get())
    #expect(
      response.head == TransportHead(status: 200, headers: [HTTPHeader("Content-Length", "4")]))
    #expect(response.body == Array("late".utf8))
  }

  @Test("A compressed answer is asked for and unpacked, in one piece or in many")
  func gzip() async throws {
    let server = try LoopbackServer { connection in
      while true {
        let request = try connection.readRequest()
        #expect(request.headers["accept-encoding"] == "gzip")
        if request.line.contains("whole") {
          try connection.answer(headers: ["Content-Encoding: gzip"], body: Fixture.zipped)
        } else {
          try connection.write(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
          for byte in Fixture.zipped {
            try connection.write(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
          }
          try connection.write("0\r\n\r\n")
        }
      }
    }
    let transport = try Client.transport(server)
    #expect(try await transport.send(Client.get("/whole")).body == Fixture.unzipped)
    #expect(try await transport.send(Client.get("/pieces")).body == Fixture.unzipped)
  }

  @Test("A packing that nobody asked for is unpacked where it can be, else it is broken")
  func otherPacking() async throws {
    let server = try LoopbackServer { connection in
      let packing = try connection.readRequest().line.split(separator: " ")[1].dropFirst()
      let body = packing == "gzip" ? Array("no gzip at all".utf8) : Fixture.deflated
      try connection.answer(headers: ["Content-Encoding: \(packing)"], body: body)
    }
    let transport = try Client.transport(server)
    #expect(
      String(decoding: try await transport.send(Client.get("/deflate")).body, as: UTF8.self)
        == "deflated")
    for packing in ["/gzip", "/lzma-7"] {
      guard case .broken(let reason) = await Client.failure(of: transport, Client.get(packing))
      else {
        Issue.record("\(packing) is not broken")
        continue
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test("A bomb that unpacks without end is broken off at the limit")
  func bomb() async throws {
    let sent = Post<Int>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
      try connection.write(Fixture.bombHead)
      var count = 0
      defer { sent.put(count) }
      // A gigabyte and more of zeros, unless the client leaves.
      for _ in 0..<500 {
        try connection.write(Fixture.bombRound)
        count += 1
      }
    }
    let limit = 4 << 20
    let failure = await Client.failure(of: try Client.transport(server), Client.get(limit: limit))
    #expect(failure == .tooLarge(limit: limit))
    #expect(try #require(await sent.take()) < 500)
  }

  @Test("A body of just the limit passes, one byte more fails, packed or not")
  func bodyLimit() async throws {
    let server = try LoopbackServer { connection in
      let request = try connection.readRequest()
      if request.line.contains("zip") {
        try connection.answer(headers: ["Content-Encoding: gzip"], body: Fixture.zipped)
      } else {
        try connection.answer(body: [UInt8](repeating: 1, count: 100_000))
      }
    }
    let transport = try Client.transport(server)
    #expect(try await transport.send(Client.get(limit: 100_000)).body.count == 100_000)
    await #expect(throws: TransportError.tooLarge(limit: 99_999)) {
      try await transport.send(Client.get(limit: 99_999))
    }
    await #expect(throws: TransportError.tooLarge(limit: Fixture.unzipped.count - 1)) {
      try await transport.send(Client.get("/zip", limit: Fixture.unzipped.count - 1))
    }
  }

  @Test("A connection is kept for the next GET, and a POST gets a new one")
  func keptConnections() async throws {
    let lines = Post<String>()
    let server = try LoopbackServer { connection in
      for index in 1... {
        let request = try connection.readRequest()
        lines.put("\(request.line.prefix(4)) \(index)")
        try connection.answer()
      }
    }
    let transport = try Client.transport(server)
    _ = try await transport.send(Client.get())
    _ = try await transport.send(Client.get())
    _ = try await transport.send(TransportRequest(method: .post, target: .path("/x")))
    #expect(await lines.take(3) == ["GET  1", "GET  2", "POST 1"])
  }

  @Test("A hundred requests are under way at once")
  func concurrent() async throws {
    let gate = Gate(count: 100)
    let server = try LoopbackServer { connection in
      let request = try connection.readRequest()
      try gate.pass()
      try connection.answer("200 OK", String(request.line.split(separator: " ")[1]))
    }
    let transport = try Client.transport(server)
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<100 {
        group.addTask {
          let response = try await transport.send(Client.get("/\(index)"))
          return String(decoding: response.body, as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<100).map { "/\($0)" }))
  }

  @Test("A header that would split the request is refused before anything is sent")
  func headerSplitting() async throws {
    let server = try LoopbackServer { _ in }
    let transport = try Client.transport(server)
    for header in [HTTPHeader("A", "b\r\nC: d"), HTTPHeader("A\nB", "c"), HTTPHeader("", "c")] {
      var request = Client.get()
      request.headers = [header]
      await #expect(
        throws: TransportError.badAddress(
          "a header of the request holds a line break or has no name")
      ) {
        try await transport.send(request)
      }
    }
  }
}
