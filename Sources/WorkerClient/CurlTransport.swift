import Synchronization
public import WorkerAPI

/// HTTP over libcurl: one thread, any number of requests and streams at once.
///
/// It closes by itself when the last reference to it and to its streams is gone.
public final class CurlTransport: Transport {
  public var endpoint: Endpoint { current.withLock { $0 } }
  private let current: Mutex<Endpoint>
  private let loop = CurlLoop()

  public init(endpoint: Endpoint) { current = Mutex(endpoint) }

  /// Sends another key from the next request on; what is open goes on with the one before. Throws
  /// `EndpointError`, and then the key stays.
  public func renew(key: String) throws(EndpointError) {
    try current.withLock { (endpoint) throws(EndpointError) in
      endpoint = try endpoint.with(key: key)
    }
  }

  deinit { loop.close() }

  /// Ends every request with `.cancelled`, those of the future too, and the thread.
  public func close() { loop.close() }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let ticket = try start(Order(request, kind: .whole, endpoint: endpoint))
    let head = try await ticket.head()
    let body = try await ticket.next()
    return TransportResponse(head: head, body: body ?? [])
  }

  public func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    let ticket = try start(Order(request, kind: .stream, endpoint: endpoint))
    let head = try await ticket.head()
    return TransportStream(
      head: head,
      next: { () async throws(TransportError) in try await ticket.next() },
      cancel: { ticket.cancel() })
  }

  /// A task that is cancelled already sends nothing: the answer could come before the cancelling.
  private func start(_ order: Order) throws(TransportError) -> Ticket {
    guard !Task.isCancelled else { throw .cancelled }
    return Ticket(id: try loop.start(order), loop: loop, transport: self)
  }
}

/// One reader's hold on one transfer: when it is dropped, so is the transfer.
private final class Ticket: Sendable {
  let id: CurlLoop.ID
  let loop: CurlLoop
  /// Keeps the loop running for as long as somebody reads.
  let transport: CurlTransport

  init(id: CurlLoop.ID, loop: CurlLoop, transport: CurlTransport) {
    self.id = id
    self.loop = loop
    self.transport = transport
  }

  deinit { loop.forget(id) }

  func cancel() { loop.cancel(id) }

  func head() async throws(TransportError) -> TransportHead {
    let reply = await withTaskCancellationHandler {
      await withCheckedContinuation { loop.awaitHead(id, $0) }
    } onCancel: {
      cancel()
    }
    return try reply.get()
  }

  func next() async throws(TransportError) -> [UInt8]? {
    let reply = await withTaskCancellationHandler {
      await withCheckedContinuation { loop.pull(id, $0) }
    } onCancel: {
      cancel()
    }
    return try reply.get()
  }
}
