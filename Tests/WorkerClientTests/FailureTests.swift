import Glibc
import Support
import Testing
import WorkerAPI

@testable import WorkerClient

extension Client {
  /// How a GET, or another request, fails; nil when it does not.
  static func failure(
    of transport: CurlTransport, _ request: TransportRequest = Client.get()
  ) async -> TransportError? {
    do throws(TransportError) {
      _ = try await transport.send(request)
      return nil
    } catch {
      return error
    }
  }
}

@Suite("A failure through libcurl", .timeLimit(.minutes(1)))
struct FailureTests {
  private static func transport(
    to base: String, _ timeouts: Endpoint.Timeouts = .init()
  ) throws -> CurlTransport {
    var endpoint = try Endpoint(base: base, key: Client.key)
    endpoint.timeouts = timeouts
    return CurlTransport(endpoint: endpoint)
  }

  @Test("A refused connection is unreachable: nothing was sent")
  func unreachable() async throws {
    // Also keeps the machine's proxies out of the way.
    _ = try LoopbackServer { _ in }
    let port = try LoopbackServer.deafPort()
    for base in ["http://127.0.0.1:\(port)", "https://127.0.0.1:\(port)"] {
      guard case .unreachable(let reason) = await Client.failure(of: try Self.transport(to: base))
      else {
        Issue.record("\(base) is not unreachable")
        continue
      }
      #expect(reason.contains("\(port)"))
      #expect(!reason.contains(Client.key))
    }
  }

  @Test("A server without TLS cannot be reached by https")
  func noTLS() async throws {
    let server = try LoopbackServer { connection in try connection.write("SSH-2.0-no\r\n") }
    let base = "https://127.0.0.1:\(server.port)"
    guard case .unreachable = await Client.failure(of: try Self.transport(to: base)) else {
      Issue.record("not unreachable")
      return
    }
  }

  @Test("A server that takes no connection in time is unreachable: nothing was sent")
  func connectTimeout() async throws {
    _ = try LoopbackServer { _ in }
    // A listener of no backlog that never accepts: the first connections fill its queue.
    let (listener, port) = try LoopbackServer.listen(backlog: 0)
    var fillers: [Int32] = []
    defer { for descriptor in fillers + [listener] { close(descriptor) } }
    for _ in 0..<4 {
      let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK, 0)
      var address = LoopbackServer.loopback(port: port)
      _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      fillers.append(filler)
    }
    let transport = try Self.transport(to: "http://127.0.0.1:\(port)", .init(connect: 0.3))
    #expect(await Client.failure(of: transport) == .unreachable("no connection within 0.3 s"))
  }

  @Test("A server that never answers times out, whole answer or stream")
  func answerTimeout() async throws {
    let closed = Post<Bool>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      closed.put(connection.isClosed())
    }
    let transport = try Client.transport(server, timeouts: .init(answer: 0.3))
    #expect(await Client.failure(of: transport) == .timedOut(seconds: 0.3))
    #expect(await closed.take() == true)
    await #expect(throws: TransportError.timedOut(seconds: 0.3)) {
      try await transport.open(Client.get())
    }
  }

  @Test("A connection lost after the request is broken: it may have been carried out")
  func broken() async throws {
    let requests = Post<String>()
    let server = try LoopbackServer { connection in
      let request = try connection.readRequest()
      requests.put(request.line)
      if request.line.contains("reset") { connection.reset() }
    }
    let transport = try Client.transport(server)
    for path in ["/silent", "/reset"] {
      let request = TransportRequest(method: .post, target: .path(path), body: [1])
      guard case .broken = await Client.failure(of: transport, request) else {
        Issue.record("\(path) is not broken")
        continue
      }
    }
    #expect(await requests.take(2) == ["POST /silent HTTP/1.1", "POST /reset HTTP/1.1"])
  }

  @Test("A POST is never sent twice, not even when a kept connection turns out to be dead")
  func noSilentRepeat() async throws {
    let posts = Post<Int>()
    let server = try LoopbackServer { connection in
      for index in 0... {
        let request = try connection.readRequest()
        if request.line.hasPrefix("POST") {
          posts.put(index)
          return
        }
        try connection.answer()
      }
    }
    let transport = try Client.transport(server)
    #expect(await Client.failure(of: transport) == nil)
    let post = TransportRequest(method: .post, target: .path("/api/workers"), body: [1])
    guard case .broken = await Client.failure(of: transport, post) else {
      Issue.record("not broken")
      return
    }
    posts.put(-1)
    #expect(await posts.take(2) == [0, -1])
  }

  @Test("A head without end is broken off")
  func endlessHead() async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.write("HTTP/1.1 200 OK\r\n")
      while true {
        try connection.write("X-Filler: " + String(repeating: "x", count: 8000) + "\r\n")
      }
    }
    guard case .broken = await Client.failure(of: try Client.transport(server)) else {
      Issue.record("not broken")
      return
    }
  }

  @Test("What is no HTTP is broken")
  func garbage() async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.write("\u{1B}[2Jnot http at all\r\n\r\n")
    }
    guard case .broken = await Client.failure(of: try Client.transport(server)) else {
      Issue.record("not broken")
      return
    }
  }

  @Test(
    "An address that cannot be used is named as such",
    arguments: [
      "ftp://127.0.0.1/x", "file:///etc/passwd", "http://u:p@127.0.0.1/", "http://", "http://a b/",
    ])
  func badAddress(url: String) async throws {
    let transport = try Self.transport(to: "http://127.0.0.1:1")
    let request = TransportRequest(method: .get, target: .absolute(url))
    guard case .badAddress = await Client.failure(of: transport, request) else {
      Issue.record("\(url) is taken")
      return
    }
  }
}
