internal import CCurl
internal import Synchronization
internal import WorkerAPI

/// What the tasks that ask and the thread that transfers have in common, behind one lock.
///
/// Only the thread touches libcurl's handles; a task leaves a command and wakes it. Of each
/// transfer at most one `start`, one `resume` and one `stop` can be waiting, so that the queue is
/// bounded by the number of requests.
final class CurlLoop: Sendable {
  typealias ID = UInt64

  enum Command {
    case start(ID, Order)
    /// Offer again what was refused.
    case resume(ID)
    case stop(ID)
  }

  private enum Phase { case idle, running, closed }

  private struct Shared {
    var phase = Phase.idle
    /// Nil before the thread has made it and after it has destroyed it.
    var multi: UnsafeMutableRawPointer?
    var commands: [Command] = []
    var deliveries: [ID: Delivery] = [:]
    var lastID: ID = 0

    /// The one libcurl function that any thread may call; the lock keeps the handle alive.
    func wake() {
      if let multi { curl_multi_wakeup(multi) }
    }

    /// The first command wakes the thread; it takes all that have gathered since.
    mutating func leave(_ command: Command) {
      guard phase == .running else { return }
      commands.append(command)
      if commands.count == 1 { wake() }
    }
  }

  private let shared = Mutex(Shared())

  // MARK: From tasks

  /// Queues a request, and starts the thread with the first one.
  func start(_ order: Order) throws(TransportError) -> ID {
    let result: Result<ID, TransportError> = shared.withLock { shared in
      switch shared.phase {
      case .closed: return .failure(.cancelled)
      case .running: break
      case .idle:
        guard LoopThread.start(self) else {
          return .failure(.unreachable("the system refused another thread"))
        }
        shared.phase = .running
      }
      shared.lastID += 1
      shared.deliveries[shared.lastID] = Delivery(bound: order.bound)
      shared.leave(.start(shared.lastID, order))
      return .success(shared.lastID)
    }
    return try result.get()
  }

  func awaitHead(_ id: ID, _ waiter: CheckedContinuation<Delivery.HeadReply, Never>) {
    let wake = shared.withLock { shared in
      shared.deliveries[id, default: Self.lost].awaitHead(waiter)
    }
    wake?()
  }

  func pull(_ id: ID, _ waiter: CheckedContinuation<Delivery.ChunkReply, Never>) {
    let wake = shared.withLock { shared in
      let (wake, resumes) = shared.deliveries[id, default: Self.lost].pull(waiter)
      if resumes { shared.leave(.resume(id)) }
      return wake
    }
    wake?()
  }

  /// Answers who waits at once; the thread closes the connection a moment later.
  func cancel(_ id: ID) {
    let wake: Delivery.Wake? = shared.withLock { shared in
      guard shared.deliveries[id]?.hasEnded == false else { return nil }
      shared.leave(.stop(id))
      return shared.deliveries[id]?.end(.failure(.cancelled))
    }
    wake?()
  }

  /// The reader is gone.
  func forget(_ id: ID) {
    shared.withLock { shared in
      guard let delivery = shared.deliveries.removeValue(forKey: id), !delivery.hasEnded
      else { return }
      shared.leave(.stop(id))
    }
  }

  /// Ends what goes on with this error; what comes later is cancelled.
  func close(_ error: TransportError = .cancelled) {
    let wakes = shared.withLock { shared in
      shared.phase = .closed
      shared.wake()
      return shared.deliveries.keys.compactMap { shared.deliveries[$0]?.end(.failure(error)) }
    }
    for wake in wakes { wake() }
  }

  /// Stands in for a delivery that is no longer known: it has been cancelled.
  private static var lost: Delivery {
    var delivery = Delivery(bound: .window(0))
    _ = delivery.end(.failure(.cancelled))
    return delivery
  }

  // MARK: From the thread

  func adopt(_ multi: UnsafeMutableRawPointer) {
    // The pointer crosses into the lock as a number because a raw pointer is not Sendable.
    let address = UInt(bitPattern: multi)
    shared.withLock { $0.multi = UnsafeMutableRawPointer(bitPattern: address) }
  }

  /// After this nobody wakes the thread any more.
  func disown() {
    shared.withLock {
      $0.multi = nil
      $0.commands = []
    }
  }

  /// Everything that is to be done; nil once closed.
  func takeCommands() -> [Command]? {
    shared.withLock { shared in
      guard shared.phase != .closed else { return nil }
      defer { shared.commands = [] }
      return shared.commands
    }
  }

  func received(_ head: TransportHead, for id: ID) {
    let wake = shared.withLock { $0.deliveries[id]?.received(head) }
    wake?()
  }

  func received(_ bytes: UnsafeRawBufferPointer, for id: ID) -> Delivery.Verdict {
    let (verdict, wake) = shared.withLock { shared in
      shared.deliveries[id]?.received(bytes) ?? (.unwanted, nil)
    }
    wake?()
    return verdict
  }

  func ended(_ result: Result<Void, TransportError>, for id: ID) {
    let wake = shared.withLock { $0.deliveries[id]?.end(result) }
    wake?()
  }
}
