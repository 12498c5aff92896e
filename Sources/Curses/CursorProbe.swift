import CNcurses
import Glibc

/// Asks the terminal where its cursor is behind each sample: how wide it draws what it is sent.
public enum CursorProbe {
  /// A sample behind the cursor, its end, and the place as it was.
  private static func question(_ sample: String) -> [UInt8] {
    Array("\u{1B}7\(sample)".utf8) + position + erasure
  }

  private static let position = Array("\u{1B}[6n".utf8)
  private static let erasure = Array("\u{1B}8\u{1B}[K".utf8)

  /// How long a terminal may take to answer; one that never does costs it once.
  static func patience(isRemote: Bool) -> Duration { .milliseconds(isRemote ? 1_500 : 500) }

  /// Columns of the samples; nil for what the terminal does not tell, and nil altogether where
  /// there is no terminal or it does not answer.
  ///
  /// It is the controlling terminal, wherever standard output goes. Not for when curses has the
  /// screen.
  public static func widths(isRemote: Bool) -> [Int?]? {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    // Who sets modes from the background is stopped for it.
    guard tcgetpgrp(terminal) == getpgrp(), tcgetattr(terminal, &before) == 0 else { return nil }
    // Signals wait until the modes are back.
    let hangup = signal(SIGHUP, SIG_IGN)
    let signals = Signals()
    signals?.start()
    signals?.arm(input: terminal, output: terminal, bytes: [], modes: before)
    var raw = before
    cfmakeraw(&raw)
    tcsetattr(terminal, TCSAFLUSH, &raw)
    let widths = measure(terminal, Int32(patience(isRemote: isRemote) / .milliseconds(1)))
    tcsetattr(terminal, TCSAFLUSH, &before)
    signals?.disarm()
    signals?.stop()
    signal(SIGHUP, hangup)
    obey(signals?.drain() ?? [])
    return widths
  }

  private static func measure(_ terminal: Int32, _ patience: Int32) -> [Int?]? {
    Outlet.write(position, terminal)
    var (rows, columns): (Int32, Int32) = (24, 80)
    _ = curses_terminal_size(terminal, &rows, &columns)
    // Nothing is drawn before the first answer, nor where a sample would go on in the next row.
    guard let start = answer(terminal, patience),
      start + TerminalProbe.sampleRoom <= Int(columns)
    else { return nil }
    var widths: [Int?] = []
    for sample in TerminalProbe.drawnSamples {
      Outlet.write(question(sample), terminal)
      guard let column = answer(terminal, patience) else { break }
      widths.append(column - start)
    }
    return widths + Array(repeating: Int?.none, count: TerminalProbe.samples.count - widths.count)
  }

  /// The column of the next report; what else is typed meanwhile is dropped.
  private static func answer(_ terminal: Int32, _ patience: Int32) -> Int? {
    let end = ContinuousClock.now + .milliseconds(Int(patience))
    var report = CursorReport()
    while let byte = byte(terminal, until: end) {
      switch report.read(byte) {
      case .more: continue
      case .whole(_, let column): return column
      case .broken:
        report = CursorReport()
        _ = report.read(byte)
      }
    }
    return nil
  }

  /// The next byte from a terminal; nil when none comes in time, or none any more.
  static func byte(_ terminal: Int32, until end: ContinuousClock.Instant) -> UInt8? {
    while true {
      let rest = end - ContinuousClock.now
      guard rest > .zero else { return nil }
      var event = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      let count = poll(&event, 1, Int32(rest / .milliseconds(1)) + 1)
      // A window that changes its size interrupts it.
      if count < 0, errno == EINTR { continue }
      var byte: UInt8 = 0
      return count > 0 && read(terminal, &byte, 1) == 1 ? byte : nil
    }
  }

  /// Lets the signals that waited do what they do.
  private static func obey(_ names: Set<Signals.Name>) {
    if names.contains(.hangup) { raise(SIGHUP) }
    if names.contains(.terminate) { raise(SIGTERM) }
    if names.contains(.stop) { raise(SIGTSTP) }
  }
}
