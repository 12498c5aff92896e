import Support
import Synchronization

/// A clock on which every sleep is over at once; it remembers how long each would have been.
final class QuickClock: Clock {
  typealias Instant = ManualClock.Instant

  private let slept = Mutex<[Double]>([])

  /// Seconds.
  var sleeps: [Double] { slept.withLock { $0 } }
  let now = Instant()
  let minimumResolution = Duration.nanoseconds(1)

  func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    slept.withLock { $0.append(deadline.offset / .seconds(1)) }
  }
}
