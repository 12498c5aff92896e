import Dispatch
import Glibc

/// The program curl, as people use it beside ours.
enum Curl {
  /// Seconds that `curl -sN URL >/dev/null` takes; nil when it is not installed or fails.
  static func seconds(_ url: String) async throws -> Double? {
    try await withCheckedThrowingContinuation { continuation in
      // Waiting for a program must not hold a thread that the server needs.
      DispatchQueue(label: "curl").async {
        continuation.resume(with: Result { try waiting(for: url) })
      }
    }
  }

  private static func waiting(for url: String) throws -> Double? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    let command = ["curl", "-sN", url]
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let start = ProcessUse.now.clock
    var pid: pid_t = 0
    guard posix_spawnp(&pid, "curl", &actions, nil, &words, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    return status == 0 ? ProcessUse.now.clock - start : nil
  }
}
