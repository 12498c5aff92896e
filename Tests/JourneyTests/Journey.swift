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
  /// What the server knows; nil where it is a program of its own.
  let world: World?
  private let desk: Wiring.Desk
  private let transport: CurlTransport
  private let serving: Task<Void, any Error>?

  /// A console beside a server that plays a hundred times as fast as life, or with one elsewhere.
  ///
  /// Its own time goes `haste` times as fast as the wall's; `faults` are those of `serve --faults`.
  init(
    size: Size = Size(columns: 120, rows: 40), cast: [Part] = [], record: String? = nil,
    faults: String = "", timeouts: Endpoint.Timeouts = Endpoint.Timeouts(), haste: Double? = nil,
    at address: String? = nil
  ) async throws {
    folder = try Folders.throwAway()
    let registry = try Registry.open(folder: folder)
    let base: String
    if let address {
      (world, serving, base) = (nil, nil, address)
    } else {
      let server = try WorkerServer(Self.configuration(faults: faults))
      let workers = try await server.world.seed(cast)
      try await registry.keep(zip(cast, workers).map { .worker(KnownWorker($0, $1)) })
      let (task, port) = try await Self.start(server)
      (world, serving, base) = (server.world, task, "http://127.0.0.1:\(port)")
    }
    var endpoint = try Endpoint(base: base, key: Self.key)
    endpoint.timeouts = timeouts
    var recorder: Recorder?
    if let record {
      recorder = try await Recorder(path: record, of: endpoint, knowing: registry)
    }
    var clock: any Clock<Duration> = ContinuousClock()
    var now: @Sendable () -> Double = wallClock
    if let haste {
      let scaled = ScaledClock(speed: haste)
      let start = wallClock()
      clock = scaled
      now = { start + scaled.seconds }
    }
    desk = Wiring.desk(
      endpoint: endpoint, memory: registry, stateFolder: folder, recorder: recorder,
      clock: clock, now: now)
    store = desk.store
    // A fault of its own, which is none, in place of the server's.
    transport = CurlTransport(
      endpoint: try Endpoint(
        base: endpoint.base, key: Self.key,
        extraHeaders: [HTTPHeader("X-Signalbox-Fault", "slow=1")]))
    display = FakeDisplay(size: size)
    session = Session(
      store: store, display: display, screen: Screen(size: size, server: "journey"),
      paceNow: wallClock, now: now)
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
    serving?.cancel()
    Folders.remove(folder)
  }

  private static func configuration(faults: String) throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.apiKey = key
    configuration.speed = 100
    configuration.faults = try Fault.list(faults)
    configuration.allowsFaultHeader = true
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
