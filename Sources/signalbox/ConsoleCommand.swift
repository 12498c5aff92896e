import ArgumentParser
import FoundationEssentials
import Registry
import WorkerClient

/// The console against the configured server.
struct ConsoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "The console against the configured server (the default).")

  @Option(help: "The server's address, in place of HANDINGER_BASE_URL.")
  var baseURL: String?

  @Option(help: "The folder of the registry, in place of SIGNALBOX_STATE.")
  var state: String?

  @OptionGroup var configurationOptions: ConfigurationOptions
  @OptionGroup var lookOptions: LookOptions

  @MainActor
  func run() async throws {
    let configuration = configurationOptions.configuration
    let endpoint = try endpoint(configuration)
    guard Output.isTerminal else {
      throw CommandFailure(
        message: "the console needs a terminal on standard input and output",
        status: CommandFailure.usage)
    }
    let folder = state ?? Folders.state
    let registry: Registry
    do {
      registry = try Registry.open(folder: folder)
    } catch {
      throw CommandFailure(message: "\(error)", status: CommandFailure.failed)
    }
    let desk = Wiring.desk(endpoint: endpoint, memory: registry, stateFolder: folder)
    try await Wiring.run(
      desk, look: lookOptions.look(configuration), server: endpoint.origin.host)
  }

  private func endpoint(_ configuration: Configuration) throws -> Endpoint {
    var environment = ProcessInfo.processInfo.environment
    let known = environment["HANDINGER_BASE_URL"] ?? ""
    let base = baseURL ?? (known.isEmpty ? configuration.baseURL : known)
    environment["HANDINGER_BASE_URL"] = base ?? ""
    var endpoint: Endpoint
    do {
      endpoint = try Endpoint(environment: environment)
      endpoint.version = Signalbox.version
    } catch {
      throw CommandFailure(message: "\(error)", status: CommandFailure.usage)
    }
    guard endpoint.key != nil else {
      throw CommandFailure(
        message:
          "no API key: set HANDINGER_API_KEY to one, or try 'signalbox demo', which needs none",
        status: CommandFailure.usage)
    }
    return endpoint
  }
}
