import Support
import Testing
import WorkerAPI

@testable import Fleet

/// A store with every port a fake, and a clock that stands at 1,000 seconds.
@MainActor struct Bench {
  let clock = ManualClock()
  let memory: FakeMemory
  let downloads = FakeDownloads()
  let transport: ScriptedTransport
  let runner: Runner
  let store: Store

  init(
    _ table: [String: [ScriptedTransport.Reply]], remembering workers: [KnownWorker] = [],
    retryAfter: Double = 2
  ) {
    memory = FakeMemory(Recollection(workers: workers))
    transport = ScriptedTransport(table)
    let clock = clock
    let now: @Sendable () -> Double = { 1_000 + clock.seconds }
    runner = Runner(
      ports: Runner.Ports(
        service: Service(transport: transport), memory: memory, downloads: downloads,
        reconnect: { PlainReconnect(isActive: $0, delay: retryAfter) }, clock: clock, now: now,
        roll: { 0.5 }))
    store = Store(runner: runner, now: now)
  }

  /// Brings the remembered workers in and waits until nothing but time is waited for.
  func start() async {
    store.start()
    await store.idle()
  }

  subscript(id: String) -> WorkerState? { store.state.workers[id] }

  var lines: [String] { transport.requests.map(\.scriptKey) }

  static let running = ScriptedTransport.Reply.text(#"{"id":"a","status":"running"}"#)
  static let done = ScriptedTransport.Reply.text(#"{"id":"a","status":"completed"}"#)
  static let none = ScriptedTransport.Reply.text(#"{"schedules":[],"workerId":"a"}"#)
  static let worker = "GET /api/workers/a"
  static let stream = "GET /api/workers/a/stream"
  static let schedules = "GET /api/workers/a/schedules"

  /// A worker that was running when the console was last closed.
  static let known = KnownWorker(
    id: "a", instruction: "do a", budget: .low, addedAt: 900,
    lastSeen: #"{"id":"a","status":"running"}"#, lastSeenAt: 990)
  /// One that was finished then.
  static let finished = KnownWorker(
    id: "a", instruction: "do a", budget: .low, addedAt: 900,
    lastSeen: #"{"id":"a","status":"completed"}"#, lastSeenAt: 990)

  /// One block of a stream.
  static func block(_ id: Int, _ chunk: String) -> String {
    SSEEncoder.encode(ServerSentEvent(data: chunk, id: "\(id)"))
  }

  static func text(_ id: Int, _ text: String) -> String {
    block(id, #"{"type":"text-delta","id":"t","delta":"\#(text)"}"#)
  }
}
