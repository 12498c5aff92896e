internal import WorkerAPI

/// A request as one transfer carries it out.
struct Order: Sendable {
  let endpoint: Endpoint
  let request: TransportRequest
  /// Of the first hop.
  let url: String
  let kind: Kind

  enum Kind: Sendable {
    /// May be compressed; collected whole.
    case whole
    /// Never compressed, because a compressor sits on events; read as it comes.
    case stream
  }

  /// Redirects that a GET follows.
  static let redirectLimit = 5

  init(_ request: TransportRequest, kind: Kind, endpoint: Endpoint) throws(TransportError) {
    for header in request.headers where !header.isWellFormed {
      throw .badAddress("a header of the request holds a line break or has no name")
    }
    self.endpoint = endpoint
    self.request = request
    self.kind = kind
    url = try endpoint.url(for: request.target)
  }

  var bound: Delivery.Bound {
    switch kind {
    case .whole: .whole(request.bodyLimit)
    // Four chunks of libcurl: enough to keep a reader busy while the next come.
    case .stream: .window(64 << 10)
    }
  }

  /// The headers for one hop; a later one of the same name takes the place of an earlier one.
  ///
  /// The key and the operator's extra headers are for the own origin alone. A request's own
  /// credentials do not leave it either.
  func headers(isOwnOrigin: Bool) -> [HTTPHeader] {
    var headers = [HTTPHeader("User-Agent", endpoint.userAgent)]
    if isOwnOrigin {
      if let key = endpoint.key { headers.append(HTTPHeader("Authorization", "Bearer \(key)")) }
      headers.replace(with: endpoint.extraHeaders)
      headers.replace(with: request.headers)
    } else {
      headers.replace(with: request.headers.filter { !Self.credentials.contains($0.folded) })
    }
    return headers.filter { !Self.framing.contains($0.folded) }
  }

  /// `Accept-Encoding` of this kind.
  var coding: String {
    switch kind {
    case .whole: "gzip"
    case .stream: "identity"
    }
  }

  /// What only the transfer itself can know; a wrong one would break the connection's framing.
  private static let framing: Set<String> = [
    "accept-encoding", "connection", "content-length", "host", "transfer-encoding",
  ]
  private static let credentials: Set<String> = ["authorization", "cookie", "proxy-authorization"]
}

extension HTTPHeader {
  fileprivate var folded: String { name.lowercased() }
}

extension [HTTPHeader] {
  fileprivate mutating func replace(with others: [HTTPHeader]) {
    let names = Set(others.map(\.folded))
    removeAll { names.contains($0.folded) }
    append(contentsOf: others)
  }
}
