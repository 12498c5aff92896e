public import Glibc

/// The program under test in a bare pseudo-terminal, as the leader of a session of its own.
public final class PseudoTerminal {
  /// The program's process.
  public let pid: pid_t
  private var master: Int32
  /// Readable at its end: the program holds the other end for as long as it lives.
  private let life: Int32
  private var text = ""

  /// TIOCSPTLCK and TIOCGPTN, ioctl_tty(2), which are no constants for Swift.
  private static let unlock: UInt = 0x4004_5431
  private static let numberOf: UInt = 0x8004_5430

  public convenience init(
    _ arguments: [String], environment: [String: String], columns: Int = 100, rows: Int = 30
  ) throws {
    try self.init(
      running: [TmuxTerminal.binary] + arguments, environment: environment, columns: columns,
      rows: rows)
  }

  /// Any program, such as a shell that runs the one under test.
  public init(
    running command: [String], environment: [String: String], columns: Int = 100, rows: Int = 30
  ) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: Int32 = 0
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard master >= 0, ioctl(master, Self.unlock, &lock) == 0,
      ioctl(master, Self.numberOf, &number) == 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw Child.Failure(description: "no pseudo-terminal") }
    let name = "/dev/pts/\(number)"
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Child.Failure(description: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    life = ends[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    // Opened by a session's leader, it becomes the session's terminal.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 9)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // POSIX_SPAWN_SETSID, which the overlay does not import.
    posix_spawnattr_setflags(&attributes, 0x80)
    var variables: [String: String?] = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
    for (name, value) in environment { variables[name] = value }
    var words: [UnsafeMutablePointer<CChar>?] =
      command.map { strdup($0) } + [nil]
    var entries: [UnsafeMutablePointer<CChar>?] =
      Child.environment(variables).map { strdup("\($0)=\($1)") } + [nil]
    defer {
      for pointer in words + entries { free(pointer) }
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      Glibc.close(ends[1])
    }
    var child: pid_t = 0
    guard posix_spawn(&child, command[0], &actions, &attributes, &words, &entries) == 0
    else { throw Child.Failure(description: "the program cannot be started") }
    pid = child
  }

  public func write(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = Glibc.write(master, bytes, bytes.count)
  }

  /// Reads until these words were written, in one piece, since the last call.
  public func read(until words: String) throws {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(30)
    while !text.contains(words) {
      var event = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      let left = Int32(max(.zero, end - clock.now) / .milliseconds(1))
      let count = poll(&event, 1, left) > 0 ? Glibc.read(master, &bytes, bytes.count) : 0
      guard count > 0 else {
        throw Child.Failure(
          description:
            "the program never wrote \(words), but \(text.suffix(2_000).debugDescription)")
      }
      text += String(decoding: bytes[..<count], as: UTF8.self)
    }
    text = ""
  }

  /// What is written within so many seconds, with the moment of each reading in seconds since 1970.
  public func readings(for seconds: Double) -> [(at: Double, text: String)] {
    var now = timespec()
    func moment() -> Double {
      clock_gettime(CLOCK_REALTIME, &now)
      return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
    let end = moment() + seconds
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var readings: [(Double, String)] = []
    while case let left = end - moment(), left > 0 {
      var event = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&event, 1, Int32(left * 1_000) + 1) > 0 else { continue }
      let count = Glibc.read(master, &bytes, bytes.count)
      guard count > 0 else { break }
      readings.append((moment(), String(decoding: bytes[..<count], as: UTF8.self)))
    }
    text = ""
    return readings
  }

  public func signal(_ number: Int32) { kill(pid, number) }

  /// Gives the terminal another size, of which the kernel tells the program.
  public func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Closes the terminal as a dropped connection does.
  public func close() {
    if master >= 0 { Glibc.close(master) }
    master = -1
  }

  /// Waits for the end of the program.
  public func ends(within seconds: Double) -> Bool {
    var event = pollfd(fd: life, events: Int16(POLLIN), revents: 0)
    return poll(&event, 1, Int32(seconds * 1_000)) > 0
  }

  deinit {
    close()
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
    Glibc.close(life)
  }
}
