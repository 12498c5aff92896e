import Console
import Fleet
import Registry
import WorkerAPI
import WorkerClient

/// One worker's run on standard output.
@MainActor
final class Watch {
  enum Ending { case ended, failed }

  private let worker: Worker
  private let service: Service
  private let hasTimes: Bool
  private var plain = PlainLines(isNamed: false)
  private var waiting: CheckedContinuation<Result<Ending, CommandFailure>, Never>?
  private var lastLoss: String?

  init(_ worker: Worker, service: Service, hasTimes: Bool) {
    self.worker = worker
    self.service = service
    self.hasTimes = hasTimes
  }

  /// Plain lines until no run goes on or the server refuses, by a store that keeps nothing.
  func lines() async throws -> Ending {
    let memory = try Registry.inMemory()
    let now = wallClock()
    let known = KnownWorker(
      id: worker.id, instruction: "", budget: .standard, addedAt: worker.createdAt ?? now)
    try await memory.keep([.worker(known)])
    let ports = Runner.Ports(
      service: service, memory: memory, downloads: DownloadFolder(path: "/nonexistent"),
      reconnect: { ResumeRules(isActive: $0) }, now: wallClock)
    let store = Store(
      state: State(seed: UInt64.random(in: 0 ... .max)), runner: Runner(ports: ports),
      now: wallClock)
    store.onChange = { [weak self, weak store] _ in
      if let self, let store { self.changed(store.state) }
    }
    store.start()
    store.send(.watch(worker.id))
    let ending = await withCheckedContinuation { waiting = $0 }
    await store.stop()
    return try ending.get()
  }

  private func changed(_ fleet: State) {
    guard waiting != nil else { return }
    for line in plain.take(fleet) { write(line) }
    if case .down(_, _, let reason) = fleet.link, reason != lastLoss {
      Output.error("signalbox: \(Sanitise.line(reason)); it is tried again")
      lastLoss = reason
    }
    if let refusal = refusal(fleet) { return finish(.failure(refusal)) }
    guard plain.isComplete(fleet) else { return }
    if case .failed? = fleet.workers[worker.id]?.phase.value { return finish(.success(.failed)) }
    finish(.success(.ended))
  }

  /// Why nothing more will be learned, in the words of a start that meets it; nil while more can.
  private func refusal(_ fleet: State) -> CommandFailure? {
    guard let state = fleet.workers[worker.id] else { return nil }
    // A server may lack the stream alone: that the worker is gone is for a GET to say.
    if state.isMissing, state.failures > 0 {
      return CommandFailure(.refused(APIError(status: 404, message: "not found")), worker: state.id)
    }
    if case .refused(let reason) = state.stream, state.failures > 0,
      reason == Resume.Reason.status(403).description
    {
      return CommandFailure(stream: reason, status: 403)
    }
    guard case .refused(let reason) = fleet.link else { return nil }
    return state.stream == .refused(reason: reason)
      ? CommandFailure(stream: reason, status: 401)
      : CommandFailure(.refused(APIError(status: 401, message: reason)), worker: state.id)
  }

  private func finish(_ ending: Result<Ending, CommandFailure>) {
    waiting?.resume(returning: ending)
    waiting = nil
  }

  private func write(_ line: String) {
    Output.line(hasTimes ? "\(Timestamp.print(wallClock().rounded(.down))) \(line)" : line)
  }

  /// The events as they come; after a broken connection a server may send some of them again.
  func events() async throws -> Ending {
    var rules = ResumeRules(isActive: worker.isRunning)
    var decoder = SSEDecoder()
    var ending = Ending.ended
    while true {
      let verdict: Verdict
      do {
        let stream = try await service.stream(worker.id, lastEventID: decoder.lastEventID)
        defer { stream.cancel() }
        if let refusal = rules.opened(stream.head) {
          verdict = refusal
        } else {
          decoder = SSEDecoder(lastEventID: decoder.lastEventID)
          while let chunk = try await stream.next() {
            let events = try decoder.feed(chunk)
            for event in events { write(Sanitise.json(SSECase.json(event).text)) }
            let items = events.map {
              StreamItem(WorkerEvent(data: $0.data), id: $0.id)
            }
            for case .error in items.map(\.event) { ending = .failed }
            rules.took(items, retryMilliseconds: decoder.retryMilliseconds)
          }
          verdict = rules.ended(nil, roll: Double.random(in: 0..<1))
        }
      } catch let error as TransportError {
        verdict = rules.ended(error, roll: Double.random(in: 0..<1))
      } catch is SSEDecoder.Overflow {
        throw CommandFailure(
          message: "an event is larger than \(SSEDecoder.eventLimit >> 20) MiB",
          status: CommandFailure.failed)
      }
      switch verdict {
      case .finished: return ending
      case .refused(let reason, let status):
        throw CommandFailure(stream: reason, status: status)
      case .retry(let delay, let reason, _):
        Output.error("signalbox: \(Sanitise.line(reason)); it is tried again")
        try await Task.sleep(for: .seconds(delay))
      }
    }
  }
}
