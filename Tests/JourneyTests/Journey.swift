import Canvas
import Console
import Fleet
import FoundationEssentials
import Registry
import Support
import WorkerAPI
import WorkerClient
import WorkerServer

@testable import signalbox

/// The whole program but its terminal: the real server on a port, the real client, a real file.
@MainActor
final class Journey {
  static let key = "journey"

  let display: FakeDisplay
  let session: Session
  let store: Store
  let folder: String
  private let desk: Wiring.Desk
  private let transport: CurlTransport
  private var serving: Task<Void, any Error>

  /// A console beside a server that plays a hundred times as fast as life.
  init(
    size: Size = Size(columns: 120, rows: 40), cast: [Part] = [], record: String? = nil
  ) async throws {
    folder = try Folders.throwAway()
    let server = try WorkerServer(Self.configuration(data: nil))
    let port: Int
    (serving, port) = try await Self.start(server)
    let registry = try Registry.open(folder: folder)
    let workers = try await server.world.seed(cast)
    try await registry.keep(zip(cast, workers).map { .worker(KnownWorker($0, $1)) })
    let endpoint = try Endpoint(base: "http://127.0.0.1:\(port)", key: Self.key)
    var recorder: Recorder?
    if let record {
      recorder = try await Recorder(path: record, of: endpoint, knowing: registry)
    }
    desk = Wiring.desk(
      endpoint: endpoint, memory: registry, stateFolder: folder, recorder: recorder)
    store = desk.store
    transport = CurlTransport(endpoint: endpoint)
    display = FakeDisplay(size: size)
    session = Session(
      store: store, display: display, screen: Screen(size: size, server: "journey"), now: wallClock)
    try session.begin()
  }

  var service: Service { Service(transport: transport) }

  /// Starts a worker as a person would, and waits until it is done.
  func startWorker(_ text: String) async {
    await display.wait(for: "No workers yet.")
    display.press("n")
    display.type(text)
    display.press("enter")
    await display.wait(for: "DONE 1")
  }

  func end() async {
    await session.end()
    desk.close()
    transport.close()
    serving.cancel()
    Folders.remove(folder)
  }

  private static func configuration(data: String?) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.apiKey = key
    configuration.speed = 100
    configuration.dataFolder = data
    return configuration
  }

  private static func start(_ server: WorkerServer) async throws -> (Task<Void, any Error>, Int) {
    let (ports, found) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingOldest(1))
    let serving = Task.detached { try await server.run { found.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    let port = await iterator.next()
    return (serving, port ?? 0)
  }
}
