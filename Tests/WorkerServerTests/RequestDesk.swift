import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import WorkerAPI

@testable import WorkerServer

/// Sends requests to the responder, without a socket.
struct RequestDesk: Sendable {
  let client: any TestClientProtocol
  let world: World

  struct Answer: Sendable {
    var status: Int
    var json: JSON
    var headers: HTTPFields
    var body: [UInt8]

    /// The status and the code of a refusal that has the shape that public clients read well.
    var refusal: String? {
      guard let sentence = json["error"]?.string, !sentence.isEmpty,
        json["message"] == json["error"],
        let code = json["code"]?.string, headers[.contentType] == "application/json"
      else { return nil }
      return "\(status) \(code)"
    }
  }

  static func open(
    time: ManualTime = ManualTime(), folder: String? = nil, key: String? = nil,
    _ test: @Sendable (RequestDesk) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration()
    configuration.dataFolder = folder
    configuration.apiKey = key
    let world = try World(configuration) { time.now }
    let application = buildApplication(world: world, configuration: configuration)
    try await application.test(.router) {
      try await test(RequestDesk(client: $0, world: world))
    }
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil,
    _ headers: HTTPFields? = nil
  ) async throws -> Answer {
    let response = try await client.executeRequest(
      uri: path, method: method,
      headers: headers ?? (body == nil ? [:] : [.contentType: "application/json"]),
      body: body.map { ByteBuffer(bytes: $0) })
    let bytes = Array(response.body.readableBytesView)
    return Answer(
      status: response.status.code, json: (try? JSONReader.read(bytes)) ?? .null,
      headers: response.headers, body: bytes)
  }

  func post(_ path: String, _ body: JSON, key: String? = nil) async throws -> Answer {
    var headers: HTTPFields = [.contentType: "application/json"]
    headers[.idempotencyKey] = key
    return try await send(.post, path, body.bytes, headers)
  }

  func created(_ input: String, budget: String = "standard") async throws -> String {
    let answer = try await post(
      "/api/workers", ["input": .string(input), "budget": .string(budget)])
    return answer.json["id"]?.string ?? ""
  }
}
