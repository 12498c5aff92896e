import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
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

  /// A file's bytes; what a browser might run is never served as a page.
  func file(_ worker: String, _ path: String) async throws -> Response {
    guard Self.isRelative(path) else {
      throw APIError(
        status: 404, message: "this worker has no file of that name", code: "file_not_found")
    }
    let file = try await world.file(worker, path: path)
    var response = Self.response(bytes: file.bytes, type: file.mediaType)
    response.headers[.xContentTypeOptions] = "nosniff"
    return response
  }

  /// True for a path that names a file below the worker's folder and nothing else.
  static func isRelative(_ path: String) -> Bool {
    !path.contains("\\") && !path.contains("\0")
      && path.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
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

  /// The raw path and the query behind it.
  static func split(_ target: String) -> (path: String, query: String) {
    guard let mark = target.firstIndex(of: "?") else { return (target, "") }
    return (String(target[..<mark]), String(target[target.index(after: mark)...]))
  }

  /// Nil when the client sends no key.
  static func onceKey(_ request: Request, _ route: Route, _ body: JSON) -> OnceKey? {
    guard let key = request.headers[.idempotencyKey], !key.isEmpty, key.utf8.count <= 255 else {
      return nil
    }
    // FNV-1a over the body: it tells a slip from a repetition, and guards no secret.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in body.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return OnceKey(key: "\(route.path) \(key)", fingerprint: String(hash, radix: 16))
  }
}

/// Numbers requests from 1 on.
final class RequestCounter: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
