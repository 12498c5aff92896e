import FoundationEssentials
import Glibc

/// A throw-away folder and programs started beside a test; all gone at its end.
public final class Workshop {
  public let folder: String
  private var children: [Child] = []

  public init() throws {
    folder = "/tmp/signalbox-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Runs the program under test to its end, without a terminal.
  public func run(
    _ arguments: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> Child.Ending {
    try Child.run(
      [TmuxTerminal.binary] + arguments, environment: Self.environment(environment),
      input: Array(input.utf8))
  }

  /// Starts `signalbox serve` and answers its address from its first line.
  public func serve(
    port: Int = 0, key: String = "k", speed: Int = 1, scenario: String? = nil
  ) throws -> (address: String, process: Child) {
    let child = try Child.start(
      [
        TmuxTerminal.binary, "serve", "--port", "\(port)", "--data", "\(folder)/data", "--api-key",
        key, "--speed", "\(speed)",
      ] + (scenario.map { ["--scenario", $0] } ?? []), environment: Self.environment([:]))
    children.append(child)
    var line = ""
    while !line.contains("\n") {
      let more = child.read()
      guard !more.isEmpty else { throw Child.Failure(description: "the server said \(line)") }
      line += more
    }
    guard let address = line.split(whereSeparator: \.isWhitespace).last else {
      throw Child.Failure(description: "the server said \(line)")
    }
    return (String(address), child)
  }

  /// The test's environment without what would point the program elsewhere.
  private static func environment(_ more: [String: String]) -> [String: String] {
    var variables = Child.environment(more)
    for name in variables.keys where name.hasPrefix("HANDINGER_") || name.hasPrefix("SIGNALBOX_") {
      if more[name] == nil { variables[name] = nil }
    }
    if more["NO_COLOR"] == nil { variables["NO_COLOR"] = nil }
    return variables
  }

  deinit {
    for child in children { child.end() }
    try? FileManager.default.removeItem(atPath: folder)
  }
}
