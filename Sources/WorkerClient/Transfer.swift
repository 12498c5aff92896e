internal import CCurl
internal import WorkerAPI

/// One libcurl handle carrying out one order, redirects included; used on the loop's thread alone.
final class Transfer {
  /// What comes after a hop.
  enum Outcome {
    case nextHop
    case over(Result<Void, TransportError>)
  }

  let id: CurlLoop.ID
  let easy: UnsafeMutableRawPointer
  let order: Order
  /// When it is given up; nil while the reader holds the sender up.
  private(set) var deadline: ContinuousClock.Instant?

  private let loop: CurlLoop
  private let clock = ContinuousClock()
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var url: String
  private var redirects = 0
  /// Once a redirect has left the own origin the key stays away, even if a later one comes back.
  private var isOwnOrigin: Bool
  private var head = AnswerHead()
  /// Where the answer that is coming in sends us.
  private var location: String?
  private var hasHead = false
  /// Why a callback broke the transfer off.
  private var refusal: TransportError?

  /// Nil when libcurl has no memory left.
  init?(_ order: Order, id: CurlLoop.ID, loop: CurlLoop) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.order = order
    self.id = id
    self.loop = loop
    url = order.url
    isOwnOrigin = true
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    deadline = clock.now + .seconds(order.endpoint.timeouts.answer)
    setUp()
  }

  /// The loop has taken the handle out of its set before.
  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  /// Sets what differs from hop to hop: the address and the headers that go there.
  func prepareHop() {
    head = AnswerHead()
    location = nil
    errorText.pointee = 0
    isOwnOrigin = isOwnOrigin && (try? Origin(url: url)) == order.endpoint.origin
    _ = ccurl_set_text(easy, CURLOPT_URL, url)
    curl_slist_free_all(headerList)
    headerList = nil
    for header in order.headers(isOwnOrigin: isOwnOrigin) { append(header.line) }
    // Without these libcurl would wait for a 100 before a large body, or name a form's type.
    append("Expect:")
    if !order.request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      append("Content-Type:")
    }
    _ = ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
  }

  private func append(_ line: String) {
    // A nil result leaves the list as it was, for want of memory.
    headerList = curl_slist_append(headerList, line) ?? headerList
  }

  private func setUp() {
    let timeouts = order.endpoint.timeouts
    let context = Unmanaged.passUnretained(self).toOpaque()
    setReceivers(easy, context)
    _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    // No signals for timeouts of the resolver: they would hit any thread.
    _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // Else dropping a transfer waits on this thread for a resolver that does not answer.
    _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    _ = ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    _ = ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    _ = ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    _ = ccurl_set_long(
      easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, Int((timeouts.connect * 1000).rounded(.up))))
    _ = ccurl_set_text(easy, CURLOPT_ACCEPT_ENCODING, order.coding)
    if let certificates = order.endpoint.certificates {
      _ = ccurl_set_text(easy, CURLOPT_CAINFO, certificates)
    }
    setMethod()
    setConnection()
  }

  /// HTTP/2 where it is offered, but not for streams, and a connection of its own where it matters.
  private func setConnection() {
    switch order.kind {
    case .whole:
      _ = ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Under HTTP/2 libcurl has promised the sender 32 MiB before it can hold it up (measured with
    // 7.88: 60 MiB of memory for one stream that is not read); here the socket's own buffers hold.
    case .stream:
      _ = ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }
    // libcurl repeats a request by itself when a kept connection turns out to be dead, and cannot
    // know whether it was carried out. What may cost money gets a connection of its own; a stream
    // does too, because a kept one may speak HTTP/2.
    if order.request.method == .post || order.kind == .stream {
      _ = ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1)
    }
  }

  private func setMethod() {
    let request = order.request
    switch (request.method, request.body) {
    case (.get, nil): _ = ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
    case (_, let body):
      if body != nil || request.method == .post {
        _ = ccurl_set_long(easy, CURLOPT_POST, 1)
        _ = (body ?? []).withUnsafeBytes { ccurl_set_body(easy, $0.baseAddress, $0.count) }
      }
      _ = ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
  }

  /// Offers the reader again what it refused.
  func resume() {
    touch()
    curl_easy_pause(easy, CURLPAUSE_CONT)
  }

  /// A byte came, or the reader is back: the silence starts anew.
  private func touch() {
    deadline = clock.now + .seconds(order.endpoint.timeouts.stall)
  }

  /// What to report when the deadline has passed.
  func expired() -> TransportError {
    let timeouts = order.endpoint.timeouts
    return hasHead ? .stalled(seconds: timeouts.stall) : .timedOut(seconds: timeouts.answer)
  }

  // MARK: Bytes

  /// False breaks the transfer off.
  func received(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
    if hasHead { touch() }
    switch head.received(bytes) {
    case .more: break
    case .tooLarge:
      refusal = .broken("the head of the answer is larger than \(AnswerHead.limit) bytes")
      return false
    case .complete(let head):
      location = redirectTarget(head)
      guard location == nil else { break }
      hasHead = true
      touch()
      loop.received(head, for: id)
    }
    return true
  }

  func received(body bytes: UnsafeRawBufferPointer) -> Delivery.Verdict {
    // Nobody reads the body of a redirect; its connection is given up for a new one.
    guard location == nil else { return .unwanted }
    touch()
    let verdict = loop.received(bytes, for: id)
    if verdict == .refused { deadline = nil }
    return verdict
  }

  private func redirectTarget(_ head: TransportHead) -> String? {
    guard order.request.method == .get, [301, 302, 303, 307, 308].contains(head.status)
    else { return nil }
    return head["location"].flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: The end of a hop

  func finished(_ code: CURLcode) -> Outcome {
    if let location { return follow(location) }
    if let refusal { return .over(.failure(refusal)) }
    return .over(code == CURLE_OK ? .success(()) : .failure(failure(code)))
  }

  private func follow(_ location: String) -> Outcome {
    guard redirects < Order.redirectLimit else {
      return .over(.failure(.badAddress("more than \(Order.redirectLimit) redirects")))
    }
    redirects += 1
    do {
      url = try Origin.redirect(to: location, from: url)
    } catch {
      return .over(.failure(.badAddress("a redirect leads nowhere: \(error)")))
    }
    return .nextHop
  }

  private func failure(_ code: CURLcode) -> TransportError {
    let text = String(cString: errorText)
    var requestSize = 0
    _ = ccurl_get_long(easy, CURLINFO_REQUEST_SIZE, &requestSize)
    return TransportError(
      code, reason: text.isEmpty ? String(cString: curl_easy_strerror(code)) : text,
      wasSent: requestSize > 0, connectTimeout: order.endpoint.timeouts.connect)
  }
}

extension HTTPHeader {
  /// As libcurl wants it: an empty value is written with a semicolon, else it removes the header.
  fileprivate var line: String {
    trimmed(value).isEmpty ? "\(name);" : "\(name): \(value)"
  }
}
