import Support
import Testing
import WorkerAPI

@testable import WorkerClient

/// The double must behave as the real one does, or tests that use it prove nothing.
@Suite("A scripted transport", .timeLimit(.minutes(1)))
struct ScriptedTransportTests {
  @Test("Replies are used in order, the last one stays, and what is not scripted fails")
  func table() async throws {
    let transport = ScriptedTransport([
      "GET /a": [.text("1"), .failure(.broken("cut")), .text("3", status: 503, type: "text/plain")]
    ])
    let get = TransportRequest(method: .get, target: .path("/a"))
    #expect(try await transport.send(get).body == Array("1".utf8))
    await #expect(throws: TransportError.broken("cut")) { try await transport.send(get) }
    for _ in 0..<2 {
      let head = try await transport.send(get).head
      #expect(
        head == TransportHead(status: 503, headers: [HTTPHeader("Content-Type", "text/plain")]))
    }
    let other = TransportRequest(method: .delete, target: .path("/b"))
    await #expect(throws: TransportError.badAddress("nothing is scripted for DELETE /b")) {
      try await transport.send(other)
    }
    #expect(transport.requests == [get, get, get, get, other])
  }

  @Test("A stream is fed step by step and ends as told")
  func feeding() async throws {
    let script = ScriptedStream()
    let transport = ScriptedTransport { _ in .stream(script) }
    let stream = try await transport.open(TransportRequest(method: .get, target: .path("/s")))
    let reader = Task { await Client.drain(stream) }
    script.feed("one ")
    await script.drained()
    script.feed("two")
    script.fail(.stalled(seconds: 30))
    let (bytes, error) = await reader.value
    #expect(String(decoding: bytes, as: UTF8.self) == "one two")
    #expect(error == .stalled(seconds: 30))
    #expect(!script.isCancelled)
  }

  @Test("An answer can be held back until the test gives it")
  func outstanding() async throws {
    let script = ScriptedStream(nil)
    let transport = ScriptedTransport { _ in .stream(script) }
    let request = TransportRequest(method: .post, target: .path("/s"), body: [1])
    let answer = Task { try await transport.send(request) }
    await transport.requested(1)
    await script.drained()
    script.begin(TransportHead(status: 201))
    script.feed("ok")
    script.end()
    #expect(
      try await answer.value
        == TransportResponse(head: TransportHead(status: 201), body: Array("ok".utf8)))
  }

  @Test("Cancelling the task or the stream ends a waiting reader", arguments: [true, false])
  func cancelling(task: Bool) async throws {
    let script = ScriptedStream()
    let transport = ScriptedTransport { _ in .stream(script) }
    let stream = try await transport.open(TransportRequest(method: .get, target: .path("/s")))
    let reader = Task { await Client.drain(stream).error }
    await script.drained()
    if task { reader.cancel() } else { stream.cancel() }
    #expect(await reader.value == .cancelled)
    #expect(script.isCancelled)
  }
}
