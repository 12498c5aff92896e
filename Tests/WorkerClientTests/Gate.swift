import Dispatch
import Synchronization

/// Holds a server's thread until a test, or the last of so many threads, opens it.
final class Gate: Sendable {
  struct Timeout: Error {}

  private let semaphore = DispatchSemaphore(value: 0)
  private let missing: Mutex<Int>

  /// With a count, the gate opens by itself when so many threads stand before it.
  init(count: Int = .max) { missing = Mutex(count) }

  func open(times: Int = 1) { for _ in 0..<times { semaphore.signal() } }

  /// Gives up after 20 seconds.
  func pass() throws {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    if isLast { semaphore.signal() }
    guard semaphore.wait(timeout: .now() + 20) == .success else { throw Timeout() }
    // With a count, each one that passes lets the next one through.
    if missing.withLock({ $0 <= 0 }) { semaphore.signal() }
  }
}
