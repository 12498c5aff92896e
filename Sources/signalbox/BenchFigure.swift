import FoundationEssentials
import Glibc

/// One measured number.
struct BenchFigure {
  var name: String
  var value: Double
  var unit: String
  /// Digits after the point.
  var digits = 0

  /// `name value unit`, for people and for scripts.
  var line: String {
    let scale = pow(10, Double(digits))
    let rounded = (value * scale).rounded() / scale
    return "\(name) \(digits == 0 ? String(Int(rounded)) : String(rounded)) \(unit)"
  }
}

/// What this process has used so far.
struct ProcessUse {
  /// Seconds of processor time, of all threads, in user and kernel mode.
  var processor: Double
  /// Seconds on a clock that nobody sets.
  var clock: Double
  /// The most memory held at any moment, in bytes.
  var peakMemory: Int

  static var now: ProcessUse {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return ProcessUse(
      processor: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      clock: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9, peakMemory: usage.ru_maxrss << 10)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
