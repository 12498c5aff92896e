import ArgumentParser
import Console
import Fleet
import FoundationEssentials
import Registry
import WorkerAPI
import WorkerClient

/// One worker as lines that are only ever added, until its run ends.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Append-only plain lines of one worker until its run ends.",
    discussion: """
      For screen readers, pipes and terminals without a cursor. The worker need not be known here, \
      and nothing of it is kept. Ends with 0 when the run ended, with 1 when it failed, 3 when the \
      server refuses, 4 when it does not know the worker, 5 when it could not be reached. In the \
      middle of a run 3 and 4 end it too, and what cannot be reached is tried again.
      """)

  @Argument(help: "The worker's id.")
  var id: String

  @Option(help: "The server's address, in place of HANDINGER_BASE_URL.")
  var baseURL: String?

  @Flag(help: "Plain lines (the default).")
  var plain = false

  @Flag(help: "The events as the server sends them, one JSON document a line.")
  var json = false

  @Flag(help: "The time in UTC before each line, of when it came.")
  var timestamps = false

  @OptionGroup var stationOptions: StationOptions

  func validate() throws {
    if plain, json { throw ValidationError("--plain and --json exclude each other") }
    guard !id.isEmpty, id.utf8.count <= 256, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ValidationError("\"\(Sanitise.line(String(id.prefix(80))))\" is no worker's id")
    }
  }

  @MainActor
  func run() async throws {
    let (_, station) = try stationOptions.read(baseURL: baseURL)
    let endpoint = try station.endpoint(environment: ProcessInfo.processInfo.environment)
    let transport = CurlTransport(endpoint: endpoint)
    defer { transport.close() }
    let retrying = RetryingTransport(transport, now: wallClock)
    let service = Service(transport: retrying, now: wallClock)
    let worker: Worker
    do {
      worker = try await service.retrieve(id)
    } catch {
      throw CommandFailure(error, worker: id)
    }
    let watch = Watch(worker, service: service, hasTimes: timestamps)
    switch json ? try await watch.events() : try await watch.lines() {
    case .ended: return
    case .failed: throw ExitCode(CommandFailure.failed)
    }
  }
}

extension CommandFailure {
  /// The server's answer in a sentence, with the status that commands.md gives it.
  init(_ failure: Service.Failure, worker: String) {
    switch failure {
    case .refused(let error) where error.status == 404:
      self.init(
        message: "the server does not know the worker \(worker)", status: Self.notFound)
    case .refused(let error):
      self.init(
        message: Sanitise.line(error.description),
        status: [401, 403].contains(error.status) ? Self.refused : Self.failed)
    case .transport(let error):
      self.init(message: Sanitise.line(error.description), status: Self.network)
    case .unreadable(let reason):
      self.init(message: Sanitise.line(reason), status: Self.failed)
    }
  }

  /// Why the server gives no stream, with the same statuses.
  init(stream reason: String, status: Int?) {
    let ending =
      switch status {
      case 404: Self.notFound
      case 401, 403: Self.refused
      default: Self.failed
      }
    self.init(message: Sanitise.line(reason), status: ending)
  }

  /// The status where the server refused (commands.md).
  static let refused: Int32 = 3
  /// The status where the network failed (commands.md).
  static let network: Int32 = 5
}
