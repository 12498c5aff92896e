import Console
import Curses
import Glibc

/// Whole lines to standard output and standard error.
enum Output {
  static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// A JSON text that is safe on a terminal.
  static func json(_ text: String) { line(Sanitise.json(text)) }

  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes all of it; a reader that went away ends the writing.
  ///
  /// What standard output cannot take, as on a full disk, ends the program: it would say that all
  /// went well.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if descriptor == STDOUT_FILENO, count < 0, errno != EPIPE { refuse(errno) }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  private static func refuse(_ number: Int32) -> Never {
    error("signalbox: standard output cannot be written: \(String(cString: strerror(number)))")
    leave(CommandFailure.failed)
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 && isatty(STDIN_FILENO) == 1 }
}
