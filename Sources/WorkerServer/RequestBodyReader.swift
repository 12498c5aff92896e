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
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw tooLarge
    }
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw tooLarge
    }
    guard let json = try? JSONReader.read(Array(buffer.readableBytesView)) else {
      throw APIError(status: 400, message: "the body is not JSON", code: "invalid_json")
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
    let when = body["when"] ?? .null
    let kind: ScheduleKind =
      switch when["type"]?.string {
      case "scheduled": try Self.date(in: when, now: now)
      case "delayed": .delayed(seconds: try Self.period(in: when, "delayInSeconds"))
      case "cron": try Self.cron(in: when)
      case "interval": .interval(seconds: try Self.period(in: when, "intervalSeconds"))
      default:
        throw Self.refusal(
          "“when” must be an object whose “type” is scheduled, delayed, cron or interval")
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
    guard let value = when[name], case .integer(let seconds) = value, periods.contains(seconds)
    else {
      throw refusal("“\(name)” must be a whole number of seconds from 1 to 31536000")
    }
    return seconds
  }

  private static func cron(in when: JSON) throws -> ScheduleKind {
    guard let expression = when["cron"]?.string, !expression.isEmpty else {
      throw refusal("“cron” must be five fields such as */15 * * * *")
    }
    do {
      _ = try Cron(expression)
    } catch {
      throw refusal("“cron” is wrong: \(error)")
    }
    return .cron(expression)
  }

  private static func refusal(_ message: String) -> APIError {
    APIError(status: 400, message: message, code: "invalid_schedule")
  }
}
