import Support
import WorkerAPI

@testable import Fleet

/// Lies between a model server and the reducer: delays, cuts, repeats, and a wall clock that jumps.
struct ModelWire {
  var server = ModelServer()
  private(set) var state: State
  /// What happened, to be read when it went wrong.
  private(set) var trace: [String] = []
  /// The phases that were shown, with when the steady clock said so.
  private(set) var shown: [(phase: Phase, at: Double)] = []

  private let kind: KindOfServer
  /// Seconds that only go on; the wall clock is `skew` ahead of them.
  private var steady = 10_000.0
  private var skew = 0.0
  /// Events of the open connection that are not delivered; nil when there is none.
  private var line: [StreamItem]?
  /// Events of the server that went into a connection, also one that broke later.
  private var sent = 0
  private var seen = 0
  /// A connection is to be opened; `lastEventID` as the reducer knows it then.
  private var wantsStream = false
  /// Answers on their way: what was answered, when it was asked.
  private var answers: [(worker: Worker, askedAt: Double)] = []
  private var wantsPoll = false

  init(_ kind: KindOfServer) {
    self.kind = kind
    var desk = Desk(("a", .running))
    desk["a"].stream = .closed
    state = desk.state
    act(.watch("a"))
  }

  private var now: Double { steady + skew }

  /// One action into the reducer; its effects become wishes that the wire grants when it likes.
  private mutating func act(_ action: Action) {
    let effects = reduce(&state, action, now: now)
    for effect in effects {
      switch effect {
      case .follow: wantsStream = true
      case .cancel(.follow): (wantsStream, line) = (false, nil)
      case .poll: wantsPoll = true
      default: break
      }
    }
    guard let phase = state.workers["a"]?.phase.value, shown.last?.phase != phase else { return }
    shown.append((phase, steady))
    trace.append("shown: \(phase)")
  }

  /// Anything that may happen, by chance.
  mutating func step(_ random: inout Seeded) {
    steady += Double.random(in: 0.01...1.5, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5: server.say(&random)
    case 5: server.finishMessage()
    case 6 where Int.random(in: 0..<6, using: &random) == 0: server.finishRun()
    case 7..<10: deliver(Int.random(in: 1...6, using: &random))
    case 10..<12: connect()
    case 12: cut()
    case 13..<15: ask()
    case 15..<17: answer(at: Int.random(in: 0..<8, using: &random))
    case 17: fail(&random)
    case 18 where Int.random(in: 0..<4, using: &random) == 0:
      skew = [0, 3_600, -3_600].randomElement(using: &random)!
      trace.append("clock: \(skew)")
    default: act(.refresh("a"))
    }
  }

  /// The connection is steady, all that is due is delivered, and the run is over.
  mutating func settle() {
    server.finishRun()
    steady += 10
    while !answers.isEmpty { answer(at: 0) }
    for _ in 0..<6 {
      connect()
      deliver(.max)
      steady += 3
      ask()
      answer(at: 0)
    }
  }

  private mutating func connect() {
    guard line == nil, let worker = state.workers["a"], wantsStream || worker.stream == .closed,
      worker.stream.isFollowed
    else { return }
    wantsStream = false
    line = kind.connection(server.events, after: sent, lastEventID: worker.lastEventID)
    sent = server.events.count
    seen = server.events.count
    trace.append("open after \(worker.lastEventID)")
    act(.stream(worker: "a", .opened))
  }

  private mutating func deliver(_ count: Int) {
    guard var items = line else { return }
    // What the server has said since goes the same way.
    if seen < server.events.count {
      let fresh = server.events.count - seen
      items +=
        kind == .replaysInOtherChunks
        ? server.events.suffix(fresh).map { StreamItem($0) }
        : kind.connection(server.events, after: seen, lastEventID: "").suffix(fresh)
      seen = server.events.count
    }
    let now = Array(items.prefix(count))
    line = Array(items.dropFirst(now.count))
    if !now.isEmpty {
      trace.append("stream: \(now.count) of \(items.count)")
      act(.stream(worker: "a", .items(now)))
      sent = max(sent, server.events.count - (line?.count ?? 0))
    }
    guard line?.isEmpty == true, !server.isRunning else { return }
    line = nil
    trace.append("end of stream")
    act(.stream(worker: "a", .ended))
  }

  /// The connection breaks; what was on the line is lost.
  private mutating func cut() {
    guard let lost = line else { return }
    line = nil
    sent = max(0, sent - lost.count)
    trace.append("cut, \(lost.count) lost")
    act(.stream(worker: "a", .lost(reason: "cut", retryAfter: 1)))
    act(.stream(worker: "a", .opening))
    wantsStream = true
  }

  private mutating func ask() {
    wantsPoll = false
    answers.append((server.worker, now))
  }

  private mutating func answer(at index: Int) {
    guard answers.indices.contains(index) else { return }
    let answer = answers.remove(at: index)
    trace.append("answer: \(answer.worker.status), asked \(now - answer.askedAt) s ago")
    act(.polled(worker: "a", answer.worker, askedAt: answer.askedAt))
  }

  private mutating func fail(_ random: inout Seeded) {
    let statuses = [429, 500, 503]
    guard let status = statuses.randomElement(using: &random) else { return }
    let refusal = APIError(response: TransportResponse(head: TransportHead(status: status)))
    trace.append("answer: \(status)")
    act(.pollFailed(worker: "a", .refused(refusal)))
  }
}
