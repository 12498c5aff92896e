import Canvas
import Glibc

/// A program in a pseudo-terminal of its own, watched from outside: what it writes, how soon, and
/// what it takes.
final class PseudoTerminal {
  /// What one read brought.
  struct Reading {
    var bytes: [UInt8]
    /// Seconds on the clock of `ProcessUse`.
    var at: Double
  }

  let pid: pid_t
  let startedAt: Double
  private let terminal: Int32
  private var isOver = false

  /// Starts a program that is found by its name or path; `environment` is all that it gets.
  init(_ command: [String], size: Size, environment: [String: String]) throws {
    var (terminal, other): (Int32, Int32) = (-1, -1)
    var room = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&terminal, &other, nil, nil, &room) == 0, let path = ttyname(other) else {
      throw Self.failure("no pseudo-terminal")
    }
    // The program opens its end by its path, and nobody else keeps it open.
    defer { close(other) }
    for descriptor in [terminal, other] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    self.terminal = terminal
    startedAt = ProcessUse.now.clock
    pid = try Self.spawn(command, environment, String(cString: path))
  }

  /// POSIX_SPAWN_SETSID, which the headers show to GNU sources only.
  private static let newSession: Int16 = 0x80

  /// The leader of a session opens the terminal first, so that it becomes the session's own.
  private static func spawn(
    _ command: [String], _ environment: [String: String], _ path: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Self.newSession)
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var pid: pid_t = 0
    let status = posix_spawnp(&pid, command[0], &actions, &attributes, &words, &variables)
    guard status == 0 else { throw failure("\(command[0]): \(String(cString: strerror(status)))") }
    return pid
  }

  private static func failure(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: CommandFailure.failed)
  }

  /// What comes next; nil when nothing came until a moment, or when the program has ended.
  func next(until moment: Double) -> Reading? {
    while !isOver {
      let wait = moment - ProcessUse.now.clock
      guard wait > 0 else { return nil }
      var poll = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      let count = Glibc.poll(&poll, 1, Int32(min(wait * 1e3, 1e6).rounded(.up)))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let got = read(terminal, &bytes, bytes.count)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        // The last one that had the terminal open has closed it.
        isOver = true
        return nil
      }
      return Reading(bytes: Array(bytes[..<got]), at: ProcessUse.now.clock)
    }
    return nil
  }

  /// All that comes until a moment.
  func readings(until moment: Double) -> [Reading] {
    var readings: [Reading] = []
    while let reading = next(until: moment) { readings.append(reading) }
    return readings
  }

  /// The moment at which the program has written some bytes, wherever they are in what it writes
  /// from now on; nil when it has not within so many seconds.
  func moment(of mark: [UInt8], within seconds: Double = 10) -> Double? {
    let end = ProcessUse.now.clock + seconds
    var tail: [UInt8] = []
    while let reading = next(until: end) {
      tail += reading.bytes
      if tail.contains(mark) { return reading.at }
      tail.removeFirst(max(0, tail.count - mark.count))
    }
    return nil
  }

  /// Reads until nothing came for so many seconds.
  func settle(quiet seconds: Double) {
    while next(until: ProcessUse.now.clock + seconds) != nil {}
  }

  func type(_ text: String) { Output.write(text, to: terminal) }

  /// Seconds of processor time so far, of all its threads.
  var processor: Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The memory that is resident now, and the most that was at any moment, in bytes.
  var memory: (resident: Int, peak: Int) {
    let bytes = (try? WholeFile.read(path: "/proc/\(pid)/status", limit: 1 << 20)) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    func figure(_ name: String) -> Int {
      let words = lines.first { $0.hasPrefix(name) }?.split(whereSeparator: \.isWhitespace)
      return (words?.dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }
    return (figure("VmRSS:"), figure("VmHWM:"))
  }

  /// Asks it to end, makes it end after a second, and gives everything back.
  func end() {
    kill(pid, SIGTERM)
    _ = readings(until: ProcessUse.now.clock + 1)
    kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    close(terminal)
  }
}

extension [UInt8] {
  /// Some bytes stand in a row somewhere in these.
  func contains(_ mark: [UInt8]) -> Bool {
    guard let first = mark.first, count >= mark.count else { return false }
    return indices.dropLast(mark.count - 1).contains {
      self[$0] == first && self[$0..<($0 + mark.count)].elementsEqual(mark)
    }
  }
}
