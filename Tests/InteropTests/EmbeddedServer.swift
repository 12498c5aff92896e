import WorkerClient
import WorkerServer

/// The real server on a port of its own, a thousand times as fast as life, for the time of a test.
enum EmbeddedServer {
  static let key = "interop"

  static func serving(
    _ test: @Sendable (_ address: String, _ world: World) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration()
    configuration.apiKey = key
    configuration.speed = 1_000
    let server = try WorkerServer(configuration)
    let (ports, source) = AsyncStream<Int>.makeStream()
    let running = Task { try await server.run { source.yield($0) } }
    for await port in ports {
      do {
        try await test("http://127.0.0.1:\(port)", server.world)
      } catch {
        running.cancel()
        throw error
      }
      break
    }
    running.cancel()
    try await running.value
  }
}
