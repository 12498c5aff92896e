import CNcurses
import Canvas
import Glibc

/// Asks the terminal where its cursor is after each sample: how wide it draws what it is sent.
public enum CursorProbe {
  /// Milliseconds for one answer; a terminal that has none costs it once.
  private static let patience: Int32 = 300

  /// Columns of the samples; nil where the terminal does not answer, or there is none.
  ///
  /// It writes at the beginning of the line and clears it; not for when curses has the screen.
  public static func widths() -> [Int]? {
    var before = termios()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
      tcgetattr(STDIN_FILENO, &before) == 0
    else { return nil }
    var raw = before
    cfmakeraw(&raw)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
    defer {
      Outlet.write(Array("\r\u{1B}[K".utf8), STDOUT_FILENO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
    }
    var widths: [Int] = []
    for (_, text) in TerminalProbe.samples {
      let shown = text.map { Width.fold($0) }.joined()
      Outlet.write(Array("\r\u{1B}[K\(shown)\u{1B}[6n".utf8), STDOUT_FILENO)
      guard let column = answer() else { return nil }
      widths.append(column - 1)
    }
    return widths
  }

  /// The column of a cursor position report, `ESC [ row ; column R`.
  private static func answer() -> Int? {
    var text = ""
    while text.utf8.count < 64 {
      var event = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      var byte: UInt8 = 0
      guard poll(&event, 1, patience) > 0, read(STDIN_FILENO, &byte, 1) == 1 else { return nil }
      if byte == UInt8(ascii: "R"), text.hasPrefix("\u{1B}[") {
        return text.split(separator: ";").last.flatMap { Int($0) }
      }
      if byte == 0x1B { text = "" }
      text.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return nil
  }
}
