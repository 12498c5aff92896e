import HTTPTypes
import Hummingbird
import NIOCore
import WorkerAPI

/// Reads the JSON of a request's body.
enum RequestBodyReader {
  /// Bytes beyond which a body is refused with 413.
  static let limit = 1 << 20

  static func json(of request: Request) async throws -> JSON {
    let type = (request.headers[.contentType] ?? "").lowercased()
      .prefix { $0 != ";" && !$0.isWhitespace }
    guard type == "application/json" || type.hasSuffix("+json") else {
      throw APIError(
        status: 415, message: "the body must be application/json", code: "unsupported_media_type")
    }
    guard ["", "identity"].contains((request.headers[.contentEncoding] ?? "").lowercased()) else {
      throw APIError(
        status: 415, message: "the body must not be compressed", code: "unsupported_encoding")
    }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw tooLarge
    }
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw tooLarge
    }
    let bytes = Array(buffer.readableBytesView)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw APIError(status: 400, message: "the body is not UTF-8", code: "invalid_utf8")
    }
    guard let json = try? JSONReader.read(bytes) else {
      throw APIError(
        status: 400, message: bytes.isEmpty ? "the body is empty" : "the body is not JSON",
        code: "invalid_json")
    }
    guard json.object != nil else {
      throw APIError(
        status: 400, message: "the body must be a JSON object", code: "invalid_json")
    }
    return json
  }

  private static let tooLarge = APIError(
    status: 413, message: "the body is larger than 1 MiB", code: "body_too_large")
}

extension RunRequest {
  /// Checks the body of a create or a continue.
  init(body: JSON) throws {
    self.init(
      input: try Self.input(in: body), budget: try Self.budget(in: body), stream: false)
    switch body["stream"] {
    case nil, .null: break
    case .bool(let wish): stream = wish
    default:
      throw APIError(
        status: 400, message: "“stream” must be true or false", code: "invalid_stream")
    }
  }

  static func input(in body: JSON) throws -> String {
    guard let input = body["input"]?.string, input.contains(where: { !$0.isWhitespace }) else {
      throw APIError(
        status: 400, message: "“input” must be a text that says what to do",
        code: "invalid_input")
    }
    // The ledger's texts end at one (SQLite, "The Unexpected Behavior of NUL Characters").
    guard !input.utf8.contains(0) else {
      throw APIError(
        status: 400, message: "“input” must not hold a NUL character", code: "invalid_input")
    }
    return input
  }

  /// `standard` when the body names none.
  static func budget(in body: JSON) throws -> Budget {
    guard let value = body["budget"], value.isPresent else { return .standard }
    let words = Budget.all.map(\.word)
    guard let word = value.string, words.contains(word) else {
      throw APIError(
        status: 400, message: "“budget” must be one of \(words.joined(separator: ", "))",
        code: "invalid_budget")
    }
    return Budget(word)
  }
}

extension ScheduleRequest {
  /// Seconds that a delay or an interval may have: up to a year (protocol.md (a)).
  static let periods = 1...31_536_000

  /// Checks the body of a schedule; `now` is in seconds since 1970.
  init(body: JSON, now: Double) throws {
    guard let when = body["when"], when.object != nil else {
      throw Self.refusal("“when” must be an object that says when to run")
    }
    let kind: ScheduleKind =
      switch when["type"]?.string {
      case "scheduled": try Self.date(in: when, now: now)
      case "delayed": .delayed(seconds: try Self.period(in: when, "delayInSeconds"))
      case "cron": try Self.cron(in: when, now: now)
      case "interval": .interval(seconds: try Self.period(in: when, "intervalSeconds"))
      default:
        throw Self.refusal("the “type” of “when” must be scheduled, delayed, cron or interval")
      }
    self.init(
      input: try RunRequest.input(in: body), when: kind, budget: try RunRequest.budget(in: body))
  }

  private static func date(in when: JSON, now: Double) throws -> ScheduleKind {
    guard let date = when["date"]?.string.flatMap(Timestamp.parse) else {
      throw refusal("“date” must be a date and time such as 2026-01-02T03:04:05Z")
    }
    guard date > now else { throw refusal("“date” must be in the future") }
    return .once(date)
  }

  private static func period(in when: JSON, _ name: String) throws -> Int {
    // A whole number may come as 60.0, as Python writes a float.
    let seconds = when[name]?.double.flatMap { Int(exactly: $0) }
    guard let seconds, periods.contains(seconds) else {
      throw refusal("“\(name)” must be a whole number of seconds from 1 to 31536000")
    }
    return seconds
  }

  private static func cron(in when: JSON, now: Double) throws -> ScheduleKind {
    guard let expression = when["cron"]?.string, !expression.isEmpty else {
      throw refusal("“cron” must be five fields such as */15 * * * *")
    }
    do {
      guard try Cron(expression).next(after: now) != nil else {
        throw refusal("“cron” is wrong: no such date ever comes")
      }
    } catch let failure as Cron.Failure {
      throw refusal("“cron” is wrong: \(failure)")
    }
    return .cron(expression)
  }

  private static func refusal(_ message: String) -> APIError {
    APIError(status: 400, message: message, code: "invalid_schedule")
  }
}
