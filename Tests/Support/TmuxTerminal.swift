import Dispatch
public import Glibc

/// A program in a real terminal: a tmux server of its own, watched in control mode.
///
/// Nothing sleeps or polls: tmux tells of every output, and only then the screen is looked at again.
public final class TmuxTerminal: Sendable {
  private let socket: String
  private let changes: AsyncStream<Void>
  private let watcher: Child

  /// The program under test: the release binary when make gives it, else the one just built.
  public static var binary: String {
    if let path = getenv("SIGNALBOX_BINARY") { return String(cString: path) }
    let bundle = CommandLine.arguments[0]
    return bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)] + "/signalbox"
  }

  /// Runs a shell line in a terminal of that size; the shell stays when the line is over.
  public init(columns: Int, rows: Int, _ line: String) throws {
    socket = "signalbox-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let size = ["-x", "\(columns)", "-y", "\(rows)"]
    try Self.tmux(
      socket,
      ["-u", "-f", "/dev/null", "new-session", "-d", "-s", "main"] + size + [
        "env LC_ALL=C.UTF-8 PS1='$ ' sh"
      ])
    try Self.tmux(socket, ["set", "-g", "status", "off"])
    try Self.tmux(socket, ["set", "-g", "window-size", "manual"])
    try Self.tmux(socket, ["resize-window", "-t", "main"] + size)
    let (changes, reporter) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    self.changes = changes
    watcher = try Child.start(
      ["tmux", "-u", "-L", socket, "-C", "attach", "-t", "main"],
      environment: Child.environment([:]))
    // A descriptor of the reader's own: the watcher's number may be another's by the time of its end.
    let output = fcntl(watcher.output, F_DUPFD_CLOEXEC, 0)
    DispatchQueue.global().async {
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while read(output, &bytes, bytes.count) > 0 { reporter.yield() }
      Glibc.close(output)
      reporter.finish()
    }
    try type(line)
    try press("Enter")
  }

  /// What stands on the screen, without trailing blanks.
  public var screen: String {
    get throws { try Self.tmux(socket, ["capture-pane", "-p", "-t", "main"]) }
  }

  /// The screen with the rows that the terminal broke itself as one line.
  public var joinedScreen: String {
    get throws { try Self.tmux(socket, ["capture-pane", "-p", "-J", "-t", "main"]) }
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
    // A time limit that is over is told without the error of its test.
    if Task.isCancelled { print("the time is over; the terminal showed:\n\(shown)") }
    throw Child.Failure(description: "the terminal ended; it showed:\n\(shown)")
  }

  @discardableResult
  public func wait(for text: String) async throws -> String {
    try await wait { $0.contains(text) }
  }

  /// Keys by their tmux names.
  public func press(_ keys: String...) throws {
    try Self.tmux(socket, ["send-keys", "-t", "main"] + keys)
  }

  /// Text at once, as a paste without brackets: the console takes an Enter within 250 ms as text.
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
    let text = try Self.tmux(socket, ["display-message", "-p", "-t", "main", format])
    return String(text.prefix { !$0.isNewline })
  }

  /// The newest of tmux's buffers; nil before there is one.
  public var buffer: String? { try? Self.tmux(socket, ["show-buffer"]) }

  /// Sets an option of the server.
  public func set(_ option: String, _ value: String) throws {
    try Self.tmux(socket, ["set", "-g", option, value])
  }

  /// A tmux command for this terminal.
  @discardableResult
  func command(_ name: String, _ arguments: String...) throws -> String {
    try Self.tmux(socket, [name, "-t", "main"] + arguments)
  }

  /// The program that the terminal's shell runs.
  public var program: pid_t {
    get throws {
      let shell = try value("#{pane_pid}")
      let list = try Child.run(
        ["cat", "/proc/\(shell)/task/\(shell)/children"], environment: Child.environment([:]))
      guard let pid = list.output.split(separator: " ").first.flatMap({ pid_t($0) }) else {
        throw Child.Failure(description: "the shell runs nothing")
      }
      return pid
    }
  }

  /// Closes the terminal as a dropped connection does.
  public func close() { _ = try? Self.tmux(socket, ["kill-server"]) }

  deinit {
    close()
    watcher.end()
  }

  @discardableResult
  private static func tmux(_ socket: String, _ arguments: [String]) throws -> String {
    let variables = Child.environment(["TMUX": nil, "HANDINGER_API_KEY": nil, "NO_COLOR": nil])
    let ending = try Child.run(["tmux", "-L", socket] + arguments, environment: variables)
    guard ending.status == 0 else {
      throw Child.Failure(
        description: "tmux \(arguments.joined(separator: " ")): \(ending.errors)\(ending.output)")
    }
    return ending.output
  }
}
