import HTTPTypes
import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Validation")
struct ValidationTests {
  @Test(
    "A body that is no JSON object in UTF-8 is refused",
    arguments: [
      ("", "400 invalid_json"), ("null", "400 invalid_json"), ("\"x\"", "400 invalid_json"),
      (#"{"input":"x"} x"#, "400 invalid_json"), ("{\"input\":\"a\u{FF}", "400 invalid_json"),
      (#"{"input":"a\u0000b"}"#, "400 invalid_input"), (#"{"input":null}"#, "400 invalid_input"),
      (#"{"input":["x"]}"#, "400 invalid_input"),
      (#"{"input":"x","stream":1}"#, "400 invalid_stream"),
      (#"{"input":"x","budget":"LOW"}"#, "400 invalid_budget"),
      (#"{"input":"# + String(repeating: "[", count: 20_000), "400 invalid_json"),
    ] as [(String, String)])
  func bodies(body: String, refusal: String) async throws {
    try await RequestDesk.open { desk in
      let answer = try await desk.send(.post, "/api/workers", Array(body.utf8))
      #expect(answer.refusal == refusal)
      #expect(await desk.world.workerIDs.isEmpty)
    }
  }

  @Test("A body that is not UTF-8 is refused")
  func notUTF8() async throws {
    try await RequestDesk.open { desk in
      for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98]] as [[UInt8]] {
        let body = Array(#"{"input":""#.utf8) + bytes + Array(#""}"#.utf8)
        let answer = try await desk.send(.post, "/api/workers", body)
        #expect(answer.refusal == "400 invalid_utf8")
      }
    }
  }

  @Test(
    "The content type must be JSON, and the body must not be compressed",
    arguments: [
      (nil, nil, "415 unsupported_media_type"), ("", nil, "415 unsupported_media_type"),
      ("text/json", nil, "415 unsupported_media_type"),
      ("application/x-www-form-urlencoded", nil, "415 unsupported_media_type"),
      ("application/json", "gzip", "415 unsupported_encoding"),
      ("application/json", "identity", nil), ("Application/JSON; charset=utf-8", nil, nil),
      ("application/vnd.api+json", nil, nil),
    ] as [(String?, String?, String?)])
  func types(type: String?, encoding: String?, refusal: String?) async throws {
    try await RequestDesk.open { desk in
      var headers: HTTPFields = [:]
      headers[.contentType] = type
      headers[.contentEncoding] = encoding
      let answer = try await desk.send(
        .post, "/api/workers", Array(#"{"input":"x","new":1}"#.utf8), headers)
      #expect(answer.refusal == refusal)
      #expect(refusal != nil || answer.status == 200)
    }
  }

  @Test(
    "A wrong “when” is refused with a sentence that says what is wrong",
    arguments: [
      ("null", "“when” must be an object that says when to run"),
      ("\"now\"", "“when” must be an object that says when to run"),
      ("{}", "the “type” of “when” must be scheduled, delayed, cron or interval"),
      (
        #"{"type":"scheduled","date":"2026-03-02T10:00:00Z"}"#, "“date” must be in the future"
      ),
      (
        #"{"type":"scheduled","date":"2026-02-30T10:00:00Z"}"#,
        "“date” must be a date and time such as 2026-01-02T03:04:05Z"
      ),
      (
        #"{"type":"cron","cron":"61 * * * *"}"#,
        "“cron” is wrong: in the minute field, “61” is not a number from 0 to 59"
      ),
      (#"{"type":"cron","cron":"0 0 31 2 *"}"#, "“cron” is wrong: no such date ever comes"),
      (
        #"{"type":"delayed","delayInSeconds":true}"#,
        "“delayInSeconds” must be a whole number of seconds from 1 to 31536000"
      ),
      (
        #"{"type":"interval","intervalSeconds":1e40}"#,
        "“intervalSeconds” must be a whole number of seconds from 1 to 31536000"
      ),
      (
        #"{"type":"interval","intervalSeconds":99999999999999999999}"#,
        "“intervalSeconds” must be a whole number of seconds from 1 to 31536000"
      ),
    ])
  func when(when: String, sentence: String) async throws {
    try await RequestDesk.open { desk in
      let id = try await desk.created("x")
      let answer = try await desk.send(
        .post, "/api/workers/\(id)/schedules", Array(#"{"input":"x","when":\#(when)}"#.utf8))
      #expect(answer.refusal == "400 invalid_schedule")
      #expect(answer.json["error"]?.string == sentence)
    }
  }

  @Test(
    "A date without an offset is UTC, and a whole number may have a point",
    arguments: [
      (#"{"type":"scheduled","date":"2026-03-02T10:00:01"}"#, "2026-03-02T10:00:01Z"),
      (
        #"{"type":"scheduled","date":"2026-03-02T12:30:00.250000+02:00"}"#,
        "2026-03-02T10:30:00.250Z"
      ),
      (#"{"type":"delayed","delayInSeconds":60.0}"#, "2026-03-02T10:01:00Z"),
      (#"{"type":"interval","intervalSeconds":31536000}"#, "2027-03-02T10:00:00Z"),
      (#"{"type":"cron","cron":"0 0 13 * FRI"}"#, "2026-03-06T00:00:00Z"),
      (#"{"type":"cron","cron":"30 6-8/2,23 * mar-may sun,7"}"#, "2026-03-08T06:30:00Z"),
    ])
  func dates(when: String, next: String) async throws {
    try await RequestDesk.open { desk in
      let id = try await desk.created("x")
      let answer = try await desk.send(
        .post, "/api/workers/\(id)/schedules", Array(#"{"input":"x","when":\#(when)}"#.utf8))
      #expect(answer.status == 200 && answer.json["nextRunAt"]?.string == next)
    }
  }

  @Test("HEAD is GET without a body, OPTIONS lists methods, other methods are 405 with Allow")
  func methods() async throws {
    try await RequestDesk.open { desk in
      let id = try await desk.created("x")
      let whole = try await desk.send(.get, "/api/workers/\(id)")
      let head = try await desk.send(.head, "/api/workers/\(id)")
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(head.headers[.contentLength] == String(whole.body.count))
      #expect(try await desk.send(.head, "/api/workers/nobody").status == 404)
      let stream = try await desk.send(.head, "/api/workers/\(id)/stream")
      #expect(stream.headers[.contentType]?.hasPrefix("text/event-stream") == true)
      #expect(stream.body.isEmpty)
      for (path, allow) in [
        ("/api/workers", "POST, OPTIONS"), ("/api/workers/x", "GET, HEAD, POST, OPTIONS"),
        ("/api/workers/x/files/a", "GET, HEAD, OPTIONS"),
        ("/api/workers/x/schedules/y", "DELETE, OPTIONS"),
      ] {
        let options = try await desk.send(.options, path)
        #expect(options.status == 200 && options.headers[.allow] == allow)
        let wrong = try await desk.send(.patch, path)
        #expect(wrong.refusal == "405 method_not_allowed" && wrong.headers[.allow] == allow)
      }
      #expect(try await desk.send(.head, "/api/workers").headers[.allow] == "POST, OPTIONS")
      #expect(try await desk.send(.options, "/x").refusal == "404 not_found")
      for path in ["/", "/api", "/api/workers/x/y", "/api/workers//stream", "/api/workers/x/files"]
      {
        #expect(try await desk.send(.get, path).refusal == "404 not_found", "\(path)")
      }
    }
  }

  @Test("A target with an origin before its path is the same request")
  func absolute() {
    #expect(
      WorkerResponder.split("http://h:1/api/workers/x?stream=true") == (
        "/api/workers/x", "stream=true"
      ))
    #expect(WorkerResponder.split("https://h") == ("/", ""))
    #expect(WorkerResponder.split("/a?b?c") == ("/a", "b?c"))
  }

  @Test("“stream” in the query is true or false, and wins over the accepted type")
  func query() async throws {
    try await RequestDesk.open { desk in
      let id = try await desk.created("x")
      let path = "/api/workers/\(id)"
      let wrong = try await desk.send(.get, path + "?stream=yes")
      #expect(wrong.refusal == "400 invalid_stream")
      let json = try await desk.send(
        .get, path + "?stream=false", nil, [.accept: "text/event-stream"])
      #expect(json.json["id"]?.string == id)
    }
  }

  @Test("Answers to requests with a key bear it: the first, the repeated, and refusals")
  func echo() async throws {
    try await RequestDesk.open { desk in
      let first = try await desk.post("/api/workers", ["input": "x"], key: "k 1")
      let again = try await desk.post("/api/workers", ["input": "x"], key: "k 1")
      let other = try await desk.post("/api/workers", ["input": "y"], key: "k 1")
      let wrong = try await desk.post("/api/workers", ["input": ""], key: "k 2")
      let busy = try await desk.post(
        "/api/workers/\(first.json["id"]?.string ?? "")", ["input": "y"], key: "k 3")
      #expect([first, again, other, wrong, busy].map(\.status) == [200, 200, 422, 400, 409])
      #expect(
        [first, again, other, wrong, busy].map { $0.headers[.idempotencyKey] }
          == ["k 1", "k 1", "k 1", "k 2", "k 3"])
      #expect(other.refusal == "422 idempotency_key_reused")
      #expect(busy.refusal == "409 worker_running")
      #expect(first.json == again.json)
      #expect(await desk.world.workerIDs.count == 1)
      let none = try await desk.post("/api/workers", ["input": "x"])
      #expect(none.headers[.idempotencyKey] == nil)
      let long = try await desk.post(
        "/api/workers", ["input": "x"], key: String(repeating: "k", count: 256))
      #expect(long.refusal == "400 invalid_idempotency_key")
      #expect(long.headers[.idempotencyKey] == nil)
    }
  }

  @Test("A key that was answered is known after a restart")
  func keyAfterRestart() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      var ids: [JSON?] = []
      for _ in 0..<2 {
        let world = try World.staged(time, folder: folder)
        let json = try await world.create(
          RunRequest(input: "x", budget: .low), once: OnceKey(key: "k", fingerprint: "f"),
          origin: "http://h")
        ids.append(json["id"])
        #expect(await world.workerIDs.count == 1)
      }
      #expect(ids[0] != nil && ids[0] == ids[1])
    }
  }

  @Test("A worker has every field of the reference, whatever its state")
  func fields() async throws {
    let time = ManualTime()
    try await RequestDesk.open(time: time) { desk in
      for input in ["research", "fails", "Write a.md and read https://example.com"] {
        let id = try await desk.created(input, budget: "low")
        for _ in 0..<2 {
          let worker = try await desk.send(.get, "/api/workers/\(id)").json
          #expect(
            Set(worker.object?.members.map(\.name) ?? []) == [
              "id", "object", "created_at", "status", "running", "error", "incomplete_details",
              "output", "output_text", "files", "sources", "messages", "metadata", "usage",
              "costs",
            ])
          #expect(worker["created_at"] == .integer(Int(time.now)) || worker["running"] == false)
          #expect(worker["messages"]?.array?.allSatisfy { $0["parts"]?.array != nil } == true)
          for (name, value) in worker["usage"]?.object?.members.map({ ($0.name, $0.value) }) ?? [] {
            let isWhole = value.double.map { $0 >= 0 && $0 == $0.rounded() } ?? false
            #expect(isWhole || name == "costUsd", "\(name)")
          }
          #expect(worker["costs"]?.object?.members.count == 4)
          time.advance(300)
        }
        time.advance(-300)
      }
    }
  }
}
