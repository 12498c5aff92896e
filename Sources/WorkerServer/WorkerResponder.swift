import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import WorkerAPI

/// Answers every request: one match over the endpoints of WorkerAPI, so that client and server cannot
/// differ.
struct WorkerResponder: HTTPResponder {
  typealias Context = ConnectionContext

  let world: World
  let configuration: ServerConfiguration
  private let book = FaultBook()
  /// What goes wrong with the request at hand, and the connection that it came on.
  private var draw = FaultDraw()
  private var channel: (any Channel)?

  init(world: World, configuration: ServerConfiguration) {
    self.world = world
    self.configuration = configuration
  }

  /// Every answer to a request with an idempotency key bears it, as a proof that keys are honoured.
  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    configuration.onRequest?(request.method.rawValue, request.head.path ?? "/")
    var response = try await response(to: request, context)
    if request.method == .post, let key = try? OnceKey.given(request) {
      response.headers[.idempotencyKey] = key
    }
    // Without the body, but with the length that it would have (RFC 9110, section 9.3.2).
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func response(to request: Request, _ context: ConnectionContext) async throws
    -> Response
  {
    do {
      var responder = self
      responder.channel = context.channel
      responder.draw = try await suffer(request)
      let response = try await responder.answer(request)
      guard let kind = responder.draw.breakdown, response.body.contentLength != nil else {
        return response
      }
      return response.broken(by: kind, on: context.channel)
    } catch let error as APIError {
      return Self.response(error)
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as HTTPParserError {
      // A body that breaks the protocol; `RequestErrorHandler` writes the answer.
      throw error
    } catch {
      return Self.response(.noLedger)
    }
  }

  private func answer(_ request: Request) async throws -> Response {
    let (path, query) = Self.split(request.head.path ?? "/")
    let method = request.method == .head ? HTTPRequest.Method.get : request.method
    let match = Route.match(method: method.rawValue, path: path)
    guard isAuthorized(request) else {
      var response = Self.response(
        APIError(
          status: 401, message: "the API key is missing or wrong", code: "unauthorized"))
      response.headers[.wwwAuthenticate] = "Bearer"
      return response
    }
    switch match {
    case .notFound:
      if request.method == .options, path == "*" {
        return Self.options(["GET", "POST", "DELETE"])
      }
      throw APIError(status: 404, message: "there is nothing at this path", code: "not_found")
    case .wrongMethod(let allowed):
      if request.method == .options { return Self.options(allowed) }
      var response = Self.response(
        APIError(
          status: 405,
          message: "this path takes \(allowed.joined(separator: " and ")), "
            + "not \(request.method.rawValue.prefix(20))", code: "method_not_allowed"))
      response.headers[.allow] = Self.allow(allowed)
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
      if try Self.asksForStream(request, query) {
        return try await stream(request, of: worker, origin)
      }
      return Self.response(try await world.retrieve(worker, origin: origin))
    case .stream(let worker): return try await stream(request, of: worker, origin)
    case .email(let worker):
      return Self.response(
        bytes: Array(try await world.email(of: worker).utf8), type: "text/plain; charset=utf-8")
    case .file(let worker, let path): return try await file(request, worker, path)
    case .createSchedule(let worker):
      let body = try await RequestBodyReader.json(of: request)
      let wanted = try ScheduleRequest(body: body, now: world.now())
      return Self.response(
        try await world.createSchedule(worker, wanted, once: try OnceKey(request, route, body)))
    case .schedules(let worker): return Self.response(try await world.schedules(of: worker))
    case .cancelSchedule(let worker, let schedule):
      return Self.response(try await world.cancelSchedule(worker, schedule))
    }
  }

  /// Create and continue, answered as JSON or, where the body asks for it, as a stream.
  private func run(_ request: Request, _ route: Route, _ origin: String) async throws -> Response {
    let body = try await RequestBodyReader.json(of: request)
    var wanted = try RunRequest(body: body)
    if body["stream"]?.isPresent != true { wanted.stream = Self.acceptsStream(request) }
    let key = try OnceKey(request, route, body)
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
    let faults = draw.stream
    let isAnew = faults.isReplayed || !faults.hasIDs
    let last = isAnew ? "" : request.headers[.lastEventID] ?? ""
    var place = try await world.beginning(of: worker, after: last)
    if faults.isOnlyNew, await !book.isFirstStream(of: worker) {
      place = try await world.end(of: worker)
    }
    let stream = EventStream(
      source: WorkerLog(world: world, worker: worker, origin: origin), place: place,
      endsWithDone: request.headers[.stainlessLanguage] == nil,
      keepAlive: configuration.keepAliveSeconds, patience: configuration.patienceSeconds,
      faults: faults, channel: channel)
    return stream.response(to: request)
  }

  /// Draws what goes wrong with a request; what comes before its answer happens here.
  private func suffer(_ request: Request) async throws -> FaultDraw {
    let faults = try faults(for: request)
    guard !faults.isEmpty else { return FaultDraw() }
    let draw = FaultDraw(faults, number: await book.number(), seed: configuration.seed)
    if draw.delay > 0 { try await Task.sleep(for: .milliseconds(draw.delay)) }
    if let refusal = draw.refusal { throw refusal }
    return draw
  }

  /// The request's own list stands in place of the server's.
  private func faults(for request: Request) throws -> [Fault] {
    guard configuration.allowsFaultHeader, let list = request.headers[.fault] else {
      return configuration.faults
    }
    do {
      return try Fault.list(list)
    } catch {
      throw APIError(status: 400, message: error.description, code: "invalid_fault")
    }
  }
}
