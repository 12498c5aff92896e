/// The nine calls in Swift's words, over any transport.
public struct Service: Sendable {
  public let transport: any Transport

  public init(transport: any Transport) {
    self.transport = transport
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

  public func retrieve(_ id: String) async throws(Failure) -> Worker {
    try await worker(get(.retrieve(worker: id)))
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
        method: .get, target: .path(Route.stream(worker: id).path), headers: headers))
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
  public func file(_ target: TransportRequest.Target) async throws(Failure) -> TransportStream {
    let request = TransportRequest(
      method: .get, target: target, headers: [HTTPHeader("Accept", "application/octet-stream")])
    let refusal: TransportResponse
    do throws(TransportError) {
      let stream = try await transport.open(request)
      if stream.head.status == 200 { return stream }
      refusal = TransportResponse(head: stream.head, body: try await stream.next() ?? [])
      stream.cancel()
    } catch {
      throw .transport(error)
    }
    throw .refused(APIError(response: refusal))
  }

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

  /// False when the server knew the schedule but did not cancel it.
  public func cancelSchedule(_ worker: String, _ schedule: String) async throws(Failure) -> Bool {
    let route = Route.cancelSchedule(worker: worker, schedule: schedule)
    let json = try await json(
      TransportRequest(method: .delete, target: .path(route.path), headers: Self.acceptJSON))
    return json["cancelled"]?.bool ?? true
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

  private func answer(_ request: TransportRequest) async throws(Failure) -> TransportResponse {
    let response: TransportResponse
    do {
      response = try await transport.send(request)
    } catch {
      throw .transport(error)
    }
    guard (200..<300).contains(response.head.status) else {
      throw .refused(APIError(response: response))
    }
    return response
  }

  private func json(_ request: TransportRequest) async throws(Failure) -> JSON {
    let response = try await answer(request)
    do {
      return try JSONReader.read(response.body)
    } catch {
      throw .unreadable("the answer is not JSON")
    }
  }

  private func worker(_ request: TransportRequest) async throws(Failure) -> Worker {
    guard let worker = Worker(json: try await json(request)) else {
      throw .unreadable("the answer is no worker")
    }
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
