import Support
import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("A stream through libcurl", .timeLimit(.minutes(1)))
struct StreamTests {
  @Test("Chunks are handed over as they come, before the next one is sent")
  func chunked() async throws {
    let gate = Gate()
    let seen = Post<Connection.Request>()
    let server = try LoopbackServer { connection in
      seen.put(try connection.readRequest())
      try connection.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
      for text in ["data: 1\n\n", "data: 22\n\n"] {
        try gate.pass()
        try connection.write("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
      }
      try gate.pass()
      try connection.write("0\r\nX-Trailer: t\r\n\r\n")
    }
    var request = Client.get("/stream")
    request.headers = [
      HTTPHeader("Accept", "text/event-stream"), HTTPHeader("Last-Event-ID", "é7"),
    ]
    let stream = try await Client.transport(server).open(request)
    #expect(stream.head.status == 200)
    #expect(stream.head["content-type"] == "text/event-stream")
    gate.open()
    #expect(try await stream.next() == Array("data: 1\n\n".utf8))
    gate.open()
    #expect(try await stream.next() == Array("data: 22\n\n".utf8))
    gate.open()
    #expect(try await stream.next() == nil)
    #expect(try await stream.next() == nil)
    let headers = await seen.take()?.headers
    #expect(headers?["accept-encoding"] == "identity")
    #expect(headers?["last-event-id"] == "é7")
  }

  @Test("A reader that does not read blocks the sender, is not called silent, and loses nothing")
  func backPressure() async throws {
    let total = 64 << 20
    let sent = Post<Int>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.beginStream()
      // Longer than the client's patience with silence.
      let first = try connection.writeUntilBlocked(total: total, quiet: 9_000)
      sent.put(first)
      let second = try connection.writeUntilBlocked(total: total - first, quiet: 20_000)
      sent.put(second)
    }
    let transport = try Client.transport(server, timeouts: .init(stall: 8))
    let stream = try await transport.open(Client.get())
    let buffered = try #require(await sent.take())
    // 64 KiB here and 16 in libcurl; the rest is what the system keeps for the two sockets.
    #expect(buffered < 16 << 20)
    let (bytes, error) = await Client.drain(stream)
    #expect(error == nil)
    #expect(bytes.count == total)
    #expect(await sent.take() == total - buffered)
  }

  @Test(
    "requirement 1: a silent stream fails after the stall timeout, and its last bytes are still read"
  )
  func stall() async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.beginStream()
      try connection.write("data: 1\n\n")
      _ = connection.isClosed()
    }
    let transport = try Client.transport(server, timeouts: .init(stall: 0.3))
    let (bytes, error) = await Client.drain(try await transport.open(Client.get()))
    #expect(bytes == Array("data: 1\n\n".utf8))
    #expect(error == .stalled(seconds: 0.3))
  }

  @Test("requirement 1: any byte, comments included, keeps a stream alive past the stall timeout")
  func comments() async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.beginStream()
      // Pauses longer than the limit together, each far below it, however busy the machine is.
      for _ in 0..<9 {
        guard !connection.isClosed(within: 3_500) else { return }
        try connection.write(":\n")
      }
    }
    let transport = try Client.transport(server, timeouts: .init(stall: 30))
    let (bytes, error) = await Client.drain(try await transport.open(Client.get()))
    #expect(String(decoding: bytes, as: UTF8.self) == String(repeating: ":\n", count: 9))
    #expect(error == nil)
  }

  @Test("A body that breaks off gives what came and then an error", arguments: [true, false])
  func halfBody(isChunked: Bool) async throws {
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 100"
      try connection.write("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
      try connection.write(isChunked ? "40\r\nhalf" : "half")
    }
    let transport = try Client.transport(server)
    let (bytes, error) = await Client.drain(try await transport.open(Client.get()))
    #expect(bytes == Array("half".utf8))
    guard case .broken = error else {
      Issue.record("\(String(describing: error)) is not .broken")
      return
    }
    guard case .broken = await Client.failure(of: transport) else {
      Issue.record("a whole answer that breaks off is not .broken")
      return
    }
  }

  @Test("Cancelling a task that waits for the head ends it and closes the connection")
  func cancelBeforeHead() async throws {
    let asked = Post<Void>()
    let closed = Post<Bool>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      asked.put(())
      closed.put(connection.isClosed())
    }
    let transport = try Client.transport(server)
    let task = Task { await Client.failure(of: transport) }
    await asked.take()
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await closed.take() == true)
  }

  @Test("A task that is cancelled already sends nothing that it would wait for")
  func cancelledBefore() async throws {
    let server = try LoopbackServer { connection in _ = connection.isClosed() }
    let transport = try Client.transport(server)
    let gate = Post<Void>()
    let task = Task {
      await gate.take()
      return await Client.failure(of: transport)
    }
    task.cancel()
    gate.put(())
    #expect(await task.value == .cancelled)
  }

  enum Leaving: CaseIterable { case cancelTask, cancelStream, dropStream, closeTransport }

  @Test("However a reader leaves, its connection is closed", arguments: Leaving.allCases)
  func leaving(how: Leaving) async throws {
    let closed = Post<Bool>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.beginStream()
      try connection.write("data: 1\n\n")
      closed.put(connection.isClosed())
    }
    let transport = try Client.transport(server)
    var stream: TransportStream? = try await transport.open(Client.get())
    #expect(try await stream?.next() == Array("data: 1\n\n".utf8))
    if how != .dropStream, let open = stream {
      let pulling = Post<Void>()
      let task = Task {
        pulling.put(())
        return await Client.drain(open).error
      }
      await pulling.take()
      switch how {
      case .cancelTask: task.cancel()
      case .cancelStream: open.cancel()
      case .closeTransport, .dropStream: transport.close()
      }
      #expect(await task.value == .cancelled)
    }
    stream = nil
    #expect(await closed.take() == true)
  }

  @Test("A transport that is dropped closes the connections that it kept")
  func droppedTransport() async throws {
    let closed = Post<Bool>()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.answer()
      closed.put(connection.isClosed())
    }
    var transport: CurlTransport? = try Client.transport(server)
    #expect(try await transport?.send(Client.get()).head.status == 200)
    transport = nil
    #expect(await closed.take() == true)
  }

  @Test("A stream outlives its transport, and a closed transport refuses")
  func lifetimes() async throws {
    let gate = Gate()
    let server = try LoopbackServer { connection in
      _ = try connection.readRequest()
      try connection.beginStream()
      try gate.pass()
      try connection.write("data: 1\n\n")
    }
    var transport: CurlTransport? = try Client.transport(server)
    let stream = try await transport?.open(Client.get())
    transport = nil
    gate.open()
    #expect(try await stream?.next() == Array("data: 1\n\n".utf8))
    #expect(try await stream?.next() == nil)
    let closed = try Client.transport(server)
    closed.close()
    #expect(await Client.failure(of: closed) == .cancelled)
  }
}
