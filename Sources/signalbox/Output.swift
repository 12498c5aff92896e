import Console
import Glibc

/// Whole lines to standard output and standard error.
enum Output {
  static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// A JSON text that is safe on a terminal.
  static func json(_ text: String) { line(Sanitise.json(text)) }

  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes all of it; a reader that went away ends the writing.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 && isatty(STDIN_FILENO) == 1 }
}
