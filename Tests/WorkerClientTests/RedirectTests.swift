import Support
import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("A redirect", .timeLimit(.minutes(1)))
struct RedirectTests {
  /// What of a request a foreign server must not see.
  struct Sight: Hashable {
    var path: String
    var authorization: String?
    var team: String?
    var cookie: String?
    var accept: String?

    init(_ request: Connection.Request) {
      path = String(request.line.split(separator: " ")[1])
      authorization = request.headers["authorization"]
      team = request.headers["x-team"]
      cookie = request.headers["cookie"]
      accept = request.headers["accept"]
    }

    init(_ path: String, isOwn: Bool) {
      self.path = path
      authorization = isOwn ? "Bearer \(Client.key)" : nil
      team = isOwn ? "blue" : nil
      cookie = isOwn ? "c=1" : nil
      accept = "text/plain"
    }
  }

  private static func request(_ target: TransportRequest.Target) -> TransportRequest {
    TransportRequest(
      method: .get, target: target,
      headers: [HTTPHeader("Accept", "text/plain"), HTTPHeader("Cookie", "c=1")])
  }

  /// Answers `/to?URL` with a redirect there and everything else with its path.
  private static func server(_ seen: Post<Sight>) throws -> LoopbackServer {
    try LoopbackServer { connection in
      while true {
        let sight = Sight(try connection.readRequest())
        seen.put(sight)
        if sight.path.contains("/to?") {
          let location = sight.path.split(separator: "?", maxSplits: 1)[1]
          try connection.answer("302 Found", headers: ["Location: \(location)"], "moved")
        } else {
          try connection.answer("200 OK", sight.path)
        }
      }
    }
  }

  private static let extra = [HTTPHeader("X-Team", "blue")]

  @Test("Within the origin it is followed with the key, relative or whole, stream or not")
  func sameOrigin() async throws {
    let seen = Post<Sight>()
    let server = try Self.server(seen)
    let transport = try Client.transport(server, extra: Self.extra)
    for (location, path) in [("/y?a=b", "/y?a=b"), ("z", "/p/z"), (server.base + "/w", "/w")] {
      let response = try await transport.send(Self.request(.path("/p/to?\(location)")))
      #expect(response.head.status == 200)
      #expect(String(decoding: response.body, as: UTF8.self) == path)
      #expect(
        await seen.take(2) == [Sight("/p/to?\(location)", isOwn: true), Sight(path, isOwn: true)])
    }
    let stream = try await transport.open(Self.request(.path("/to?/s")))
    #expect(await Client.drain(stream).bytes == Array("/s".utf8))
  }

  @Test("Another port is another origin: key, cookies and extra headers stay behind for good")
  func otherOrigin() async throws {
    let ours = Post<Sight>()
    let theirs = Post<Sight>()
    let server = try Self.server(ours)
    let other = try Self.server(theirs)
    let transport = try Client.transport(server, extra: Self.extra)
    // Out, and back in again: what they make us ask for is not asked in our name.
    let back = "\(other.base)/to?\(server.base)/back"
    let response = try await transport.send(Self.request(.path("/to?\(back)")))
    #expect(String(decoding: response.body, as: UTF8.self) == "/back")
    #expect(
      await ours.take(2) == [Sight("/to?\(back)", isOwn: true), Sight("/back", isOwn: false)])
    #expect(await theirs.take() == Sight("/to?\(server.base)/back", isOwn: false))
  }

  @Test("An absolute target gets the key only on the own origin")
  func absoluteTarget() async throws {
    let seen = Post<Sight>()
    let server = try Self.server(seen)
    let other = try Self.server(seen)
    let transport = try Client.transport(server, extra: Self.extra)
    _ = try await transport.send(Self.request(.absolute("\(server.base)/f")))
    _ = try await transport.send(Self.request(.absolute("\(other.base)/f")))
    _ = try await transport.send(Self.request(.absolute("http://localhost:\(server.port)/f")))
    #expect(
      await seen.take(3) == [
        Sight("/f", isOwn: true), Sight("/f", isOwn: false), Sight("/f", isOwn: false),
      ])
  }

  @Test("Five are followed, six are not")
  func limit() async throws {
    let server = try LoopbackServer { connection in
      while true {
        let path = try connection.readRequest().line.split(separator: " ")[1]
        let left = Int(path.dropFirst()) ?? 0
        if left == 0 {
          try connection.answer("200 OK", "there")
        } else {
          try connection.answer("307 Go", headers: ["Location: /\(left - 1)"])
        }
      }
    }
    let transport = try Client.transport(server)
    #expect(try await transport.send(Client.get("/5")).body == Array("there".utf8))
    #expect(
      await Client.failure(of: transport, Client.get("/6")) == .badAddress("more than 5 redirects"))
  }

  @Test(
    "A POST and a DELETE are not redirected: the redirect is their answer, which says where",
    arguments: [301, 302, 303, 307, 308])
  func post(status: Int) async throws {
    let lines = Post<String>()
    let server = try LoopbackServer { connection in
      lines.put(try connection.readRequest().line)
      try connection.answer("\(status) Moved", headers: ["Location: /y"], "moved")
    }
    let transport = try Client.transport(server)
    for method in [HTTPMethod.post, .delete] {
      let response = try await transport.send(
        TransportRequest(method: method, target: .path("/x"), body: method == .post ? [1] : nil))
      #expect(response.head.status == status && response.body == Array("moved".utf8))
      #expect(
        APIError(response: response).description
          == "HTTP \(status): the server sends this request to /y; "
          + "set HANDINGER_BASE_URL to the address that answers")
    }
    #expect(await lines.take(2) == ["POST /x HTTP/1.1", "DELETE /x HTTP/1.1"])
  }

  @Test("A file's address on another origin is fetched without the key, on the own one with it")
  func file() async throws {
    let seen = Post<Sight>()
    let server = try Self.server(seen)
    let other = try Self.server(seen)
    let service = Service(transport: try Client.transport(server, extra: Self.extra))
    for (base, isOwn) in [(other.base, false), (server.base, true)] {
      let stream = try await service.file(.absolute("\(base)/f/a%2Fb?sig=1"))
      #expect(await Client.drain(stream).bytes == Array("/f/a%2Fb?sig=1".utf8))
      let sight = await seen.take()
      #expect(sight?.authorization == (isOwn ? "Bearer \(Client.key)" : nil))
      #expect(sight?.team == (isOwn ? "blue" : nil))
      #expect(sight?.accept == "application/octet-stream")
    }
  }

  @Test(
    "It leads nowhere but to http and https",
    arguments: [
      "file:///etc/passwd", "ftp://127.0.0.1/", "http://user:pw@127.0.0.1/", "http://",
    ])
  func elsewhere(location: String) async throws {
    let transport = try Client.transport(try Self.server(Post()))
    guard case .badAddress = await Client.failure(of: transport, Client.get("/to?\(location)"))
    else {
      Issue.record("\(location) was followed")
      return
    }
  }

  @Test("An endless body of a redirect is not read")
  func endlessBody() async throws {
    let server = try LoopbackServer { connection in
      if try connection.readRequest().line.contains("/y") {
        return try connection.answer("200 OK", "there")
      }
      try connection.write("HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n")
      while true { try connection.write(String(repeating: "x", count: 10_000)) }
    }
    let response = try await Client.transport(server).send(Client.get())
    #expect(response.body == Array("there".utf8))
  }
}
