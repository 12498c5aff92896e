internal import Synchronization

/// A clock that stands still until a test advances it.
public final class ManualClock: Clock {
  public struct Instant: InstantProtocol {
    /// Time since the clock was made.
    public var offset: Duration

    public init(offset: Duration = .zero) { self.offset = offset }

    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
  }

  private struct Sleeper {
    var number: Int
    var deadline: Instant
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Instant()
    var started = 0
    var sleepers: [Sleeper] = []
    /// Sleeps that were cancelled before they began.
    var cancelled: Set<Int> = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  public init() {}

  public var now: Instant { state.withLock { $0.now } }
  public var minimumResolution: Duration { .nanoseconds(1) }
  /// Seconds since the clock was made.
  public var seconds: Double { now.offset / .seconds(1) }

  /// What is left of every sleep, in seconds, the shortest first.
  public var sleeps: [Double] {
    state.withLock { state in
      state.sleepers.map { state.now.duration(to: $0.deadline) / .seconds(1) }.sorted()
    }
  }

  /// Moves on by so many seconds and wakes who is due, the earliest first.
  public func advance(by seconds: Double) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: .seconds(seconds))
      let due = state.sleepers.filter { $0.deadline <= state.now }
      state.sleepers.removeAll { $0.deadline <= state.now }
      return due.sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// Returns as soon as so many sleep.
  public func sleeping(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.sleepers.count == count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }

  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    let number = state.withLock { state in
      state.started += 1
      return state.started
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        begin(Sleeper(number: number, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      cancel(number)
    }
  }

  private func begin(_ sleeper: Sleeper) {
    let isCancelled = state.withLock { state -> Bool? in
      if state.cancelled.remove(sleeper.number) != nil { return true }
      if sleeper.deadline <= state.now { return false }
      state.sleepers.append(sleeper)
      return nil
    }
    switch isCancelled {
    case true?: sleeper.continuation.resume(throwing: CancellationError())
    case false?: sleeper.continuation.resume()
    case nil: wakeWatchers()
    }
  }

  private func cancel(_ number: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else {
        state.cancelled.insert(number)
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
    wakeWatchers()
  }

  private func wakeWatchers() {
    let woken = state.withLock { state in
      let count = state.sleepers.count
      let woken = state.watchers.filter { $0.count == count }
      state.watchers.removeAll { $0.count == count }
      return woken
    }
    for watcher in woken { watcher.continuation.resume() }
  }
}
