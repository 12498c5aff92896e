import Dispatch

/// Watches a descriptor and calls on the main queue when there is something to read.
///
/// This file is nonisolated and its handlers are `@Sendable`: a handler that inherited the main
/// actor would compile and stop the program at the first key.
final class Input {
  private let source: any DispatchSourceRead

  init(descriptor: Int32, ready: @escaping @MainActor @Sendable () -> Void) {
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { @Sendable in
      MainActor.assumeIsolated { ready() }
    }
    source.activate()
  }

  func cancel() {
    source.cancel()
  }

  deinit {
    source.cancel()
  }

  /// Calls once after a moment.
  static func later(
    _ moment: ContinuousClock.Instant, _ body: @escaping @MainActor @Sendable () -> Void
  ) {
    let (seconds, attoseconds) = (moment - ContinuousClock.now).components
    let nanoseconds = max(0, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    DispatchQueue.main.asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) {
      @Sendable in
      MainActor.assumeIsolated { body() }
    }
  }
}
