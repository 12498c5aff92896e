import CNcurses
import Canvas

/// How wide the terminal draws, asked while curses has the screen.
extension Terminal {
  /// Columns of the samples of `TerminalProbe`, nil for each that the terminal did not tell in
  /// time, and nil altogether where it cannot be asked.
  ///
  /// Without a limit it is half a second, and more over SSH. Keys are read meanwhile.
  public func sampleWidths(within limit: Duration? = nil) async -> [Int?]? {
    guard isClaimed, !isFresh, isUnicode, speaksANSI, size.rows > 1,
      size.columns >= TerminalProbe.sampleRoom
    else { return nil }
    // Answers to an earlier question that are still on their way would be taken for new ones.
    if !reader.reports.isAwaited(at: .now) { askWidths() }
    let limit = limit ?? CursorProbe.patience(isRemote: isRemote)
    let until = ContinuousClock.now + limit
    Input.later(until) { [weak self] in self?.settleWidths(at: until) }
    await withCheckedContinuation { widthWaiters.append((until: until, continuation: $0)) }
    let columns = reader.reports.columns
    return TerminalProbe.samples.indices.map { $0 < columns.count ? columns[$0] - 1 : nil }
  }

  /// Lets those go on who have all answers, or no time left.
  func settleWidths(at now: ContinuousClock.Instant) {
    guard !widthWaiters.isEmpty else { return }
    let isOver = !reader.reports.isAwaited(at: now)
    let ready = widthWaiters.filter { isOver || $0.until <= now }
    widthWaiters.removeAll { isOver || $0.until <= now }
    for waiter in ready { waiter.continuation.resume() }
  }

  /// Waits a moment for what the terminal still has to answer: it would be typed into the shell.
  ///
  /// Keys that come in between are dropped: whoever pressed them has left.
  func takeOwedReports() {
    let end = ContinuousClock.now + Self.farewellWait
    while reader.reports.isAwaited(at: .now), let byte = CursorProbe.byte(input, until: end) {
      _ = reader.reports.take([.byte(byte)], at: .now)
    }
  }

  /// More would be noticed, and a lost terminal has to be left within a second.
  private static let farewellWait = Duration.milliseconds(400)

  /// Draws the samples at the beginning of the last row and that row over them, in one write:
  /// nobody sees them.
  private func askWidths() {
    guard let outlet, let window = curses_screen_window() else { return }
    let row = size.rows
    var bytes = takeAsides() + Array("\u{1B}7".utf8)
    for sample in TerminalProbe.drawnSamples {
      bytes += Array("\u{1B}[\(row);1H\(sample)\u{1B}[6n".utf8)
    }
    bytes += Array("\u{1B}8".utf8)
    reader.reports.expect(TerminalProbe.samples.count, at: .now)
    linked = linked.filter { $0.at.y != row - 1 }
    _ = outlet.collect(bytes) {
      wredrawln(window, Int32(row - 1), 1)
      wnoutrefresh(window)
      doupdate()
    }
  }
}
