import FoundationEssentials
internal import WorkerAPI

/// One line of a recording: what happened to one request, and when.
struct RecordingLine: Hashable, Sendable {
  /// Seconds since the recording began.
  var at: Double
  /// Which request it belongs to, counted from 1.
  var number: Int
  var event: Event

  /// Milliseconds that a recording may last: thirty years.
  private static let longest = 1_000_000_000_000

  enum Event: Hashable, Sendable {
    case asked(method: HTTPMethod, target: String, headers: [HTTPHeader], body: [UInt8]?)
    case answered(TransportHead)
    case bytes([UInt8])
    case ended
    case failed(TransportError)
  }

  init(at: Double, number: Int, _ event: Event) {
    self.at = at
    self.number = number
    self.event = event
  }
}

extension RecordingLine {
  /// Times are whole milliseconds; bytes are `text` when they are UTF-8, `base64` otherwise.
  var json: JSON {
    var members: [(String, JSON)] = [
      ("t", .integer(Int((at * 1_000).rounded()))), ("n", .integer(number)),
    ]
    switch event {
    case .asked(let method, let target, let headers, let body):
      members += [
        ("ask", .string(method.rawValue)), ("target", .string(target)),
        ("headers", Self.json(headers)),
      ]
      if let body { members.append(Self.json(body)) }
    case .answered(let head):
      members += [("status", .integer(head.status)), ("headers", Self.json(head.headers))]
    case .bytes(let bytes): members.append(Self.json(bytes))
    case .ended: members.append(("end", true))
    case .failed(let error): members += Self.members(error)
    }
    return .object(JSONObject(members))
  }

  /// Nil when a member is missing, of another type, or out of all reason.
  init?(_ json: JSON) {
    guard let milliseconds = json["t"]?.int, let number = json["n"]?.int,
      let event = Self.event(json), (0...Self.longest).contains(milliseconds)
    else { return nil }
    self.init(at: Double(milliseconds) / 1_000, number: number, event)
  }

  private static func event(_ json: JSON) -> Event? {
    if let method = json["ask"]?.string.flatMap(HTTPMethod.init(rawValue:)) {
      guard let target = json["target"]?.string, let headers = headers(json) else { return nil }
      return .asked(method: method, target: target, headers: headers, body: bytes(json))
    }
    if let status = json["status"]?.int {
      return headers(json).map { .answered(TransportHead(status: status, headers: $0)) }
    }
    if json["end"]?.bool == true { return .ended }
    if let word = json["failure"]?.string { return error(word, json).map(Event.failed) }
    return bytes(json).map(Event.bytes)
  }

  private static func json(_ headers: [HTTPHeader]) -> JSON {
    .array(headers.map { .array([.string($0.name), .string($0.value)]) })
  }

  private static func headers(_ json: JSON) -> [HTTPHeader]? {
    json["headers"]?.array?.compactMap { pair in
      guard let pair = pair.array, pair.count == 2, let name = pair[0].string,
        let value = pair[1].string
      else { return nil }
      return HTTPHeader(name, value)
    }
  }

  private static func json(_ bytes: [UInt8]) -> (String, JSON) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return ("base64", .string(Data(bytes).base64EncodedString()))
    }
    return ("text", .string(text))
  }

  private static func bytes(_ json: JSON) -> [UInt8]? {
    if let text = json["text"]?.string { return Array(text.utf8) }
    return json["base64"]?.string.flatMap { Data(base64Encoded: $0) }.map(Array.init)
  }

  private static func members(_ error: TransportError) -> [(String, JSON)] {
    switch error {
    case .unreachable(let reason): [("failure", "unreachable"), ("reason", .string(reason))]
    case .timedOut(let seconds): [("failure", "timed-out"), ("seconds", .number(seconds))]
    case .stalled(let seconds): [("failure", "stalled"), ("seconds", .number(seconds))]
    case .broken(let reason): [("failure", "broken"), ("reason", .string(reason))]
    case .tooLarge(let limit): [("failure", "too-large"), ("limit", .integer(limit))]
    case .badAddress(let reason): [("failure", "bad-address"), ("reason", .string(reason))]
    case .cancelled: [("failure", "cancelled")]
    }
  }

  private static func error(_ word: String, _ json: JSON) -> TransportError? {
    let reason = json["reason"]?.string ?? ""
    let seconds = json["seconds"]?.double ?? 0
    switch word {
    case "unreachable": return .unreachable(reason)
    case "timed-out": return .timedOut(seconds: seconds)
    case "stalled": return .stalled(seconds: seconds)
    case "broken": return .broken(reason)
    case "too-large": return .tooLarge(limit: json["limit"]?.int ?? 0)
    case "bad-address": return .badAddress(reason)
    case "cancelled": return .cancelled
    default: return nil
    }
  }
}
