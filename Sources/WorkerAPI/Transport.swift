/// The port through which the console reaches a server: one request, or one stream of bytes.
///
/// Implemented by `CurlTransport` over HTTP and by `ScriptedTransport` in tests.
public protocol Transport: Sendable {
  /// Sends a request and collects its whole answer, at most `request.bodyLimit` bytes.
  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
  /// Opens a request as a stream; returns when the answer's head has come.
  func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream
}

/// One request, without the server's address and the key: the adapter knows those.
public struct TransportRequest: Hashable, Sendable {
  /// Where a request goes.
  public enum Target: Hashable, Sendable {
    /// A percent-encoded path with its query, under the configured base URL.
    case path(String)
    /// A whole URL, such as a file's `url`; it gets the key only when its origin is the server's.
    case absolute(String)
  }

  public var method: HTTPMethod
  public var target: Target
  public var headers: [HTTPHeader]
  public var body: [UInt8]?
  /// Bytes of body that `send` collects before it gives up with `.tooLarge`.
  public var bodyLimit: Int
  /// False when the caller asks again by rules of its own, as streams and polls do.
  public var isRetried: Bool

  public init(
    method: HTTPMethod, target: Target, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
    bodyLimit: Int = 64 << 20, isRetried: Bool = true
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.bodyLimit = bodyLimit
    self.isRetried = isRetried
  }

  /// The value of `Idempotency-Key`, under which a server may know a repeated request.
  public var idempotencyKey: String? {
    headers.first { $0.name.lowercased() == "idempotency-key" && !$0.value.isEmpty }?.value
  }
}

/// A request that failed and will be sent again after a pause.
public struct TransportRetry: Hashable, Sendable {
  public var method: HTTPMethod
  public var target: TransportRequest.Target
  /// Counted from 1.
  public var number: Int
  public var reason: Reason
  /// Seconds until it is sent again.
  public var pause: Double

  public enum Reason: Hashable, Sendable {
    case failed(TransportError)
    case refused(APIError)
  }

  public init(
    method: HTTPMethod, target: TransportRequest.Target, number: Int, reason: Reason,
    pause: Double
  ) {
    self.method = method
    self.target = target
    self.number = number
    self.reason = reason
    self.pause = pause
  }
}

extension TransportRetry.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .failed(let error): error.description
    case .refused(let error): "HTTP \(error.status): \(error.message)"
    }
  }
}

public enum HTTPMethod: String, Hashable, Sendable {
  case get = "GET"
  case post = "POST"
  case delete = "DELETE"
}

public struct HTTPHeader: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The status line and the headers of an answer.
public struct TransportHead: Hashable, Sendable {
  public var status: Int
  public var headers: [HTTPHeader]

  public init(status: Int, headers: [HTTPHeader] = []) {
    self.status = status
    self.headers = headers
  }

  /// The first value of a header, its name compared without case (RFC 9110, section 5.1).
  public subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

public struct TransportResponse: Hashable, Sendable {
  public var head: TransportHead
  public var body: [UInt8]

  public init(head: TransportHead, body: [UInt8] = []) {
    self.head = head
    self.body = body
  }
}

/// An open answer whose chunks are pulled, so that a slow reader slows the sender.
public struct TransportStream: Sendable {
  public let head: TransportHead
  private let pull: @Sendable () async throws(TransportError) -> [UInt8]?
  private let stop: @Sendable () -> Void

  public init(
    head: TransportHead,
    next: @escaping @Sendable () async throws(TransportError) -> [UInt8]?,
    cancel: @escaping @Sendable () -> Void
  ) {
    self.head = head
    pull = next
    stop = cancel
  }

  /// The next bytes, at least one; nil at the end of the body. Call it from one task at a time.
  public func next() async throws(TransportError) -> [UInt8]? { try await pull() }

  /// Closes the transfer; a pending `next` throws `.cancelled`.
  public func cancel() { stop() }
}

/// Why there is no answer, or no more of it; an HTTP error status is an answer and not among these.
public enum TransportError: Error, Hashable, Sendable {
  /// No connection: name not found, refused, silent, TLS. Nothing was sent. The text is for people.
  case unreachable(String)
  /// No head of an answer within so many seconds; the request may have been carried out.
  case timedOut(seconds: Double)
  /// An open stream was silent, comments included, for so many seconds.
  case stalled(seconds: Double)
  /// The connection broke after the request was sent; it may have been carried out.
  case broken(String)
  /// The body passes the bound that the request set, in bytes.
  case tooLarge(limit: Int)
  /// The address cannot be used.
  case badAddress(String)
  case cancelled
}

extension TransportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreachable(let reason): "not reachable: \(reason)"
    case .timedOut(let seconds): "no answer within \(Self.words(seconds))"
    case .stalled(let seconds): "silent for \(Self.words(seconds))"
    case .broken(let reason): "connection lost: \(reason)"
    case .tooLarge(let limit) where limit >= 1 << 20 && limit % (1 << 20) == 0:
      "the answer is larger than \(limit >> 20) MiB"
    case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
    case .badAddress(let reason): "bad address: \(reason)"
    case .cancelled: "cancelled"
    }
  }

  /// Seconds as a whole number, or with what is behind the point when they are short.
  private static func words(_ seconds: Double) -> String {
    Int(exactly: seconds).map { "\($0) s" } ?? "\(seconds) s"
  }
}
