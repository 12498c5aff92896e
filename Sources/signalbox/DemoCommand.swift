import ArgumentParser
import Console
import Fleet
import Registry
import WorkerAPI
import WorkerClient
import WorkerServer

/// Server and console in one process, over loopback HTTP, with workers at work.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "The console against an embedded server with workers at work.")

  @Option(
    help: "A scenario to run; may be given several times (default: a cast of twelve workers).")
  var scenario: [String] = []

  @Option(help: "Lines per second of the scenarios 'lines' and 'handbook'.")
  var rate = 200.0

  @Option(help: "Decides what the scenarios say.")
  var seed: UInt64 = 1

  @Option(help: "How much faster than life the scenarios play.")
  var speed = 1.0

  @Option(help: "This many known workers, a few of them running.")
  var workers: Int?

  @Option(help: "Keep registry and server in this folder (default: a throw-away one).")
  var state: String?

  @Flag(help: "Plain lines, also in a terminal.")
  var plain = false

  @Option(help: "End by itself after so many seconds.")
  var seconds: Double?

  @OptionGroup var recordOptions: RecordOptions

  @OptionGroup var configurationOptions: ConfigurationOptions
  @OptionGroup var lookOptions: LookOptions

  func validate() throws {
    guard speed > 0, speed <= 1000 else { throw ValidationError("a speed is from above 0 to 1000") }
    guard rate > 0, rate <= 1_000_000 else { throw ValidationError("a rate is above 0") }
    if let workers, !(1...100_000).contains(workers) {
      throw ValidationError("a number of workers is from 1 to 100000")
    }
    for name in scenario where Scenario(rawValue: name) == nil {
      let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("no scenario \"\(name)\"; there are \(names)")
    }
  }

  @MainActor
  func run() async throws {
    let folder = try state ?? Folders.throwAway()
    defer { if state == nil { Folders.remove(folder) } }
    let registry = try Registry.open(folder: folder)
    let demo = try Demo(configuration: serverConfiguration(folder), cast: cast)
    let port = try await demo.start(registry)
    defer { demo.stop() }
    let endpoint = try Endpoint(
      base: "http://127.0.0.1:\(port)", key: demo.key, version: Signalbox.version)
    let recorder = try await recordOptions.recorder(of: endpoint, knowing: registry)
    let configuration = try configurationOptions.read()
    let settings = configuration.settings
    let desk = Wiring.desk(
      endpoint: endpoint, memory: registry, stateFolder: folder,
      state: State(
        seed: UInt64.random(in: 0 ... .max), zone: .local,
        ceilings: settings.server.ceilings ?? Ceilings(), followLimit: settings.followed),
      recorder: recorder)
    let limit = seconds.map { limit in
      Task { _ = try? await Task.sleep(for: .seconds(limit)) }
    }
    if plain || !Output.isTerminal {
      await PlainProgress(store: desk.store, end: limit).run()
      desk.close()
    } else {
      let look = lookOptions.look(configuration, preferred: settings.server.theme)
      try await Wiring.run(
        desk, look: look, server: "demo",
        subject: Examination.Subject(
          place: .running(endpoint, state: folder), configuration: configurationOptions),
        end: limit)
    }
  }

  private func serverConfiguration(_ folder: String) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.dataFolder = state == nil ? nil : "\(folder)/server"
    configuration.apiKey = "demo-" + String(UInt64.random(in: 0 ... .max), radix: 36)
    configuration.seed = seed
    configuration.speed = speed
    configuration.linesRate = rate
    return configuration
  }

  private var cast: [Part] {
    if let workers { return Cast.fleet(count: workers, seed: seed) }
    guard !scenario.isEmpty else { return Cast.demo(seed: seed) }
    return scenario.enumerated().map { index, name in
      Part(
        title: name, instruction: "Run the scenario \(name).", scenario: name,
        startedSecondsAgo: 0, seed: seed &+ UInt64(index))
    }
  }
}

/// The embedded server of a demo with its cast.
@MainActor
final class Demo {
  let key: String
  private let server: WorkerServer
  private let cast: [Part]
  private var serving: Task<Void, any Error>?

  init(configuration: ServerConfiguration, cast: [Part]) throws {
    key = configuration.apiKey ?? ""
    server = try WorkerServer(configuration)
    self.cast = cast
  }

  /// Starts to listen and makes the cast known to the registry; answers the port.
  func start(_ registry: Registry) async throws -> Int {
    let (ports, found) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingOldest(1))
    let server = server
    serving = Task.detached {
      defer { found.finish() }
      try await server.run { found.yield($0) }
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await serving?.value
      throw CommandFailure(message: "the server did not start", status: CommandFailure.failed)
    }
    if await server.world.workerIDs.isEmpty {
      let workers = try await server.world.seed(cast)
      try await registry.keep(zip(cast, workers).map { .worker(KnownWorker($0, $1)) })
    }
    return port
  }

  func stop() { serving?.cancel() }
}

extension KnownWorker {
  /// A member of the cast as if this console had created it; what ended lately is unread.
  init(_ part: Part, _ worker: Worker) {
    let now = wallClock()
    self.init(
      id: worker.id, title: part.title, instruction: part.instruction, budget: part.budget,
      addedAt: worker.createdAt ?? now,
      isUnread: !worker.isRunning && worker.status == .completed && part.startedSecondsAgo < 3_000,
      lastSeen: worker.raw.text, lastSeenAt: now)
  }
}
