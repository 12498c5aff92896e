import Dispatch
import Glibc

/// Says which files of a folder were written, inotify(7); what comes within a quarter of a second
/// is said at once.
public struct FolderWatch: Sendable {
  public enum Event: Hashable, Sendable {
    case written, created
    /// A file took the place of another, as editors save.
    case replaced, removed

    fileprivate var mask: UInt32 {
      switch self {
      case .written: UInt32(IN_MODIFY)
      case .created: UInt32(IN_CREATE)
      case .replaced: UInt32(IN_MOVED_TO)
      case .removed: UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM)
      }
    }
  }

  /// Microseconds.
  private static let pause: UInt32 = 250_000
  /// The end of a pipe that is closed when the watch is over.
  private let stop: Int32

  /// Nil where the system watches no more folders; `heard` is called on a thread of its own.
  public init?(
    _ folder: String, events: Set<Event> = [.written, .created],
    heard: @escaping @Sendable (Set<String>) -> Void
  ) {
    let file = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    var ends: [Int32] = [-1, -1]
    guard file >= 0, pipe(&ends) == 0,
      inotify_add_watch(file, folder, events.reduce(UInt32(0)) { $0 | $1.mask }) >= 0
    else {
      for descriptor in [file] + ends where descriptor >= 0 { close(descriptor) }
      return nil
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stop = ends[1]
    let stopped = ends[0]
    DispatchQueue(label: "signalbox.watch").async {
      while Self.waits(for: file, until: stopped) {
        // Nothing is read for a moment, so that a burst of writes is one event.
        usleep(Self.pause)
        let names = Self.names(in: file)
        if !names.isEmpty { heard(names) }
      }
      close(file)
      close(stopped)
    }
  }

  /// Belongs once.
  public func end() { close(stop) }

  /// False when the end was asked for.
  private static func waits(for file: Int32, until stopped: Int32) -> Bool {
    var polls = [file, stopped].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while poll(&polls, 2, -1) < 0 {
      guard errno == EINTR else { return false }
    }
    return polls[1].revents == 0
  }

  /// The files of the events that wait to be read.
  private static func names(in file: Int32) -> Set<String> {
    var names: Set<String> = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count > 0 else { return names }
      var place = 0
      // An event is four 32-bit words, the last of them the length of the name that follows.
      while place + 16 <= count {
        let length = buffer.withUnsafeBytes {
          Int($0.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
        }
        let name = buffer[min(place + 16, count)..<min(place + 16 + length, count)]
        names.insert(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        place += 16 + length
      }
    }
  }
}
