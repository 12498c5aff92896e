import Synchronization
import Testing
import WorkerServer

/// The served API within the tests' own process, which tells what came to it.
final class CountedServer: Sendable {
  private let requests: Log
  private let running: Task<Void, any Error>
  let world: World
  let address: String

  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
  }

  /// A server with the key `k`.
  init(_ configure: (inout ServerConfiguration) throws -> Void = { _ in }) async throws {
    let log = Log()
    var configuration = ServerConfiguration()
    configuration.apiKey = "k"
    try configure(&configuration)
    configuration.onRequest = { method, path in
      log.lines.withLock { $0.append("\(method) \(path)") }
    }
    let server = try WorkerServer(configuration)
    let (ports, source) = AsyncStream<Int>.makeStream()
    requests = log
    running = Task { try await server.run { source.yield($0) } }
    world = server.world
    var iterator = ports.makeAsyncIterator()
    address = "http://127.0.0.1:\(try #require(await iterator.next()))"
  }

  /// Methods with paths, in the order in which they came.
  var asked: [String] { requests.lines.withLock { $0 } }
  /// What would start a run or change something.
  var orders: [String] { asked.filter { !$0.hasPrefix("GET ") } }

  var environment: [String: String] {
    ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address]
  }

  deinit { running.cancel() }
}
