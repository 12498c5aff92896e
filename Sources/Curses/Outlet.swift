import CNcurses
import Glibc

/// Makes one write of what curses writes for one frame.
///
/// Curses writes to the terminal at every jump of the cursor, dozens of times a frame, so while it
/// draws, its descriptor leads to a file in memory. Where there is no such file it writes itself.
struct Outlet {
  /// Long frames are wrapped so that a terminal which can shows them at once; shorter ones fit in
  /// a packet anyway.
  static let wrapThreshold = 256

  private static let begin = Array("\u{1B}[?2026h".utf8)
  private static let end = Array("\u{1B}[?2026l".utf8)

  /// The descriptor that curses writes to.
  let descriptor: Int32
  let terminal: Int32
  let wraps: Bool
  private let memory = curses_memory_file()

  /// Answers how many bytes there were, 0 where curses wrote them itself, and how many seconds the
  /// terminal took to take them.
  ///
  /// `asides` go out in the same write.
  func collect(_ asides: [UInt8] = [], _ draw: () -> Void) -> (bytes: Int, wait: Double) {
    guard memory >= 0, dup2(memory, descriptor) >= 0 else {
      Self.write(asides, terminal)
      draw()
      return (0, 0)
    }
    draw()
    dup2(terminal, descriptor)
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else {
      Self.write(asides, terminal)
      return (asides.count, 0)
    }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = pread(memory, &bytes, count, 0)
    lseek(memory, 0, SEEK_SET)
    ftruncate(memory, 0)
    bytes.removeLast(count - max(0, got))
    let start = ContinuousClock.now
    let frame = wraps && count > Self.wrapThreshold ? Self.begin + bytes + Self.end : bytes
    Self.write(asides + frame, terminal)
    return (asides.count + count, (ContinuousClock.now - start) / .seconds(1))
  }

  /// Writes everything, waiting where the terminal is slow; gives up when it is gone.
  static func write(_ bytes: [UInt8], _ descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard Glibc.poll(&poll, 1, -1) > 0, poll.revents & Int16(POLLERR | POLLHUP) == 0 else {
          return
        }
      } else if errno != EINTR {
        return
      }
    }
  }
}
