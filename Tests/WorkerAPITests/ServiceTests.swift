import Support
import Testing
import WorkerAPI

@Suite struct ServiceTests {
  private static let accept = HTTPHeader("Accept", "application/json")
  private static let worker = #"{"id":"w1","status":"running"}"#

  private func service(_ line: String, _ reply: ScriptedTransport.Reply) -> (
    Service, ScriptedTransport
  ) {
    let transport = ScriptedTransport([line: [reply]])
    return (Service(transport: transport), transport)
  }

  private func post(_ path: String, _ body: String) -> TransportRequest {
    TransportRequest(
      method: .post, target: .path(path),
      headers: [
        Self.accept, HTTPHeader("Content-Type", "application/json"),
        HTTPHeader("Idempotency-Key", "key-1"),
      ], body: Array(body.utf8))
  }

  private func get(_ path: String) -> TransportRequest {
    TransportRequest(method: .get, target: .path(path), headers: [Self.accept])
  }

  @Test("A create, a continue and a retrieve send what the reference says and give the worker")
  func workers() async throws {
    let expected = try #require(Worker(json: JSONReader.read(Self.worker)))
    let run = RunRequest(input: "é \"x\"", budget: .low)
    let body = #"{"input":"é \"x\"","budget":"low"}"#
    let (creating, create) = service("POST /api/workers", .text(Self.worker))
    #expect(try await creating.create(run, idempotencyKey: "key-1") == expected)
    #expect(create.requests == [post("/api/workers", body)])
    let (going, more) = service("POST /api/workers/w%2F1", .text(Self.worker, status: 202))
    #expect(try await going.continueWorker("w/1", run, idempotencyKey: "key-1") == expected)
    #expect(more.requests == [post("/api/workers/w%2F1", body)])
    let (asking, ask) = service("GET /api/workers/w1", .text(Self.worker))
    #expect(try await asking.retrieve("w1") == expected)
    #expect(ask.requests == [get("/api/workers/w1")])
  }

  @Test("A stream is asked for with the last event id only when there is one")
  func stream() async throws {
    let transport = ScriptedTransport([
      "GET /api/workers/w1/stream": [.text("data: x\n\n", type: "text/event-stream")]
    ])
    let service = Service(transport: transport)
    let stream = try await service.stream("w1", lastEventID: "")
    #expect(try await stream.next() == Array("data: x\n\n".utf8))
    _ = try await service.stream("w1", lastEventID: "7")
    let headers = [
      HTTPHeader("Accept", "text/event-stream"), HTTPHeader("Cache-Control", "no-cache"),
    ]
    let path = TransportRequest.Target.path("/api/workers/w1/stream")
    #expect(
      transport.requests == [
        TransportRequest(method: .get, target: path, headers: headers, isRetried: false),
        TransportRequest(
          method: .get, target: path, headers: headers + [HTTPHeader("Last-Event-ID", "7")],
          isRetried: false),
      ])
  }

  @Test(
    "An address is read from bare text, from a JSON string and from an object",
    arguments: [
      "rex@h.example", " rex@h.example\n", #""rex@h.example""#, #"{"email":"rex@h.example"}"#,
    ])
  func email(body: String) async throws {
    let (service, transport) = service("GET /api/workers/w1/email", .text(body, type: "text/plain"))
    #expect(try await service.email("w1") == "rex@h.example")
    #expect(transport.requests == [get("/api/workers/w1/email")])
  }

  @Test(
    "An answer without an address is no address", arguments: ["", "{}", "null", #"{"email":null}"#])
  func noEmail(body: String) async {
    let (service, _) = service("GET /api/workers/w1/email", .text(body))
    await #expect(throws: Service.Failure.unreadable("no address in the answer")) {
      try await service.email("w1")
    }
  }

  @Test("Schedules are listed, made and cancelled")
  func schedules() async throws {
    let schedule = Schedule(
      id: "s1", budget: .low, input: "go", kind: .cron("0 9 * * *"), nextRunAt: 1_767_323_045)
    let list = JSON.object(JSONObject([("schedules", [schedule.json, 7]), ("workerId", "w1")]))
    let transport = ScriptedTransport([
      "GET /api/workers/w1/schedules": [.text(list.text)],
      "POST /api/workers/w1/schedules": [.text(schedule.json.text)],
      "DELETE /api/workers/w1/schedules/s1": [
        .text(#"{"cancelled":true}"#), .text(#"{"cancelled":false}"#), .text("{}"),
      ],
    ])
    let service = Service(transport: transport)
    #expect(try await service.schedules("w1") == [schedule])
    let request = ScheduleRequest(input: "go", when: .cron("0 9 * * *"), budget: .low)
    #expect(try await service.createSchedule("w1", request, idempotencyKey: "key-1") == schedule)
    #expect(try await service.cancelSchedule("w1", "s1"))
    #expect(try await service.cancelSchedule("w1", "s1") == false)
    #expect(try await service.cancelSchedule("w1", "s1"))
    let cancel = TransportRequest(
      method: .delete, target: .path("/api/workers/w1/schedules/s1"), headers: [Self.accept])
    #expect(
      transport.requests == [
        get("/api/workers/w1/schedules"),
        post("/api/workers/w1/schedules", request.json.text), cancel, cancel, cancel,
      ])
  }

  @Test("A file is opened as bytes, and a refusal is read as one")
  func file() async throws {
    let transport = ScriptedTransport([
      "GET /api/workers/w1/files/a/b.md": [
        .text("abc", type: "text/markdown"), .text(#"{"error":"gone"}"#, status: 404),
        .failure(.unreachable("down")),
      ]
    ])
    let service = Service(transport: transport)
    let target = TransportRequest.Target.path(Route.file(worker: "w1", path: "a/b.md").path)
    #expect(try await service.file(target).next() == Array("abc".utf8))
    #expect(
      transport.requests == [
        TransportRequest(
          method: .get, target: target,
          headers: [HTTPHeader("Accept", "application/octet-stream")])
      ])
    let refusal = Service.Failure.refused(APIError(status: 404, message: "gone"))
    await #expect(throws: refusal) { _ = try await service.file(target) }
    await #expect(throws: Service.Failure.transport(.unreachable("down"))) {
      _ = try await service.file(target)
    }
  }

  @Test("A schedule that is not there any more was not cancelled, and no body is no complaint")
  func cancelledBefore() async throws {
    let transport = ScriptedTransport([
      "DELETE /api/workers/w1/schedules/%2E%2E": [
        .text("", status: 204), .text(#"{"error":"gone"}"#, status: 404), .text("", status: 410),
        .text(#"{"error":"no"}"#, status: 500),
      ]
    ])
    let service = Service(transport: transport)
    #expect(try await service.cancelSchedule("w1", ".."))
    #expect(try await service.cancelSchedule("w1", "..") == false)
    #expect(try await service.cancelSchedule("w1", "..") == false)
    await #expect(throws: Service.Failure.refused(APIError(status: 500, message: "no"))) {
      try await service.cancelSchedule("w1", "..")
    }
  }

  @Test("A refusal that comes in pieces is read whole, but not without end")
  func refusedFile() async throws {
    let pieces = ScriptedStream(
      TransportHead(status: 404), chunks: ["{\"err", "or\":\"go", "ne\"}"])
    pieces.end()
    let endless = ScriptedStream(TransportHead(status: 500))
    for _ in 0..<100 { endless.feed(String(repeating: " ", count: 10_000)) }
    let transport = ScriptedTransport(["GET https://h/f": [.stream(pieces), .stream(endless)]])
    let service = Service(transport: transport)
    await #expect(throws: Service.Failure.refused(APIError(status: 404, message: "gone"))) {
      _ = try await service.file(.absolute("https://h/f"))
    }
    await #expect(
      throws: Service.Failure.refused(APIError(status: 500, message: "the server failed"))
    ) {
      _ = try await service.file(.absolute("https://h/f"))
    }
    #expect(pieces.isCancelled && endless.isCancelled)
  }

  @Test("A pause that ends at a date is counted from the clock")
  func pauseUntil() async {
    let transport = ScriptedTransport { _ in
      .answer(
        TransportResponse(
          head: TransportHead(
            status: 429,
            headers: [HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")])))
    }
    let service = Service(transport: transport) { 784_111_777 - 20 }
    await #expect(
      throws: Service.Failure.refused(
        APIError(status: 429, message: "too many requests", retryAfter: 20))
    ) {
      try await service.retrieve("w1")
    }
  }

  static let failures: [(reply: ScriptedTransport.Reply, failure: Service.Failure)] = [
    (
      .text(#"{"error":"no such worker"}"#, status: 404),
      .refused(APIError(status: 404, message: "no such worker"))
    ),
    (
      .text("", status: 302),
      .refused(APIError(status: 302, message: "the server sends this request elsewhere"))
    ),
    (
      .text("<html>", status: 502),
      .refused(
        APIError(status: 502, message: "the server behind the gateway gave no good answer"))
    ),
    (
      .text("<html>", type: "text/html; charset=utf-8"),
      .unreadable("the answer is a web page; check HANDINGER_BASE_URL")
    ),
    (.text("data: {}"), .unreadable("the answer is not JSON")),
    (.text(""), .unreadable("the answer is not JSON")),
    (.text("{}"), .unreadable("the answer is no worker")),
    (.failure(.timedOut(seconds: 60)), .transport(.timedOut(seconds: 60))),
  ]

  @Test("Each way of not getting a worker has its failure", arguments: failures)
  func failure(reply: ScriptedTransport.Reply, failure: Service.Failure) async {
    let (service, _) = service("GET /api/workers/w1", reply)
    await #expect(throws: failure) { try await service.retrieve("w1") }
  }

  @Test("An answer about schedules that holds none is unreadable")
  func unreadable() async {
    let transport = ScriptedTransport { _ in .text("{}") }
    let service = Service(transport: transport)
    await #expect(throws: Service.Failure.unreadable("no schedules in the answer")) {
      try await service.schedules("w1")
    }
    let request = ScheduleRequest(input: "go", when: .delayed(seconds: 1), budget: .low)
    await #expect(throws: Service.Failure.unreadable("no schedule in the answer")) {
      try await service.createSchedule("w1", request, idempotencyKey: "k")
    }
  }
}
