import Glibc

extension KeySource {
  /// Why there is no key; never any part of it.
  struct Fault: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  /// Bytes of a file or of what a command says; more is refused.
  private static let sizeLimit = 4_096
  /// Seconds for a command, which may ask somebody for a passphrase.
  private static let patience = 60.0

  /// The first line, without white space around it.
  ///
  /// A command that is not alone with the terminal, because a console draws there, gets none of it.
  func read(
    environment: [String: String], isAlone: Bool = true, patience: Double = Self.patience
  ) throws -> String {
    switch self {
    case .environment(let name):
      guard let key = environment[name], !key.isEmpty else {
        throw Fault(description: "no API key: the environment has no \(name)")
      }
      return key
    case .file(let path):
      let path = Folders.expanded(path)
      let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { throw Self.fault(path, Self.systemReason) }
      defer { close(file) }
      if let reason = Self.objection(to: file, path) { throw Self.fault(path, reason) }
      return try Self.line(file, path, until: nil)
    case .command(let line): return try Self.run(line, isAlone: isAlone, patience)
    }
  }

  /// What speaks against a key's file, without a look into it; nil when nothing does.
  static func objection(toFile path: String) -> String? {
    let path = Folders.expanded(path)
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return systemReason }
    defer { close(file) }
    return objection(to: file, path)
  }

  private static func objection(to file: Int32, _ path: String) -> String? {
    var status = stat()
    guard fstat(file, &status) == 0 else { return systemReason }
    guard status.st_mode & S_IFMT == S_IFREG else { return "it is no file" }
    guard status.st_mode & 0o077 == 0 else {
      return "others can read it: chmod 600 \(path)"
    }
    return nil
  }

  private static func run(
    _ line: String, isAlone: Bool, _ patience: Double
  ) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw fault("command", systemReason) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    for stream: Int32 in isAlone ? [] : [0, 2] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    // One that may ask for a passphrase stays with the terminal; another one's own programs end with
    // it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    if !isAlone { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(ends[0])
    }
    var child = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(line), nil]
    defer { for word in words { free(word) } }
    let failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, environ)
    close(ends[1])
    guard failure == 0 else { throw fault("command", String(cString: strerror(failure))) }
    let end = wallClock() + patience
    let said = Result { try Self.line(ends[0], "command", until: end, patience) }
    let isSaid = if case .success = said { true } else { false }
    guard let status = isSaid ? Self.status(of: child, until: end) : nil else {
      kill(isAlone ? child : -child, SIGKILL)
      waitpid(child, nil, 0)
      _ = try said.get()
      throw fault("command", "it goes on after \(Int(patience)) seconds")
    }
    guard status == 0 else { throw fault("command", "it failed") }
    return try said.get()
  }

  /// How a program ended; nil when it goes on.
  private static func status(of child: pid_t, until end: Double) -> Int32? {
    var status: Int32 = 0
    while waitpid(child, &status, WNOHANG) == 0 {
      guard wallClock() < end else { return nil }
      usleep(5_000)
    }
    return status
  }

  /// All that comes until the end, cut to its first line.
  private static func line(
    _ file: Int32, _ name: String, until: Double?, _ patience: Double = 0
  ) throws -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: sizeLimit)
    while true {
      if let until {
        var event = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        let left = until - wallClock()
        let ready = left > 0 ? poll(&event, 1, Int32(left * 1_000) + 1) : 0
        if ready < 0, errno == EINTR { continue }
        guard ready > 0 else { throw fault(name, "no answer in \(Int(patience)) seconds") }
      }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw fault(name, systemReason) }
      if count == 0 { break }
      bytes += chunk.prefix(count)
      guard bytes.count <= sizeLimit else { throw fault(name, "longer than any key") }
    }
    let first = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).first ?? []
    let text = String(decoding: first, as: UTF8.self)
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex
    guard start.startIndex < end else { throw fault(name, "its first line is empty") }
    return String(start[..<end])
  }

  private static func fault(_ name: String, _ reason: String) -> Fault {
    Fault(description: "no API key from \(name): \(reason)")
  }

  private static var systemReason: String { String(cString: strerror(errno)) }
}
