public import WorkerAPI

/// Answers from a recording, at the times at which it was answered then.
///
/// A request gets the newest answer that its target had been given by now, the first one when none
/// had come yet, and 501 when there is none. Streams are handed out in the order of the recording,
/// the last one again and again, and what they had brought by now comes at once. Nothing can be
/// sent: whatever is not a GET is answered 405.
public actor ReplayTransport: Transport {
  private let recording: Recording
  private let clock: any Clock<Duration>
  private let elapsed: @Sendable () -> Double
  /// Answers and streams by target, each in the order of the recording.
  private let answers: [String: [Int]]
  private let streams: [String: [Int]]
  private var handedOut: [String: Int] = [:]

  /// `elapsed` gives seconds of the recording, and `clock` sleeps them.
  public init(
    _ recording: Recording, clock: any Clock<Duration>, elapsed: @escaping @Sendable () -> Double
  ) {
    self.recording = recording
    self.clock = clock
    self.elapsed = elapsed
    var answers: [String: [Int]] = [:]
    var streams: [String: [Int]] = [:]
    for (index, exchange) in recording.exchanges.enumerated() where exchange.method == .get {
      if exchange.target.hasSuffix("/stream") {
        streams[exchange.target, default: []].append(index)
      } else if exchange.endAt.isFinite, exchange.end != .cancelled {
        answers[exchange.target, default: []].append(index)
      }
    }
    self.answers = answers
    self.streams = streams
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let stream = try await open(request)
    var body: [UInt8] = []
    while let chunk = try await stream.next() {
      guard body.count + chunk.count <= request.bodyLimit else {
        throw .tooLarge(limit: request.bodyLimit)
      }
      body += chunk
    }
    return TransportResponse(head: stream.head, body: body)
  }

  public func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    guard request.method == .get else {
      return refusal(405, "this is a recording: nothing is sent")
    }
    let target = request.target.text
    if let indices = streams[target] {
      let place = handedOut[target] ?? 0
      handedOut[target] = place + 1
      let next = place + 1 < indices.count ? recording.exchanges[indices[place + 1]].askedAt : nil
      return try await play(indices[min(place, indices.count - 1)], until: next)
    }
    guard let indices = answers[target], let first = indices.first else {
      return refusal(501, "this recording has no answer to it")
    }
    let now = elapsed()
    return try await play(
      indices.last { recording.exchanges[$0].endAt <= now } ?? first, until: nil)
  }

  private func play(
    _ index: Int, until next: Double?
  ) async throws(TransportError) -> TransportStream {
    let stream = ReplayStream(
      recording, recording.exchanges[index], until: next, clock: clock, elapsed: elapsed)
    return TransportStream(
      head: try await stream.head(),
      next: { () async throws(TransportError) in try await stream.next() },
      cancel: { Task { await stream.cancel() } })
  }

  private func refusal(_ status: Int, _ sentence: String) -> TransportStream {
    let body: JSON = ["error": .string(sentence)]
    let (chunks, feed) = AsyncStream.makeStream(of: [UInt8].self)
    feed.yield(body.bytes)
    feed.finish()
    return TransportStream(
      head: TransportHead(
        status: status, headers: [HTTPHeader("content-type", "application/json")]),
      next: { () async throws(TransportError) in await chunks.first { _ in true } }, cancel: {})
  }
}
