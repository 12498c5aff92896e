import CNcurses
public import Canvas
import Glibc

extension Terminal {
  /// Codes that one look at the keyboard takes; what is left waits for the next look.
  static let drainLimit = 1 << 16

  public func listen(_ handler: @escaping @MainActor ([Event]) -> Void) {
    self.handler = handler
  }

  public func suspend() {
    guard isClaimed, let signals else { return }
    giveBack()
    signals.stopGroup()
    var names = signals.drain()
    names.remove(.continue)
    reclaim()
    // Later, because whoever asked for this is still busy with the key.
    Input.later(.now) { [weak self] in self?.deliver([.resumed] + (self?.events(of: names) ?? [])) }
  }

  func watch() {
    guard let signals else { return }
    sources = [
      Input(descriptor: input) { [weak self] in self?.readKeys() },
      Input(descriptor: signals.reader) { [weak self] in self?.readSignals() },
    ]
  }

  /// Takes the size that the terminal says it has.
  func measure() {
    var (rows, columns) = (curses_lines(), curses_columns())
    if curses_terminal_size(output, &rows, &columns)
      || curses_terminal_size(input, &rows, &columns),
      rows != curses_lines() || columns != curses_columns()
    {
      resizeterm(rows, columns)
    }
    size = Size(columns: Int(curses_columns()), rows: Int(curses_lines()))
  }

  func readKeys() {
    guard isClaimed else { return }
    var codes: [Code] = []
    var count = 0
    while count < Self.drainLimit {
      let number = wgetch(keyboard)
      guard curses_succeeded(number) else { break }
      count += 1
      if let code = KeyCodes.code(number) { codes.append(code) }
    }
    var events = reader.read(codes, at: .now)
    settleWidths(at: .now)
    if count == 0, isGone {
      // A descriptor at its end is readable for ever.
      sources.first?.cancel()
      events.append(.hangup)
    }
    deliver(events)
    schedule()
  }

  func deliver(_ events: [Event]) {
    if !events.isEmpty { handler?(events) }
  }

  private func schedule() {
    for deadline in reader.deadlines {
      Input.later(deadline) { [weak self] in
        guard let self else { return }
        deliver(reader.expire(at: .now))
      }
    }
  }

  /// Readable with nothing to read: the other end is closed.
  private var isGone: Bool {
    var poll = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, 0) > 0 else { return false }
    let gone = Int16(POLLHUP | POLLERR | POLLNVAL)
    return poll.revents & gone != 0 || curses_bytes_waiting(input) <= 0
  }

  func readSignals() {
    guard let signals else { return }
    let names = signals.drain()
    guard isClaimed else {
      // The program that has the terminal sees to its size and to ctrl-z by itself.
      if child != nil { deliver(events(of: names.intersection([.terminate, .hangup]))) }
      return
    }
    deliver(events(of: names))
    if names.contains(.stop) {
      suspend()
    } else if names.contains(.continue) {
      // Somebody stopped us without a word and the shell has set modes of its own.
      reclaim()
      deliver([.resumed])
    }
  }

  func events(of names: Set<Signals.Name>) -> [Event] {
    var events: [Event] = []
    if names.contains(.resize) {
      measure()
      shown = nil
      curses_set_clear(curses_screen_window(), true)
      events.append(.resize(size))
    }
    if names.contains(.terminate) { events.append(.terminate) }
    if names.contains(.hangup) { events.append(.hangup) }
    return events
  }
}
