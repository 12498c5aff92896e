import Console
import Glibc

/// Asks the tmux around this program for the options that matter to it.
enum Tmux {
  private static let options = [
    "set-clipboard", "allow-passthrough", "escape-time", "default-terminal", "focus-events",
  ]
  /// Milliseconds; a server that hangs must not hang us.
  private static let patience: Int32 = 1_000
  private static let answerLimit = 4_096

  /// Nil outside of tmux.
  static func examine(_ environment: [String: String]) -> Doctor.Tmux? {
    guard environment["TMUX"]?.isEmpty == false else { return nil }
    let format = (["version"] + options).map { "#{\($0)}" }.joined(separator: "\u{1F}")
    guard let answer = output(["tmux", "display-message", "-p", format]) else {
      return Doctor.Tmux(version: "unknown", options: [:])
    }
    let line = answer.prefix { $0 != "\n" }
    let values = line.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    // tmux prints control characters as octal escapes.
    let parts =
      values.count == options.count + 1
      ? values
      : line.replacing("\\037", with: "\u{1F}").split(
        separator: "\u{1F}", omittingEmptySubsequences: false
      ).map(String.init)
    guard parts.count == options.count + 1 else {
      return Doctor.Tmux(version: "unknown", options: [:])
    }
    return Doctor.Tmux(
      version: parts[0],
      options: Dictionary(uniqueKeysWithValues: zip(options, parts.dropFirst())))
  }

  /// What a program prints; nil where it fails or takes too long.
  private static func output(_ arguments: [String]) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer {
      posix_spawn_file_actions_destroy(&actions)
      close(ends[0])
      for word in words { free(word) }
    }
    var child = pid_t()
    let failure = posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
    close(ends[1])
    guard failure == 0 else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1_024)
    var isWhole = false
    while bytes.count < answerLimit {
      var event = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      guard poll(&event, 1, patience) > 0 else { break }
      let count = read(ends[0], &chunk, chunk.count)
      guard count > 0 else {
        isWhole = count == 0
        break
      }
      bytes += chunk.prefix(count)
    }
    if !isWhole { kill(child, SIGKILL) }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return isWhole && status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
