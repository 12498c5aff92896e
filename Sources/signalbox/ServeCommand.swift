import ArgumentParser
import FoundationEssentials
import WorkerServer

/// The embedded server alone.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "The embedded server alone.",
    discussion: """
      Faults are a list with commas, such as 'stall=3%,502=1%,latency=50..400ms,split=7'. Which request \
      meets which fault is decided by --seed and the request's number. With a percentage, that part \
      of the requests or streams; a stream then fails after 1 to 100 events, and a shorter one before \
      its last. With a number, every stream after so many events. A request that is answered with \
      429, 500, 502 or 503 was not carried out; one whose connection breaks was.

      \(Fault.help)

      SIGTERM or an interrupt ends it: open streams end behind a complete event.
      """)

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 picks a free one.")
  var port = 0

  @Option(help: "The folder in which everything is kept (default: nothing is kept).")
  var data: String?

  @Option(help: "The key that requests must bear (default: HANDINGER_API_KEY, else none).")
  var apiKey: String?

  @Option(
    help:
      "The scenario of every new run: \(Scenario.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var scenario: String?

  @Option(help: "Decides what the scenarios say.")
  var seed: UInt64 = 1

  @Option(help: "How much faster than life the scenarios play.")
  var speed = 1.0

  @Option(help: "What goes wrong on purpose, as listed above.")
  var faults = ""

  @Flag(help: "Requests may name their own faults in X-Signalbox-Fault, in place of --faults.")
  var allowFaultHeader = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("a port is from 0 to 65535") }
    guard speed > 0, speed <= 1000 else { throw ValidationError("a speed is from above 0 to 1000") }
    if let scenario, Scenario(rawValue: scenario) == nil {
      let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("no scenario \"\(scenario)\"; there are \(names)")
    }
    do {
      _ = try Fault.list(faults)
    } catch {
      throw ValidationError(error.description)
    }
  }

  func run() async throws {
    var configuration = ServerConfiguration()
    configuration.host = host
    configuration.port = port
    configuration.dataFolder = data
    let key = apiKey ?? ProcessInfo.processInfo.environment["HANDINGER_API_KEY"] ?? ""
    configuration.apiKey = key.isEmpty ? nil : key
    configuration.scenario = scenario
    configuration.seed = seed
    configuration.speed = speed
    configuration.faults = try Fault.list(faults)
    configuration.allowsFaultHeader = allowFaultHeader
    do {
      let server = try WorkerServer(configuration)
      let host = host
      let serving = Task {
        try await server.run { port in Output.line("listening on http://\(host):\(port)") }
      }
      let stop = StopSignals { serving.cancel() }
      defer { stop.release() }
      try await serving.value
    } catch let failure as WorkerServer.ListenFailure {
      throw CommandFailure(message: failure.description, status: CommandFailure.failed)
    }
  }
}
