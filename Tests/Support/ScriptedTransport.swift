internal import Synchronization
public import WorkerAPI

/// A transport without a network: a script answers, and every request is remembered in order.
public final class ScriptedTransport: Transport {
  /// What a request meets.
  public enum Reply: Sendable {
    case answer(TransportResponse)
    case failure(TransportError)
    /// Comes when the test says so; also the way to script a stream.
    case stream(ScriptedStream)

    /// An answer with a text as body, JSON unless said otherwise.
    public static func text(
      _ body: String, status: Int = 200, type: String = "application/json"
    ) -> Reply {
      .answer(
        TransportResponse(
          head: TransportHead(status: status, headers: [HTTPHeader("Content-Type", type)]),
          body: Array(body.utf8)))
    }
  }

  private struct State {
    var requests: [TransportRequest] = []
    var table: [String: [Reply]]
    var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state: Mutex<State>
  private let respond: (@Sendable (TransportRequest) -> Reply)?

  /// The closure answers every request; it may be called from several tasks at once.
  public init(_ respond: @escaping @Sendable (TransportRequest) -> Reply) {
    state = Mutex(State(table: [:]))
    self.respond = respond
  }

  /// Keys are `METHOD target`, such as `GET /api/workers/w1`.
  ///
  /// The replies of a key are used in order and the last one stays; what is not in the table fails
  /// with `.badAddress`.
  public init(_ table: [String: [Reply]]) {
    state = Mutex(State(table: table))
    respond = nil
  }

  /// Every request so far, streams included.
  public var requests: [TransportRequest] { state.withLock { $0.requests } }

  /// Adds replies for a key after those that are left.
  public func script(_ key: String, _ replies: Reply...) {
    state.withLock { $0.table[key, default: []] += replies }
  }

  /// Returns when so many requests have been made in all.
  public func requested(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.requests.count >= count { return true }
        state.waiters.append((count, continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    switch reply(to: request) {
    case .answer(let response):
      guard response.body.count <= request.bodyLimit else {
        throw .tooLarge(limit: request.bodyLimit)
      }
      return response
    case .failure(let error): throw error
    case .stream(let stream):
      let head = try await stream.answer()
      var body: [UInt8] = []
      while let chunk = try await stream.next() {
        body += chunk
        guard body.count <= request.bodyLimit else { throw .tooLarge(limit: request.bodyLimit) }
      }
      return TransportResponse(head: head, body: body)
    }
  }

  public func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    switch reply(to: request) {
    case .answer(let response):
      let stream = ScriptedStream(response.head)
      if !response.body.isEmpty { stream.feed(response.body) }
      stream.end()
      return try await stream.opened()
    case .failure(let error): throw error
    case .stream(let stream): return try await stream.opened()
    }
  }

  private func reply(to request: TransportRequest) -> Reply {
    let (scripted, woken) = state.withLock { state in
      state.requests.append(request)
      let count = state.requests.count
      let woken = state.waiters.filter { $0.count <= count }
      state.waiters.removeAll { $0.count <= count }
      let left = state.table[request.scriptKey] ?? []
      if left.count > 1 { state.table[request.scriptKey]?.removeFirst() }
      return (left.first, woken.map(\.continuation))
    }
    for continuation in woken { continuation.resume() }
    return respond?(request) ?? scripted
      ?? .failure(.badAddress("nothing is scripted for \(request.scriptKey)"))
  }
}

extension TransportRequest {
  /// How a script's table names it: `GET /api/workers/w1`, or the whole URL of an absolute target.
  public var scriptKey: String {
    switch target {
    case .path(let path): "\(method.rawValue) \(path)"
    case .absolute(let url): "\(method.rawValue) \(url)"
    }
  }
}

/// An answer that a test gives piece by piece; unlike a real one its buffer has no bound.
public final class ScriptedStream: Sendable {
  private struct State {
    var head: TransportHead?
    var chunks: [[UInt8]] = []
    var ending: Result<Void, TransportError>?
    var isCancelled = false
    /// Counts changes, so that a reader misses none between looking and waiting.
    var version = 0
    var readers: [CheckedContinuation<Void, Never>] = []
    var watchers: [CheckedContinuation<Void, Never>] = []
    /// A reader waits, and there is nothing for it.
    var isDry: Bool { !readers.isEmpty && chunks.isEmpty && ending == nil }
  }

  private let state: Mutex<State>

  /// With a nil head the answer itself is outstanding until `begin`.
  public init(
    _ head: TransportHead? = TransportHead(
      status: 200, headers: [HTTPHeader("Content-Type", "text/event-stream")]),
    chunks: [String] = []
  ) {
    state = Mutex(State(head: head, chunks: chunks.map { Array($0.utf8) }))
  }

  /// Gives the head of the answer.
  public func begin(_ head: TransportHead) { change { $0.head = head } }

  /// One chunk; an empty one is not delivered.
  public func feed(_ bytes: [UInt8]) {
    change { if !bytes.isEmpty { $0.chunks.append(bytes) } }
  }

  public func feed(_ text: String) { feed(Array(text.utf8)) }

  /// The body ends once the chunks fed so far have been read.
  public func end() { change { $0.ending = $0.ending ?? .success(()) } }

  /// The connection breaks once the chunks fed so far have been read.
  public func fail(_ error: TransportError) { change { $0.ending = $0.ending ?? .failure(error) } }

  /// Whether the reader has closed it.
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Returns when everything fed has been read and the reader waits for more, or is gone.
  public func drained() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.isDry || state.isCancelled { return true }
        state.watchers.append(continuation)
        return false
      }
      if isDone { continuation.resume() }
    }
  }

  fileprivate func opened() async throws(TransportError) -> TransportStream {
    TransportStream(
      head: try await answer(),
      next: { () async throws(TransportError) in try await self.next() },
      cancel: { self.cancel() })
  }

  fileprivate func answer() async throws(TransportError) -> TransportHead {
    try await value { state in
      if let head = state.head { return .success(head) }
      if case .failure(let error) = state.ending { return .failure(error) }
      return nil
    }
  }

  fileprivate func next() async throws(TransportError) -> [UInt8]? {
    try await value { state in
      if !state.chunks.isEmpty { return .success(state.chunks.removeFirst()) }
      return state.ending.map { $0.map { nil } }
    }
  }

  private func cancel() {
    change { state in
      state.isCancelled = true
      state.chunks = []
      state.ending = .failure(.cancelled)
    }
  }

  /// Waits until `take` finds something; it is asked again after every change.
  private func value<Value: Sendable>(
    _ take: (inout State) -> Result<Value, TransportError>?
  ) async throws(TransportError) -> Value {
    while true {
      let (found, version) = state.withLock { (take(&$0), $0.version) }
      if let found { return try found.get() }
      await withTaskCancellationHandler {
        await changed(since: version)
      } onCancel: {
        cancel()
      }
    }
  }

  private func changed(since version: Int) async {
    await withCheckedContinuation { (reader: CheckedContinuation<Void, Never>) in
      let woken = state.withLock { state in
        guard state.version == version else { return [reader] }
        state.readers.append(reader)
        return state.isDry ? state.watchers.takeAll() : []
      }
      for continuation in woken { continuation.resume() }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let woken = state.withLock { state in
      body(&state)
      state.version += 1
      return state.readers.takeAll() + (state.isCancelled ? state.watchers.takeAll() : [])
    }
    for continuation in woken { continuation.resume() }
  }
}

extension Array {
  fileprivate mutating func takeAll() -> [Element] {
    defer { self = [] }
    return self
  }
}
