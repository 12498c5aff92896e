import ArgumentParser
import Fleet
import FoundationEssentials
import Registry
import WorkerClient

/// The console against the configured server.
struct ConsoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "The console against the configured server (the default).")

  @Option(help: "The server's address, in place of HANDINGER_BASE_URL.")
  var baseURL: String?

  @Flag(help: "Send no order: nothing is started, continued, scheduled or cancelled.")
  var readOnly = false

  @OptionGroup var stationOptions: StationOptions
  @OptionGroup var lookOptions: LookOptions

  @OptionGroup var recordOptions: RecordOptions

  @MainActor
  func run() async throws {
    let (configuration, station) = try stationOptions.read(baseURL: baseURL)
    let endpoint = try station.endpoint(environment: ProcessInfo.processInfo.environment)
    guard Output.isTerminal else {
      throw CommandFailure(
        message: "the console needs a terminal on standard input and output",
        status: CommandFailure.usage)
    }
    let registry: Registry
    do {
      registry = try Registry.open(folder: station.state, attending: true)
    } catch {
      throw CommandFailure(message: "\(error)", status: CommandFailure.failed)
    }
    let state = State(
      seed: UInt64.random(in: 0 ... .max), zone: .local, ceilings: station.ceilings,
      followLimit: configuration.settings.followed, isReadOnly: readOnly)
    let recorder = try await recordOptions.recorder(of: endpoint, knowing: registry)
    let desk = Wiring.desk(
      endpoint: endpoint, memory: registry, stateFolder: station.state, state: state,
      recorder: recorder, key: station.key)
    // The memory is read while theme and terminal are made ready.
    desk.store.start()
    await Task.yield()
    try await Wiring.run(
      desk, look: lookOptions.look(configuration, preferred: station.theme),
      server: station.profile ?? endpoint.origin.host,
      subject: Examination.Subject(
        place: .running(endpoint, state: station.state),
        configuration: stationOptions.configurationOptions))
  }
}
