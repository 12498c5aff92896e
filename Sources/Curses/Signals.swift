import CSignals
import Glibc

/// Signals as bytes in a pipe, and what a crash leaves behind.
struct Signals {
  enum Name: Hashable, Sendable {
    case resize, terminate, hangup, stop, `continue`
  }

  /// The end of the pipe that becomes readable with every signal.
  let reader: Int32
  private let writer: Int32

  /// Nil when the process has no descriptors left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    reader = ends[0]
    writer = ends[1]
  }

  func start() { signals_forward_to(writer) }

  /// Leaves the signals to their default actions; SIGHUP does nothing from then on.
  func stop() { signals_release() }

  /// What arrived since the last call, each name once; a burst of one signal is one signal.
  func drain() -> Set<Name> {
    var names: Set<Name> = []
    signals_expire(false)
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(reader, &bytes, bytes.count)
      guard count > 0 else { return names }
      for byte in bytes[..<count] {
        switch Int32(byte) {
        case SIGWINCH: names.insert(.resize)
        case SIGTERM, SIGINT: names.insert(.terminate)
        case SIGHUP: names.insert(.hangup)
        case SIGTSTP: names.insert(.stop)
        case SIGCONT: names.insert(.continue)
        default: break
        }
      }
    }
  }

  /// Gives the terminal back; where the program was told to end and the terminal takes nothing for
  /// 0.8 seconds, it ends without that.
  func giveUpIfStuck(_ work: () -> Void) {
    if signals_were_told() { signals_expire(true) }
    work()
    signals_expire(false)
  }

  /// Takes the signals of crashes: the terminal gets these bytes and modes, then the signal acts.
  func arm(input: Int32, output: Int32, bytes: [UInt8], modes: termios?) {
    bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      if var modes {
        signals_arm(input, output, start, buffer.count, &modes)
      } else {
        signals_arm(input, output, start, buffer.count, nil)
      }
    }
  }

  func disarm() { signals_disarm() }

  /// Stops the process group and returns when it goes on.
  func stopGroup() { signals_stop_group() }
}
