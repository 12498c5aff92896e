import Support
import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("A transport that tries again")
struct RetryingTransportTests {
  typealias Reply = ScriptedTransport.Reply

  private let clock = QuickClock()
  private static let get = TransportRequest(method: .get, target: .path("/w"))
  private static let delete = TransportRequest(method: .delete, target: .path("/s"))
  private static let create = TransportRequest(
    method: .post, target: .path("/w"), headers: [HTTPHeader("Idempotency-Key", "k1")], body: [1])
  private static let done = Reply.text("done")

  private static func answer(_ status: Int, _ headers: HTTPHeader..., body: String = "") -> Reply {
    .answer(
      TransportResponse(
        head: TransportHead(status: status, headers: headers), body: Array(body.utf8)))
  }

  private static let echo = HTTPHeader("idempotency-key", "k1")

  private func transport(
    _ request: TransportRequest, _ replies: [Reply]
  ) -> (RetryingTransport, ScriptedTransport) {
    let base = ScriptedTransport([request.scriptKey: replies])
    return (RetryingTransport(base, clock: clock, now: { 1_000 }, roll: { 0 }), base)
  }

  /// How a request ends.
  private func end(
    _ request: TransportRequest, _ transport: RetryingTransport
  ) async -> Result<TransportResponse, TransportError> {
    do throws(TransportError) {
      return .success(try await transport.send(request))
    } catch {
      return .failure(error)
    }
  }

  private func isDone(_ result: Result<TransportResponse, TransportError>) -> Bool {
    if case .success(let response) = result { response.body == Array("done".utf8) } else { false }
  }

  @Test(
    "Reads and deletes are tried three times, after every kind of trouble that may pass",
    arguments: [
      answer(408), answer(409), answer(429), answer(500), answer(503),
      .failure(.unreachable("x")), .failure(.broken("x")), .failure(.timedOut(seconds: 1)),
    ])
  func threeTimes(reply: Reply) async {
    for request in [Self.get, Self.delete] {
      let (transport, base) = transport(request, [reply, reply, Self.done])
      #expect(isDone(await end(request, transport)))
      #expect(base.requests == [request, request, request])
    }
    #expect(clock.sleeps == [0.5, 1, 0.5, 1])
  }

  @Test("After the third failure it is told")
  func givesUp() async {
    let (transport, base) = transport(
      Self.get, [.failure(.unreachable("1")), Self.answer(502), .failure(.unreachable("3"))])
    #expect(await end(Self.get, transport) == .failure(.unreachable("3")))
    #expect(clock.sleeps == [0.5, 1] && base.requests.count == 3)
  }

  @Test(
    "What the server asks for is the pause: milliseconds, seconds, a date",
    arguments: [
      ([HTTPHeader("Retry-After-Ms", "1500"), HTTPHeader("Retry-After", "9")], 1.5),
      ([HTTPHeader("Retry-After", "9.25")], 9.25),
      ([HTTPHeader("Retry-After", "Thu, 01 Jan 1970 00:17:10 GMT")], 30),
      ([HTTPHeader("Retry-After", "60")], 60),
    ] as [([HTTPHeader], Double)])
  func retryAfter(headers: [HTTPHeader], pause: Double) async {
    let limited = Reply.answer(
      TransportResponse(head: TransportHead(status: 429, headers: headers)))
    for request in [Self.get, Self.create] {
      #expect(isDone(await end(request, transport(request, [limited, Self.done]).0)))
    }
    #expect(clock.sleeps == [pause, pause])
  }

  @Test("A server that asks for more than a minute is not waited for: its answer is the end")
  func longPause() async throws {
    let (transport, base) = transport(
      Self.get, [Self.answer(429, HTTPHeader("Retry-After", "61")), Self.done])
    let response = try await end(Self.get, transport).get()
    #expect(clock.sleeps == [] && base.requests.count == 1)
    #expect(
      APIError(response: response).description
        == "HTTP 429: too many requests; try again in 61 s")
  }

  @Test("What the caller repeats by its own rules goes out once")
  func once() async throws {
    var request = Self.get
    request.isRetried = false
    let (transport, base) = transport(request, [Self.answer(503), Self.done])
    #expect(try await end(request, transport).get().head.status == 503)
    #expect(base.requests.count == 1)
  }

  @Test(
    "A paid request that may have arrived is never sent again to a server that ignores keys",
    arguments: [
      .failure(.broken("x")), .failure(.timedOut(seconds: 60)), answer(500), answer(502),
      answer(503, HTTPHeader("Retry-After", "1")),
      answer(500, HTTPHeader("x-should-retry", "true")),
      answer(409, body: #"{"error":"x","code":"worker_running"}"#),
      answer(200, HTTPHeader("idempotency-key", "another")),
    ])
  func paidOnce(reply: Reply) async {
    let (transport, base) = transport(Self.create, [Self.done, reply, Self.done])
    #expect(isDone(await end(Self.create, transport)))
    #expect(!isDone(await end(Self.create, transport)))
    #expect(base.requests.count == 2 && clock.sleeps == [])
  }

  @Test(
    "A paid request that certainly did not arrive is sent again, under the same key",
    arguments: [
      .failure(.unreachable("refused")), answer(429), answer(408),
      answer(409, body: #"{"error":"try again"}"#),
    ])
  func paidAgain(reply: Reply) async {
    let (transport, base) = transport(Self.create, [reply, reply, Self.done])
    #expect(isDone(await end(Self.create, transport)))
    #expect(clock.sleeps == [0.5, 1])
    #expect(base.requests == [Self.create, Self.create, Self.create])
  }

  @Test("A server that named the key of an earlier request is trusted with a key once more")
  func honoured() async {
    let (transport, base) = transport(
      Self.create,
      [Self.answer(200, Self.echo), .failure(.broken("x")), Self.answer(502), Self.done])
    #expect(!isDone(await end(Self.create, transport)))
    #expect(isDone(await end(Self.create, transport)))
    #expect(clock.sleeps == [0.5, 1] && base.requests.count == 4)
  }

  @Test("Trust ends with the first good answer that names no key, and a failure can give it")
  func trust() async {
    let (transport, base) = transport(
      Self.create,
      [
        Self.answer(200, Self.echo), Self.done, .failure(.broken("x")), Self.answer(500, Self.echo),
        Self.done,
      ])
    #expect(!isDone(await end(Self.create, transport)))
    #expect(isDone(await end(Self.create, transport)))
    #expect(await end(Self.create, transport) == .failure(.broken("x")))
    #expect(clock.sleeps == [])
    #expect(isDone(await end(Self.create, transport)))
    #expect(clock.sleeps == [0.5] && base.requests.count == 5)
  }

  @Test(
    "Once a paid request may have arrived, a later failure does not say that it did not",
    arguments: [.failure(.unreachable("down")), answer(429), answer(409), answer(500)])
  func doubt(last: Reply) async {
    let (transport, _) = transport(
      Self.create, [Self.answer(200, Self.echo), .failure(.broken("first")), last, last])
    _ = await end(Self.create, transport)
    #expect(await end(Self.create, transport) == .failure(.broken("first")))
  }

  @Test("An answer to the same key ends the doubt")
  func settled() async throws {
    let (transport, _) = transport(
      Self.create,
      [Self.answer(200, Self.echo), .failure(.broken("first")), Self.answer(422)])
    _ = await end(Self.create, transport)
    #expect(try await end(Self.create, transport).get().head.status == 422)
  }

  @Test("A retry is reported before its pause, with what it was")
  func reported() async {
    let (transport, _) = transport(
      Self.create,
      [.failure(.unreachable("no route")), Self.answer(429, body: #"{"error":"slow"}"#), Self.done])
    _ = await end(Self.create, transport)
    var retries = transport.retries.makeAsyncIterator()
    #expect(
      await retries.next()
        == TransportRetry(
          method: .post, target: .path("/w"), number: 1, reason: .failed(.unreachable("no route")),
          pause: 0.5))
    let second = await retries.next()
    #expect(second?.reason.description == "HTTP 429: slow")
    #expect(second?.number == 2 && second?.pause == 1)
  }

  @Test("A pause can be cancelled, and what came before it is the end")
  func cancelled() async {
    let manual = ManualClock()
    let base = ScriptedTransport([Self.create.scriptKey: [.failure(.unreachable("x")), Self.done]])
    let transport = RetryingTransport(base, clock: manual, now: { 0 }, roll: { 0 })
    let task = Task { await end(Self.create, transport) }
    await manual.sleeping(1)
    task.cancel()
    #expect(await task.value == .failure(.unreachable("x")))
    #expect(base.requests.count == 1 && manual.sleeps == [])
  }

  @Test("A stream is tried again until its head has come, and the refused ones are closed")
  func stream() async throws {
    let refused = ScriptedStream(TransportHead(status: 503))
    let good = ScriptedStream(chunks: ["a"])
    good.fail(.broken("later"))
    let (transport, base) = transport(
      Self.get, [.failure(.broken("x")), .stream(refused), .stream(good)])
    let stream = try await transport.open(Self.get)
    #expect(refused.isCancelled && clock.sleeps == [0.5, 1])
    #expect(try await stream.next() == Array("a".utf8))
    await #expect(throws: TransportError.broken("later")) { try await stream.next() }
    #expect(base.requests.count == 3)
  }

  @Test("Each attempt is reported with its number and its end, without headers and bodies")
  func records() async {
    let (transport, _) = transport(
      Self.get, [.failure(.stalled(seconds: 3)), Self.answer(503), Self.done])
    _ = await end(Self.get, transport)
    var ends: [TransportRecord] = []
    for await record in transport.records {
      ends.append(record)
      if ends.count == 3 { break }
    }
    let outcomes: [TransportRecord.Outcome] = [
      .failed(.stalled(seconds: 3)), .status(503), .status(200),
    ]
    #expect(
      ends
        == outcomes.enumerated().map { number, outcome in
          TransportRecord(
            method: .get, target: .path("/w"), askedAt: 1_000, duration: 0, outcome: outcome,
            retries: number)
        })
  }
}
