public import Foundation

/// A throw-away folder and programs started beside a test; all gone at its end.
public final class Workshop {
  public let folder: String
  private var processes: [Process] = []

  public init() throws {
    folder = NSTemporaryDirectory() + "signalbox-test-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// What a program printed and how it ended.
  public struct Ending: Hashable, Sendable {
    public var output: String
    public var errors: String
    public var status: Int32
  }

  /// Runs the program under test to its end, without a terminal.
  public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Ending {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: TmuxTerminal.binary)
    process.arguments = arguments
    process.environment = Self.environment(environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ending(
      output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self), status: process.terminationStatus)
  }

  /// Starts `signalbox serve` and answers its address from its first line.
  public func serve(port: Int = 0, key: String = "k") throws -> (address: String, process: Process) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: TmuxTerminal.binary)
    process.arguments = ["serve", "--port", "\(port)", "--data", "\(folder)/data", "--api-key", key]
    process.environment = Self.environment([:])
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    processes.append(process)
    var line = ""
    while !line.contains("\n") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw TmuxTerminal.Failure(description: "the server said \(line)") }
      line += String(decoding: data, as: UTF8.self)
    }
    guard let address = line.split(whereSeparator: \.isWhitespace).last else {
      throw TmuxTerminal.Failure(description: "the server said \(line)")
    }
    return (String(address), process)
  }

  /// The caller's environment without what would point the program elsewhere.
  private static func environment(_ more: [String: String]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("HANDINGER_") && !$0.key.hasPrefix("SIGNALBOX_") && $0.key != "NO_COLOR"
    }
    environment.merge(more) { $1 }
    return environment
  }

  deinit {
    for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(atPath: folder)
  }
}
