import FoundationEssentials

/// The nine calls in Swift's words, over any transport.
///
/// Ids and file paths go out percent-encoded, each segment once; a nested file path keeps its `/`
/// between segments, which is the form that the server's own listed addresses have.
public struct Service: Sendable {
  public let transport: any Transport
  /// Seconds since 1970, for the dates in which servers ask for patience.
  let now: @Sendable () -> Double

  public init(transport: any Transport) {
    self.init(transport: transport) { Date().timeIntervalSince1970 }
  }

  public init(transport: any Transport, now: @escaping @Sendable () -> Double) {
    self.transport = transport
    self.now = now
  }

  /// Why a call gave no answer.
  public enum Failure: Error, Hashable, Sendable {
    case refused(APIError)
    case transport(TransportError)
    /// An answer with a good status that does not say what the reference promises.
    case unreadable(String)
  }

  /// Starts a worker; the idempotency key lets a server that honours it see a repeated request.
  public func create(_ run: RunRequest, idempotencyKey: String) async throws(Failure) -> Worker {
    try await worker(post(.create, run.json, key: idempotencyKey))
  }

  /// With `isRetried` false a failure is told at once, for callers that ask again anyway.
  public func retrieve(
    _ id: String, isRetried: Bool = true
  ) async throws(Failure) -> Worker {
    var request = get(.retrieve(worker: id))
    request.isRetried = isRetried
    return try await worker(request)
  }

  public func continueWorker(
    _ id: String, _ run: RunRequest, idempotencyKey: String
  ) async throws(Failure) -> Worker {
    try await worker(post(.continueWorker(worker: id), run.json, key: idempotencyKey))
  }

  /// Opens the stream; its answer's status is not checked, because 204 and 401 mean different things.
  public func stream(_ id: String, lastEventID: String) async throws(TransportError)
    -> TransportStream
  {
    var headers = [
      HTTPHeader("Accept", "text/event-stream"), HTTPHeader("Cache-Control", "no-cache"),
    ]
    if !lastEventID.isEmpty { headers.append(HTTPHeader("Last-Event-ID", lastEventID)) }
    return try await transport.open(
      TransportRequest(
        method: .get, target: .path(Route.stream(worker: id).path), headers: headers,
        isRetried: false))
  }

  /// The worker's address; bare text, a JSON string and `{"email": …}` are all met on servers.
  public func email(_ id: String) async throws(Failure) -> String {
    let response = try await answer(get(.email(worker: id)))
    let json = try? JSONReader.read(response.body)
    let bare = json == nil ? String(decoding: response.body, as: UTF8.self) : nil
    let text = json?.string ?? json?["email"]?.string ?? bare ?? ""
    let address = String(text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
    guard !address.isEmpty else { throw .unreadable("no address in the answer") }
    return address
  }

  /// Opens a file's bytes; a `url` of another origin travels without the key.
  ///
  /// Behind the first `from` bytes where the file still has that strong tag, and no more than `limit`
  /// where the server knows ranges: the answer's status says (206 for a part, 200 for all of it).
  public func file(
    _ target: TransportRequest.Target, from: Int = 0, tag: String? = nil, limit: Int? = nil
  ) async throws(Failure) -> TransportStream {
    var request = TransportRequest(
      method: .get, target: target, headers: [HTTPHeader("Accept", "application/octet-stream")])
    let isPart = from > 0 || limit != nil
    if isPart {
      let last = limit.map { "\(from + $0 - 1)" } ?? ""
      request.headers.append(HTTPHeader("Range", "bytes=\(from)-\(last)"))
    }
    if let tag { request.headers.append(HTTPHeader("If-Range", tag)) }
    let refusal: TransportResponse
    do throws(TransportError) {
      let stream = try await transport.open(request)
      if stream.head.status == 200 { return stream }
      if isPart, stream.head.status == 206,
        stream.head["content-range"]?.hasPrefix("bytes \(from)-") == true
      {
        return stream
      }
      defer { stream.cancel() }
      // There is nothing behind that place, as in a file that is empty or was begun to its end.
      if isPart, stream.head.status == 416 || stream.head.status == 206 {
        stream.cancel()
        return try await whole(target)
      }
      var body: [UInt8] = []
      // What says why is at the beginning; a page of any length is not read for it.
      while body.count < Self.refusalLimit, let chunk = try await stream.next() { body += chunk }
      refusal = TransportResponse(head: stream.head, body: body)
    } catch {
      throw .transport(error)
    }
    throw .refused(APIError(response: refusal, now: now()))
  }

  /// The same without a range; its failure is already one of ours.
  private func whole(
    _ target: TransportRequest.Target
  ) async throws(TransportError) -> TransportStream {
    let stream = try await transport.open(
      TransportRequest(
        method: .get, target: target, headers: [HTTPHeader("Accept", "application/octet-stream")]))
    guard stream.head.status == 200 else {
      stream.cancel()
      throw .broken("HTTP \(stream.head.status) to a second question")
    }
    return stream
  }

  /// Bytes of a refusal that are read where an answer comes as a stream.
  private static let refusalLimit = 64 << 10

  public func schedules(_ id: String) async throws(Failure) -> [Schedule] {
    let json = try await json(get(.schedules(worker: id)))
    guard let list = json["schedules"]?.array else {
      throw .unreadable("no schedules in the answer")
    }
    return list.compactMap(Schedule.init)
  }

  public func createSchedule(
    _ id: String, _ request: ScheduleRequest, idempotencyKey: String
  ) async throws(Failure) -> Schedule {
    let json = try await json(post(.createSchedule(worker: id), request.json, key: idempotencyKey))
    guard let schedule = Schedule(json: json) else {
      throw .unreadable("no schedule in the answer")
    }
    return schedule
  }

  /// False when there was nothing to cancel: it had fired, or an earlier attempt had arrived.
  public func cancelSchedule(_ worker: String, _ schedule: String) async throws(Failure) -> Bool {
    let route = Route.cancelSchedule(worker: worker, schedule: schedule)
    let response = try await answer(
      TransportRequest(method: .delete, target: .path(route.path), headers: Self.acceptJSON),
      allowing: [404, 410])
    guard response.head.status < 300 else { return false }
    // Servers are met that answer a DELETE with 204 and no body.
    return response.body.isEmpty ? true : try read(response)["cancelled"]?.bool ?? true
  }

  private static let acceptJSON = [HTTPHeader("Accept", "application/json")]

  private func get(_ route: Route) -> TransportRequest {
    TransportRequest(method: .get, target: .path(route.path), headers: Self.acceptJSON)
  }

  private func post(_ route: Route, _ body: JSON, key: String) -> TransportRequest {
    TransportRequest(
      method: .post, target: .path(route.path),
      headers: Self.acceptJSON + [
        HTTPHeader("Content-Type", "application/json"), HTTPHeader("Idempotency-Key", key),
      ],
      body: body.bytes)
  }

  private func answer(
    _ request: TransportRequest, allowing others: [Int] = []
  ) async throws(Failure) -> TransportResponse {
    let response: TransportResponse
    do {
      response = try await transport.send(request)
    } catch {
      throw .transport(error)
    }
    let status = response.head.status
    guard (200..<300).contains(status) || others.contains(status) else {
      throw .refused(APIError(response: response, now: now()))
    }
    return response
  }

  private func json(_ request: TransportRequest) async throws(Failure) -> JSON {
    try read(try await answer(request))
  }

  private func read(_ response: TransportResponse) throws(Failure) -> JSON {
    try read(response, JSONReader.read)
  }

  private func read<Value>(
    _ response: TransportResponse, _ body: ([UInt8]) throws(JSONReader.Failure) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body(response.body)
    } catch {
      let type = response.head["content-type"]?.prefix { $0 != ";" } ?? ""
      guard type == "text/html" else { throw .unreadable("the answer is not JSON") }
      throw .unreadable("the answer is a web page; check HANDINGER_BASE_URL")
    }
  }

  private func worker(_ request: TransportRequest) async throws(Failure) -> Worker {
    let response = try await answer(request)
    let worker = try read(response) { (body) throws(JSONReader.Failure) in try Worker.read(body) }
    guard let worker else { throw .unreadable("the answer is no worker") }
    return worker
  }
}

extension Service.Failure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .refused(let error): error.description
    case .transport(let error): error.description
    case .unreadable(let reason): reason
    }
  }
}
