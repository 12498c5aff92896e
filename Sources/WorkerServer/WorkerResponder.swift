import HTTPTypes
import Hummingbird
import WorkerAPI

/// Answers every request: one match over the endpoints of WorkerAPI, so that client and server cannot
/// differ.
struct WorkerResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let world: World
  let configuration: ServerConfiguration
  private let counter = RequestCounter()

  init(world: World, configuration: ServerConfiguration) {
    self.world = world
    self.configuration = configuration
  }

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    do {
      try await suffer()
      return try await answer(request)
    } catch let error as APIError {
      return Self.response(error)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return Self.response(
        APIError(
          status: 500, message: "the server could not keep this: \(error)", code: "internal"))
    }
  }

  private func answer(_ request: Request) async throws -> Response {
    let (path, query) = Self.split(request.head.path ?? "/")
    let match = Route.match(method: request.method.rawValue, path: path)
    guard isAuthorized(request) else {
      var response = Self.response(
        APIError(
          status: 401, message: "the API key is missing or wrong", code: "unauthorized"))
      response.headers[.wwwAuthenticate] = "Bearer"
      return response
    }
    switch match {
    case .notFound:
      throw APIError(status: 404, message: "there is nothing at this path", code: "not_found")
    case .wrongMethod(let allowed):
      var response = Self.response(
        APIError(
          status: 405,
          message: "this path takes \(allowed.joined(separator: " and ")), "
            + "not \(request.method.rawValue.prefix(20))", code: "method_not_allowed"))
      response.headers[.allow] = allowed.joined(separator: ", ")
      return response
    case .route(let route): return try await answer(request, route, query)
    }
  }

  private func answer(_ request: Request, _ route: Route, _ query: String) async throws
    -> Response
  {
    let origin = await origin(for: request)
    switch route {
    case .create, .continueWorker: return try await run(request, route, origin)
    case .retrieve(let worker):
      if Self.asksForStream(request, query) {
        return try await stream(request, of: worker, origin)
      }
      return Self.response(try await world.retrieve(worker, origin: origin))
    case .stream(let worker): return try await stream(request, of: worker, origin)
    case .email(let worker):
      return Self.response(
        bytes: Array(try await world.email(of: worker).utf8), type: "text/plain; charset=utf-8")
    case .file(let worker, let path): return try await file(worker, path)
    case .createSchedule(let worker):
      let body = try await RequestBodyReader.json(of: request)
      let wanted = try ScheduleRequest(body: body, now: world.now())
      return Self.response(
        try await world.createSchedule(worker, wanted, once: Self.onceKey(request, route, body)))
    case .schedules(let worker): return Self.response(try await world.schedules(of: worker))
    case .cancelSchedule(let worker, let schedule):
      return Self.response(try await world.cancelSchedule(worker, schedule))
    }
  }

  /// Create and continue, answered as JSON or, where the body asks for it, as a stream.
  private func run(_ request: Request, _ route: Route, _ origin: String) async throws -> Response {
    let body = try await RequestBodyReader.json(of: request)
    let wanted = try RunRequest(body: body)
    let key = Self.onceKey(request, route, body)
    let worker: JSON
    if case .continueWorker(let id) = route {
      worker = try await world.continueWorker(id, wanted, once: key, origin: origin)
    } else {
      worker = try await world.create(wanted, once: key, origin: origin)
    }
    guard wanted.stream, let id = worker["id"]?.string else { return Self.response(worker) }
    return try await stream(request, of: id, origin)
  }

  private func stream(_ request: Request, of worker: String, _ origin: String) async throws
    -> Response
  {
    let isReplayed = configuration.faults.contains(.replay)
    let last = isReplayed ? "" : request.headers[.lastEventID] ?? ""
    let stream = EventStream(
      world: world, worker: worker, place: try await world.beginning(of: worker, after: last),
      origin: origin, endsWithDone: request.headers[.stainlessLanguage] == nil,
      keepAlive: configuration.keepAliveSeconds, faults: configuration.faults)
    return stream.response(to: request)
  }

  private static func asksForStream(_ request: Request, _ query: String) -> Bool {
    query.split(separator: "&").contains("stream=true")
      || request.headers[.accept]?.contains("text/event-stream") == true
  }

  /// The faults that concern every request.
  private func suffer() async throws {
    let number = configuration.faults.isEmpty ? 0 : counter.next()
    for fault in configuration.faults {
      switch fault {
      case .unavailable(let every) where number % every == 0:
        throw APIError(
          status: 503, message: "the service is unavailable", code: "unavailable", retryAfter: 1)
      case .limited(let every) where number % every == 0:
        throw APIError(
          status: 429, message: "too many requests", code: "rate_limited", retryAfter: 1)
      case .slow(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
      default: break
      }
    }
  }
}
