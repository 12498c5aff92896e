import HTTPTypes
import Hummingbird
import NIOCore
import WorkerAPI

extension WorkerResponder {
  static func response(_ json: JSON, status: Int = 200) -> Response {
    response(bytes: json.bytes, type: "application/json", status: status)
  }

  static func response(_ error: APIError) -> Response {
    var response = response(error.json, status: error.status)
    response.headers[.retryAfter] = error.retryAfter.map { String(Int($0.rounded(.up))) }
    return response
  }

  static func response(bytes: [UInt8], type: String, status: Int = 200) -> Response {
    Response(
      status: .init(code: status),
      headers: [.contentType: type, .contentLength: String(bytes.count)],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Compares every byte, so that the time tells nothing of where a wrong key begins to differ.
  func isAuthorized(_ request: Request) -> Bool {
    guard let key = configuration.apiKey else { return true }
    let wanted = Array("Bearer \(key)".utf8)
    var given = Array((request.headers[.authorization] ?? "").utf8)
    var difference = given.count ^ wanted.count
    // The scheme's name may be written in any case (RFC 9110, section 11.1).
    if given.count >= 6, String(decoding: given[..<6], as: UTF8.self).lowercased() == "bearer" {
      given.replaceSubrange(..<6, with: wanted[..<6])
    }
    for (index, byte) in wanted.enumerated() {
      difference |= Int(byte ^ (index < given.count ? given[index] : 0))
    }
    return difference == 0
  }

  /// The address that the client used, else the configured one.
  func origin(for request: Request) async -> String {
    if let origin = Origin.of(host: request.head.authority) { return origin }
    return await world.origin
  }

  /// The methods of a path as the field Allow lists them; HEAD goes with GET.
  static func allow(_ methods: [String]) -> String {
    (methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] } + ["OPTIONS"])
      .joined(separator: ", ")
  }

  static func options(_ methods: [String]) -> Response {
    Response(status: .ok, headers: [.allow: allow(methods)])
  }

  /// The query decides where it says something, else the accepted type.
  static func asksForStream(_ request: Request, _ query: String) throws -> Bool {
    let values = query.split(separator: "&").filter { $0.hasPrefix("stream=") }
    switch values.last {
    case nil: return acceptsStream(request)
    case "stream=true": return true
    case "stream=false": return false
    default:
      throw APIError(
        status: 400, message: "“stream” in the query must be true or false",
        code: "invalid_stream")
    }
  }

  static func acceptsStream(_ request: Request) -> Bool {
    request.headers[.accept]?.lowercased().contains("text/event-stream") == true
  }

  /// The raw path and the query behind it; a target in absolute form (RFC 9112, section 3.2.2) loses
  /// its origin.
  static func split(_ target: String) -> (path: String, query: String) {
    if target.hasPrefix("http://") || target.hasPrefix("https://") {
      let rest = target.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" && $0 != "?" }
      return split(rest.hasPrefix("/") ? String(rest) : "/" + rest)
    }
    guard let mark = target.firstIndex(of: "?") else { return (target, "") }
    return (String(target[..<mark]), String(target[target.index(after: mark)...]))
  }
}

extension OnceKey {
  /// Bytes that a key may have.
  static let limit = 255

  /// The key that a client sends; nil when there is none, throws for one that is too long to be kept.
  static func given(_ request: Request) throws -> String? {
    guard let key = request.headers[.idempotencyKey], !key.isEmpty else { return nil }
    guard key.utf8.count <= limit else {
      throw APIError(
        status: 400, message: "the idempotency key is longer than \(limit) bytes",
        code: "invalid_idempotency_key")
    }
    return key
  }

  /// Nil when the client sends no key.
  init?(_ request: Request, _ route: Route, _ body: JSON) throws {
    guard let key = try Self.given(request) else { return nil }
    // FNV-1a over the body: it tells a slip from a repetition, and guards no secret.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in body.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.init(key: "\(route.path) \(key)", fingerprint: String(hash, radix: 16))
  }
}
