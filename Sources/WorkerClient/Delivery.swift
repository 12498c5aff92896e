internal import WorkerAPI

/// One answer on its way from the loop's thread to the task that asked; the lock guards it.
///
/// Every method says what to wake, and the caller does so after it has let go of the lock. The
/// value lets go of a continuation in the same step in which it hands it out, so that each is
/// resumed once.
struct Delivery {
  typealias HeadReply = Result<TransportHead, TransportError>
  typealias ChunkReply = Result<[UInt8]?, TransportError>

  /// How much of a body may wait here.
  enum Bound {
    /// The whole body, handed over at its end; a byte more than this fails with `.tooLarge`.
    case whole(Int)
    /// Chunks, handed over as they come. A chunk that would pass this many bytes is refused and
    /// the sender held up; one chunk, at most 16 KiB, is always taken.
    case window(Int)
  }

  enum Verdict {
    case taken
    /// Offer the same bytes again after `pull` has asked for more.
    case refused
    /// Nobody wants this answer any more.
    case unwanted
  }

  /// A continuation with what it is to be resumed with.
  enum Wake {
    case head(CheckedContinuation<HeadReply, Never>, HeadReply)
    case chunk(CheckedContinuation<ChunkReply, Never>, ChunkReply)

    func callAsFunction() {
      switch self {
      case .head(let continuation, let reply): continuation.resume(returning: reply)
      case .chunk(let continuation, let reply): continuation.resume(returning: reply)
      }
    }
  }

  private let bound: Bound
  private var head: TransportHead?
  private var body: [UInt8] = []
  private var ending: Result<Void, TransportError>?
  private var isHeldUp = false
  private var headWaiter: CheckedContinuation<HeadReply, Never>?
  private var chunkWaiter: CheckedContinuation<ChunkReply, Never>?

  init(bound: Bound) { self.bound = bound }

  /// The transfer is over, or on its way out of the loop.
  var hasEnded: Bool { ending != nil }

  // MARK: From the loop

  mutating func received(_ head: TransportHead) -> Wake? {
    guard ending == nil else { return nil }
    self.head = head
    if case .whole(let limit) = bound, let length = head["content-length"].flatMap(Int.init) {
      // Not touched before it is filled, so that a length that is a lie costs nothing.
      body.reserveCapacity(min(max(0, length), limit))
    }
    return headWaiter.take().map { .head($0, .success(head)) }
  }

  mutating func received(_ bytes: UnsafeRawBufferPointer) -> (Verdict, Wake?) {
    guard ending == nil else { return (.unwanted, nil) }
    switch bound {
    case .whole(let limit):
      guard body.count + bytes.count <= limit else {
        return (.unwanted, end(.failure(.tooLarge(limit: limit))))
      }
      body.append(contentsOf: bytes)
      return (.taken, nil)
    case .window(let limit):
      guard body.isEmpty || body.count + bytes.count <= limit else {
        isHeldUp = true
        return (.refused, nil)
      }
      body.append(contentsOf: bytes)
      guard let waiter = chunkWaiter.take() else { return (.taken, nil) }
      return (.taken, .chunk(waiter, .success(takeBody())))
    }
  }

  /// The transfer is over; a later ending than the first is not heard.
  mutating func end(_ result: Result<Void, TransportError>) -> Wake? {
    guard ending == nil else { return nil }
    ending = result
    if case .failure(.cancelled) = result { body = [] }
    if case (.failure, .whole) = (result, bound) { body = [] }
    isHeldUp = false
    if let waiter = headWaiter.take() {
      return .head(waiter, headReply() ?? .failure(.broken("no answer")))
    }
    return chunkWaiter.take().map { .chunk($0, chunkReply() ?? .success(nil)) }
  }

  // MARK: From the task

  mutating func awaitHead(_ waiter: CheckedContinuation<HeadReply, Never>) -> Wake? {
    guard headWaiter == nil, let reply = headReply() else {
      if headWaiter != nil { return .head(waiter, .failure(.cancelled)) }
      headWaiter = waiter
      return nil
    }
    return .head(waiter, reply)
  }

  /// `resumes` tells that the sender is held up and may now go on.
  mutating func pull(
    _ waiter: CheckedContinuation<ChunkReply, Never>
  ) -> (wake: Wake?, resumes: Bool) {
    // The port allows one reader at a time; a second one is turned away, not left to hang.
    guard chunkWaiter == nil else { return (.chunk(waiter, .failure(.cancelled)), false) }
    let resumes = isHeldUp
    isHeldUp = false
    guard let reply = chunkReply() else {
      chunkWaiter = waiter
      return (nil, resumes)
    }
    return (.chunk(waiter, reply), resumes)
  }

  /// Nil while there is nothing to say yet.
  private func headReply() -> HeadReply? {
    if case .failure(let error) = ending { return .failure(error) }
    if let head { return .success(head) }
    return ending.map { _ in .failure(.broken("no answer")) }
  }

  private mutating func chunkReply() -> ChunkReply? {
    let isWhole = if case .whole = bound { true } else { false }
    if !body.isEmpty, !isWhole || ending != nil { return .success(takeBody()) }
    return ending.map { $0.map { nil } }
  }

  private mutating func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }
}
