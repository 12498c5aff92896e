import Dispatch
import Glibc

/// SIGTERM and SIGINT as a call, for a program that ends in good order; a second signal ends it at once.
struct StopSignals {
  private static let numbers = [SIGTERM, SIGINT]
  private let sources: [any DispatchSourceSignal]

  init(_ stop: @escaping @Sendable () -> Void) {
    sources = Self.numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { @Sendable in
        for number in Self.numbers { signal(number, SIG_DFL) }
        stop()
      }
      source.activate()
      return source
    }
  }

  /// Gives the signals back to the system.
  func release() {
    for source in sources { source.cancel() }
    for number in Self.numbers { signal(number, SIG_DFL) }
  }
}
