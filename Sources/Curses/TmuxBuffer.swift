import CNcurses
import Dispatch
import Glibc

/// Puts text into a new buffer of the tmux that the program runs in, by tmux's own command.
enum TmuxBuffer {
  /// Seconds that tmux gets.
  static let patience = 3.0

  /// False when there is no such command here, when it fails, or when it does not end.
  static func load(_ text: String, isOffered: Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { @Sendable in
        continuation.resume(returning: run(text, isOffered: isOffered))
      }
    }
  }

  /// The text waits in a file in memory, so that nobody writes to a pipe that nobody reads.
  private static func run(_ text: String, isOffered: Bool) -> Bool {
    let file = curses_memory_file()
    guard file >= 0 else { return false }
    defer { close(file) }
    Outlet.write(Array(text.utf8), file)
    guard lseek(file, 0, SEEK_END) == text.utf8.count, lseek(file, 0, SEEK_SET) == 0 else {
      return false
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO)
    for output in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
    }
    let line = ["tmux", "load-buffer"] + (isOffered ? ["-w", "-"] : ["-"])
    var words = line.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    guard posix_spawnp(&child, "tmux", &actions, nil, &words, environ) == 0 else { return false }
    return wait(for: child)
  }

  private static func wait(for child: pid_t) -> Bool {
    let end = ContinuousClock.now + .seconds(patience)
    var status: Int32 = 0
    while ContinuousClock.now < end {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { return status == 0 }
      guard ended == 0 || errno == EINTR else { return false }
      usleep(5_000)
    }
    kill(child, SIGKILL)
    waitpid(child, &status, 0)
    return false
  }
}
