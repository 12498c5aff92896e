public import Foundation
import Synchronization

/// A program in a real terminal: a tmux server of its own, watched in control mode.
///
/// Nothing sleeps or polls: tmux tells of every output, and only then the screen is looked at again.
public final class TmuxTerminal: Sendable {
  private let socket: String
  private let changes: AsyncStream<Void>
  private let watcher: Process
  private let commands: Pipe

  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  /// The program under test: the release binary when make gives it, else the one just built.
  public static var binary: String {
    if let path = ProcessInfo.processInfo.environment["SIGNALBOX_BINARY"] { return path }
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return bundle.appendingPathComponent("signalbox").path
  }

  /// Whether tmux is there; make test installs it.
  public static var isAvailable: Bool { (try? tmux("unused", ["-V"])) != nil }

  /// Runs a shell line in a terminal of that size; the shell stays when the line is over.
  public init(columns: Int, rows: Int, _ line: String) throws {
    socket = "signalbox-\(UUID().uuidString.prefix(8))"
    let size = ["-x", "\(columns)", "-y", "\(rows)"]
    try Self.tmux(
      socket,
      ["-u", "-f", "/dev/null", "new-session", "-d", "-s", "main"] + size + [
        "env LC_ALL=C.UTF-8 PS1='$ ' sh",
      ])
    try Self.tmux(socket, ["set", "-g", "status", "off"])
    try Self.tmux(socket, ["set", "-g", "window-size", "manual"])
    try Self.tmux(socket, ["resize-window", "-t", "main"] + size)
    let (changes, reporter) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    self.changes = changes
    watcher = Process()
    commands = Pipe()
    let output = Pipe()
    watcher.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    watcher.arguments = ["tmux", "-u", "-L", socket, "-C", "attach", "-t", "main"]
    watcher.standardInput = commands
    watcher.standardOutput = output
    watcher.standardError = FileHandle.nullDevice
    output.fileHandleForReading.readabilityHandler = { handle in
      if handle.availableData.isEmpty { handle.readabilityHandler = nil }
      reporter.yield()
    }
    try watcher.run()
    try type(line)
    try press("Enter")
  }

  /// What stands on the screen, without trailing blanks.
  public var screen: String {
    get throws { try Self.tmux(socket, ["capture-pane", "-p", "-t", "main"]) }
  }

  /// Waits until the screen is as wanted and answers it; the test's time limit is the bound.
  @discardableResult
  public func wait(until isWanted: (String) throws -> Bool) async throws -> String {
    var shown = try screen
    if try isWanted(shown) { return shown }
    for await _ in changes {
      shown = try screen
      if try isWanted(shown) { return shown }
    }
    throw Failure(description: "the terminal ended; it showed:\n\(shown)")
  }

  @discardableResult
  public func wait(for text: String) async throws -> String {
    try await wait { $0.contains(text) }
  }

  /// Keys by their tmux names.
  public func press(_ keys: String...) throws {
    try Self.tmux(socket, ["send-keys", "-t", "main"] + keys)
  }

  public func type(_ text: String) throws {
    try Self.tmux(socket, ["send-keys", "-t", "main", "-l", text])
  }

  /// Pastes as a terminal does, with brackets if the program asked for them.
  public func paste(_ text: String) throws {
    try Self.tmux(socket, ["set-buffer", "-b", "paste", text])
    try Self.tmux(socket, ["paste-buffer", "-p", "-b", "paste", "-t", "main"])
  }

  public func resize(columns: Int, rows: Int) throws {
    try Self.tmux(socket, ["resize-window", "-t", "main", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// A tmux format, such as `#{alternate_on}`.
  public func value(_ format: String) throws -> String {
    try Self.tmux(socket, ["display-message", "-p", "-t", "main", format])
      .trimmingCharacters(in: .newlines)
  }

  /// Closes the terminal as a dropped connection does.
  public func close() { _ = try? Self.tmux(socket, ["kill-server"]) }

  deinit {
    close()
    watcher.terminate()
  }

  @discardableResult
  private static func tmux(_ socket: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tmux", "-L", socket] + arguments
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw Failure(description: "tmux \(arguments.joined(separator: " ")): \(text)")
    }
    return text
  }
}
