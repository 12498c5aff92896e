import WorkerAPI

/// Gives the pages back that reading a long answer took.
///
/// A long conversation comes whole with each answer, and its values are many times as large for a
/// moment; the allocator would keep the most that was ever needed at once.
struct TidyTransport: Transport {
  /// Bytes of an answer from which reading it leaves pages worth giving back.
  private static let large = 256 << 10

  private let base: any Transport
  private let broom = Broom()

  init(_ base: any Transport) { self.base = base }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let response = try await base.send(request)
    if response.body.count >= Self.large { await broom.sweepSoon() }
    return response
  }

  func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    try await base.open(request)
  }
}

/// Sweeps once for all answers of some seconds; nothing waits while none come.
private actor Broom {
  /// Time in which an answer is read and its values are let go.
  private static let pause = Duration.seconds(2)

  private var isDue = false

  func sweepSoon() {
    guard !isDue else { return }
    isDue = true
    Task {
      try? await Task.sleep(for: Self.pause)
      isDue = false
      await Allocator.trim()
    }
  }
}
