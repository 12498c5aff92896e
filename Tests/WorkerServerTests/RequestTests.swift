import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import WorkerAPI

@testable import WorkerServer

/// The REST side, through the responder and without a socket.
@Suite("Requests")
struct RequestTests {
  private let json: HTTPFields = [.contentType: "application/json"]

  private func serving(
    key: String? = nil, faults: [Fault] = [], time: ManualTime = ManualTime(),
    _ test: @Sendable (any TestClientProtocol, World) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration()
    configuration.apiKey = key
    configuration.faults = faults
    let world = try World(configuration) { time.now }
    let application = buildApplication(world: world, configuration: configuration)
    try await application.test(.router) { try await test($0, world) }
  }

  private func send(
    _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String,
    _ body: String? = nil, headers: HTTPFields? = nil
  ) async throws -> (status: Int, json: JSON, response: TestResponse) {
    let response = try await client.executeRequest(
      uri: path, method: method, headers: headers ?? (body == nil ? [:] : json),
      body: body.map { ByteBuffer(string: $0) })
    let value = try? JSONReader.read(String(buffer: response.body))
    return (response.status.code, value ?? .null, response)
  }

  private func create(_ client: any TestClientProtocol, _ input: String = "prices") async throws
    -> String
  {
    let answer = try await send(
      client, .post, "/api/workers", JSON.object(JSONObject([("input", .string(input))])).text)
    return try #require(answer.json["id"]?.string)
  }

  @Test("Create answers with a running worker, retrieve with the same one")
  func create() async throws {
    try await serving { client, _ in
      let answer = try await send(
        client, .post, "/api/workers", #"{"input":"Find the invoice","budget":"low"}"#)
      #expect(answer.status == 200)
      let id = try #require(answer.json["id"]?.string)
      #expect(id.hasPrefix("t_org_123_w_") && id.utf8.count == 12 + 26)
      #expect(answer.json["object"] == "worker" && answer.json["status"] == "running")
      #expect(answer.json["error"] == .null && answer.json["incomplete_details"] == .null)
      #expect(answer.json["messages"]?.array?.first?["role"] == "user")
      let again = try await send(client, .get, "/api/workers/\(id)")
      #expect(again.json == answer.json)
    }
  }

  @Test(
    "A wrong body is refused with a sentence and a code",
    arguments: [
      ("", "invalid_json"), ("{", "invalid_json"), ("[1]", "invalid_json"),
      ("{}", "invalid_input"), (#"{"input":""}"#, "invalid_input"),
      (#"{"input":"  \n"}"#, "invalid_input"), (#"{"input":5}"#, "invalid_input"),
      (#"{"input":"x","budget":"huge"}"#, "invalid_budget"),
      (#"{"input":"x","budget":3}"#, "invalid_budget"),
      (#"{"input":"x","stream":"yes"}"#, "invalid_stream"),
    ])
  func refusedBody(body: String, code: String) async throws {
    try await serving { client, world in
      let answer = try await send(client, .post, "/api/workers", body)
      #expect(answer.status == 400 && answer.json["code"]?.string == code)
      #expect(answer.json["error"] == answer.json["message"])
      #expect(answer.json["error"]?.string?.isEmpty == false)
      #expect(await world.workerIDs.isEmpty)
    }
  }

  @Test(
    "A wrong schedule is refused",
    arguments: [
      "{}", #"{"type":"weekly"}"#, #"{"type":"scheduled","date":"soon"}"#,
      #"{"type":"scheduled","date":"2020-01-01T00:00:00Z"}"#, #"{"type":"cron","cron":""}"#,
      #"{"type":"cron","cron":"* * *"}"#, #"{"type":"cron","cron":"0 0 30 2 *"}"#,
      #"{"type":"delayed","delayInSeconds":0}"#, #"{"type":"delayed","delayInSeconds":1.5}"#,
      #"{"type":"delayed","delayInSeconds":31536001}"#, #"{"type":"interval"}"#,
      #"{"type":"interval","intervalSeconds":-5}"#, #"{"type":"interval","intervalSeconds":"9"}"#,
    ])
  func refusedSchedule(when: String) async throws {
    try await serving { client, _ in
      let id = try await create(client)
      let answer = try await send(
        client, .post, "/api/workers/\(id)/schedules", #"{"input":"x","when":\#(when)}"#)
      #expect(answer.status == 400 && answer.json["code"] == "invalid_schedule")
      let list = try await send(client, .get, "/api/workers/\(id)/schedules")
      #expect(list.json == ["schedules": [], "workerId": .string(id)])
    }
  }

  @Test("A schedule is made, listed and cancelled, the last with a content type and no body")
  func schedules() async throws {
    try await serving { client, _ in
      let id = try await create(client)
      let path = "/api/workers/\(id)/schedules"
      let made = try await send(
        client, .post, path,
        #"{"input":"again","when":{"type":"scheduled","date":"2026-03-02T12:00:00"}}"#)
      #expect(made.status == 200 && made.json["nextRunAt"] == "2026-03-02T12:00:00Z")
      #expect(made.json["budget"] == "standard" && made.json["type"] == "scheduled")
      let schedule = try #require(made.json["id"]?.string)
      #expect(schedule.hasPrefix("sch_"))
      #expect(
        try await send(client, .get, path).json
          == ["schedules": [made.json], "workerId": .string(id)])
      let gone = try await send(client, .delete, "\(path)/\(schedule)", headers: json)
      #expect(gone.status == 200 && gone.json == ["cancelled": true])
      #expect(try await send(client, .delete, "\(path)/\(schedule)").status == 404)
    }
  }

  @Test("Unknown workers and paths are 404, wrong methods 405 with Allow, other bodies 415")
  func unknown() async throws {
    try await serving { client, _ in
      for path in ["", "/email", "/stream", "/schedules", "/files/a.txt"] {
        let answer = try await send(client, .get, "/api/workers/nobody\(path)")
        #expect(answer.status == 404 && answer.json["code"] == "worker_not_found", "\(path)")
      }
      #expect(try await send(client, .get, "/api/nothing").json["code"] == "not_found")
      let wrong = try await send(client, .delete, "/api/workers/x/schedules")
      #expect(wrong.status == 405 && wrong.response.headers[.allow] == "GET, HEAD, POST, OPTIONS")
      let text = try await send(
        client, .post, "/api/workers", "x", headers: [.contentType: "text/plain"])
      #expect(text.status == 415)
    }
  }

  @Test("A body of more than 1 MiB is refused with 413")
  func large() async throws {
    try await serving { client, _ in
      let body = #"{"input":""# + String(repeating: "x", count: 1 << 20) + #""}"#
      let answer = try await send(client, .post, "/api/workers", body)
      #expect(answer.status == 413 && answer.json["code"] == "body_too_large")
    }
  }

  @Test("With a key set, every path asks for it")
  func key() async throws {
    try await serving(key: "hdg_live_1") { client, _ in
      for given in [nil, "Bearer hdg_live_2", "Bearer hdg_live_1x", "hdg_live_1", "Basic x", ""] {
        var headers: HTTPFields = [:]
        headers[.authorization] = given
        let answer = try await send(client, .get, "/api/workers/x", headers: headers)
        #expect(answer.status == 401 && answer.json["code"] == "unauthorized", "\(given ?? "-")")
      }
      for given in ["Bearer hdg_live_1", "bearer hdg_live_1"] {
        let answer = try await send(
          client, .get, "/api/workers/x", headers: [.authorization: given])
        #expect(answer.status == 404)
      }
    }
  }

  @Test("A repeated key gives the first answer and no second run; another body under it is refused")
  func idempotency() async throws {
    try await serving { client, world in
      var headers = json
      headers[.idempotencyKey] = "key-1"
      let body = #"{"input":"research"}"#
      let first = try await send(client, .post, "/api/workers", body, headers: headers)
      let second = try await send(client, .post, "/api/workers", body, headers: headers)
      #expect(first.json == second.json && second.status == 200)
      #expect(await world.workerIDs.count == 1)
      let other = try await send(
        client, .post, "/api/workers", #"{"input":"prices"}"#, headers: headers)
      #expect(other.status == 422 && other.json["code"] == "idempotency_key_reused")
      let id = try #require(first.json["id"]?.string)
      let plan = #"{"input":"x","when":{"type":"delayed","delayInSeconds":60}}"#
      let path = "/api/workers/\(id)/schedules"
      let made = try await send(client, .post, path, plan, headers: headers)
      #expect(try await send(client, .post, path, plan, headers: headers).json == made.json)
      #expect(try await send(client, .get, path).json["schedules"]?.array?.count == 1)
    }
  }

  @Test("Files come back byte by byte, by plain and by encoded paths, and nothing else does")
  func files() async throws {
    let time = ManualTime()
    try await serving(time: time) { client, world in
      let id = try await create(client)
      time.advance(300)
      let worker = try await send(client, .get, "/api/workers/\(id)").json
      let files = worker["files"]?.array ?? []
      #expect(files.map { $0["filename"] } == ["reports/prices.csv", "chart.png"])
      #expect(
        files.first?["url"]?.string
          == "http://localhost/api/workers/\(id)/files/reports/prices.csv")
      let base = "/api/workers/\(id)/files/"
      let plain = try await send(client, .get, base + "reports/prices.csv").response
      #expect(plain.status == .ok && plain.headers[.contentType] == "text/csv")
      #expect(plain.headers[.contentLength] == String(plain.body.readableBytes))
      #expect(String(buffer: plain.body).hasPrefix("supplier,unit_price,"))
      let encoded = try await send(client, .get, base + "reports%2Fprices.csv").response
      #expect(encoded.body == plain.body)
      for path in [
        "..%2F..%2Fserver.sqlite", "../../server.sqlite", "reports/../chart.png",
        "%2e%2e/chart.png",
        "reports%2F..%2Fchart.png", "/chart.png", "%2Fchart.png", "./chart.png", "chart.png%00",
        "reports%5Cprices.csv", "reports", "reports/", "chart.png/", "%252e%252e%252fchart.png",
        "%2", "%FF",
      ] {
        let answer = try await send(client, .get, base + path)
        #expect(answer.status == 404, "\(path)")
      }
      #expect(try await world.file(id, path: "chart.png").bytes.count > 60_000)
    }
  }

  @Test("The address for mail is bare text")
  func email() async throws {
    try await serving { client, _ in
      let id = try await create(client)
      let answer = try await send(client, .get, "/api/workers/\(id)/email").response
      #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
      #expect(String(buffer: answer.body) == "w-\(id.suffix(26).lowercased())@workers.example")
    }
  }

  @Test("Faults: every n-th request fails with Retry-After")
  func faults() async throws {
    try await serving(faults: [.unavailable(every: 2), .limited(every: 3)]) { client, _ in
      var statuses: [Int] = []
      for _ in 0..<6 {
        let answer = try await send(client, .get, "/api/workers/x")
        statuses.append(answer.status)
        if answer.status != 404 { #expect(answer.response.headers[.retryAfter] == "1") }
      }
      #expect(statuses == [404, 503, 429, 503, 404, 503])
    }
  }

  @Test("A fault is read from its word, and a wrong word is none")
  func faultWords() {
    let words = ["cut=40", "stall=1", "replay", "unavailable=3", "limited=2", "slow=250"]
    #expect(
      words.map(Fault.init) == [
        .cut(events: 40), .stall(events: 1), .replay, .unavailable(every: 3), .limited(every: 2),
        .slow(milliseconds: 250),
      ])
    for word in ["", "cut", "cut=", "cut=0", "cut=-1", "cut=x", "what=3", "replay=1", "cut=1=2"] {
      #expect(Fault(word) == nil, "\(word)")
    }
  }

  @Test("A strange Host never gets into an address", arguments: ["a b", "h/x", "h\"x", "h?x", ""])
  func host(host: String) {
    #expect(Origin.of(host: host) == nil)
    #expect(Origin.of(host: "[::1]:8080") == "http://[::1]:8080")
  }
}
