import Canvas
import Fleet
import FoundationEssentials
import Glibc
import Registry
import WorkerServer

/// A served API with a cast at work, and a console's folder that knows it; all of it throw-away.
///
/// The server is a process of its own, so that what the console takes is the console's.
final class BenchStation {
  private let folder: String
  private let server: PseudoTerminal
  private let address: String
  init(_ cast: [Part]) async throws {
    folder = try Folders.throwAway()
    do {
      try await Self.seed(folder, cast)
      server = try PseudoTerminal(
        [try Self.path(), "serve", "--data", "\(folder)/server", "--api-key", "bench"],
        size: Size(columns: 80, rows: 24), environment: Self.environment(folder))
      var line = ""
      while let reading = server.next(until: ProcessUse.now.clock + 20) {
        line += String(decoding: reading.bytes, as: UTF8.self)
        if reading.bytes.contains(0x0A) { break }
      }
      address = line.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    } catch {
      Folders.remove(folder)
      throw error
    }
    guard address.hasPrefix("http://") else {
      close()
      throw CommandFailure(message: "the server did not start", status: CommandFailure.failed)
    }
  }

  /// The console in a terminal of that size.
  func console(_ size: Size) throws -> PseudoTerminal {
    var environment = Self.environment(folder)
    environment["HANDINGER_API_KEY"] = "bench"
    environment["HANDINGER_BASE_URL"] = address
    return try PseudoTerminal(
      [try Self.path(), "--state", "\(folder)/state"], size: size, environment: environment)
  }

  func close() {
    server.end()
    Folders.remove(folder)
  }

  private static func seed(_ folder: String, _ cast: [Part]) async throws {
    var configuration = ServerConfiguration()
    configuration.dataFolder = "\(folder)/server"
    // Gone at the end, so that the served one can open what it wrote.
    let world = try WorkerServer(configuration).world
    let workers = try await world.seed(cast)
    let registry = try Registry.open(folder: "\(folder)/state")
    try await registry.keep(zip(cast, workers).map { .worker(KnownWorker($0, $1)) })
  }

  /// This program.
  static func path() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }

  /// The same for every program that is measured; nothing of the operator's own.
  static func environment(_ folder: String) -> [String: String] {
    var variables = ["PATH", "TZ", "LD_LIBRARY_PATH"].reduce(into: [String: String]()) {
      result, name in
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    variables["TERM"] = "xterm-256color"
    variables["LC_ALL"] = "C.UTF-8"
    variables["HOME"] = folder
    variables["XDG_CONFIG_HOME"] = folder
    return variables
  }
}
