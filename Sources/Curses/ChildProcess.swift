import CNcurses
import Canvas
import Dispatch
import Glibc

/// A program in a process group of its own, to which the terminal belongs: what its keys send, such
/// as ctrl-c, does not reach us.
struct ChildProcess: Sendable {
  struct Failure: Error {
    var reason: String
  }

  enum Change: Sendable {
    case stopped
    case ended(Program.End)
  }

  let id: pid_t

  /// Starts a shell line with its arguments; it inherits the terminal and nothing else.
  static func start(
    _ program: Program, input: Int32, output: Int32
  ) -> Result<ChildProcess, Failure> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in [input, output, output].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    posix_spawn_file_actions_addtcsetpgrp_np(&actions, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in [SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGCHLD] {
      sigaddset(&usual, number)
    }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // The line keeps its words and its quotes, and the arguments are never read by the shell.
    let words = ["sh", "-c", "\(program.line) \"$@\"", "sh"] + program.arguments
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard error == 0 else { return .failure(Failure(reason: String(cString: strerror(error)))) }
    return .success(ChildProcess(id: id))
  }

  /// Waits on a thread of its own, so that the console goes on meanwhile.
  var change: Change {
    get async {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async { @Sendable in
          continuation.resume(returning: waitForChange())
        }
      }
    }
  }

  private func waitForChange() -> Change {
    var status: Int32 = 0
    while waitpid(id, &status, WUNTRACED) != id {
      guard errno == EINTR else {
        return .ended(.notStarted(reason: String(cString: strerror(errno))))
      }
    }
    // The status words of wait(2), whose macros are not imported.
    if status & 0xFF == 0x7F { return .stopped }
    if status & 0x7F == 0 { return .ended(.exited((status >> 8) & 0xFF)) }
    return .ended(.killed(signal: status & 0x7F))
  }
}
