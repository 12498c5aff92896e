public import Glibc

/// A program started by a test, through posix_spawn: it needs no run loop and no thread of its own.
public struct Child: Sendable {
  public let pid: pid_t
  /// The other ends of its standard input and output; -1 where they were not asked for.
  public let input: Int32
  public let output: Int32

  public struct Failure: Error, CustomStringConvertible {
    public var description: String

    public init(description: String) { self.description = description }
  }

  /// What a program printed and how it ended: its status, or 128 and the signal.
  public struct Ending: Hashable, Sendable {
    public var output: String
    public var errors: String
    public var status: Int32
  }

  /// Starts a program with pipes for input and output; its errors go nowhere.
  public static func start(_ arguments: [String], environment: [String: String]) throws -> Child {
    var (toChild, fromChild) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw Failure(description: "no pipe")
    }
    // Other children must not keep these ends open.
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { for descriptor in [toChild[0], fromChild[1], null] { close(descriptor) } }
    let pid = try spawn(arguments, environment, toChild[0], fromChild[1], null)
    return Child(pid: pid, input: toChild[1], output: fromChild[0])
  }

  /// Runs a program to its end; `input` is all that it reads.
  public static func run(
    _ arguments: [String], environment: [String: String], input: [UInt8] = []
  ) throws -> Ending {
    var names = (0..<3).map { _ in Array("/tmp/child.XXXXXX".utf8CString) }
    let (given, out, err) = (mkstemp(&names[0]), mkstemp(&names[1]), mkstemp(&names[2]))
    defer {
      for name in names { unlink(name) }
      for descriptor in [given, out, err] { close(descriptor) }
    }
    guard input.isEmpty || write(given, input, input.count) == input.count,
      lseek(given, 0, SEEK_SET) == 0
    else { throw Failure(description: "the input could not be written") }
    let pid = try spawn(arguments, environment, given, out, err)
    return Ending(status: wait(pid), output: contents(of: out), errors: contents(of: err))
  }

  public func signal(_ number: Int32) { kill(pid, number) }

  /// Kills it if it still runs, and closes the pipes.
  public func end() {
    kill(pid, SIGKILL)
    _ = Self.wait(pid)
    close(input)
    close(output)
  }

  /// What it prints next; empty at its end.
  public func read() -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(output, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }

  /// The variables of the test with some replaced; nil takes one away.
  public static func environment(_ changes: [String: String?]) -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    for (name, value) in changes { variables[name] = value }
    return variables
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], _ input: Int32, _ output: Int32,
    _ errors: Int32
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (from, to) in [(input, 0), (output, 1), (errors, 2)] {
      posix_spawn_file_actions_adddup2(&actions, from, Int32(to))
    }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    // Whoever runs the tests may ignore hang-ups, and a thread of the pool blocks most signals; a
    // child that inherits either outlives its terminal.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
    var none = sigset_t()
    sigemptyset(&none)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var pid: pid_t = 0
    let failure = posix_spawnp(&pid, arguments[0], &actions, &attributes, &words, &variables)
    guard failure == 0 else {
      throw Failure(description: "\(arguments[0]): \(String(cString: strerror(failure)))")
    }
    return pid
  }

  private static func wait(_ pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  private static func contents(of descriptor: Int32) -> String {
    var text: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var offset: off_t = 0
    while case let count = pread(descriptor, &bytes, bytes.count, offset), count > 0 {
      text += bytes[..<count]
      offset += count
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Child.Ending {
  init(status: Int32, output: String, errors: String) {
    self.init(output: output, errors: errors, status: status)
  }
}
