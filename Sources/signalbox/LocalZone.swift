import Fleet
import Glibc

extension Zone {
  /// The zone of the machine, from TZ or /etc/localtime, by the C library's rules.
  static let local: Zone = {
    tzset()
    return Zone { moment in
      var seconds = time_t(moment.rounded(.down))
      var parts = tm()
      guard localtime_r(&seconds, &parts) != nil else { return (0, "UTC") }
      return (parts.tm_gmtoff, parts.tm_zone.map { String(cString: $0) } ?? "")
    }
  }()
}

/// Seconds since 1970 by the clock of the machine.
@Sendable
func wallClock() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
