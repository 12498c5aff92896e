import Fleet
import WorkerAPI
import WorkerClient

/// `Resume` behind the fleet's port: the client's rules, told in the fleet's words.
struct ResumeRules: Reconnect {
  private var resume: Resume

  /// A worker that is not at work has a stream that ends after its replay.
  init(isActive: Bool) { resume = Resume(isWorkerFinished: !isActive) }

  mutating func opened(_ head: TransportHead) -> Verdict? {
    let step = resume.opened(head, now: wallClock(), random: Double.random(in: 0..<1))
    if case .reconnect(let delay, _) = step {
      return .retry(after: delay, reason: "HTTP \(head.status)", .answered)
    }
    return verdict(step, "")
  }

  mutating func took(_ items: [StreamItem], retryMilliseconds: Int?) {
    if let retryMilliseconds { resume.received(retry: retryMilliseconds) }
    for item in items { resume.received(lastEventID: item.id, mark: mark(item.event)) }
  }

  mutating func ended(_ error: TransportError?, roll: Double) -> Verdict {
    let now = wallClock()
    guard let error else {
      return verdict(resume.closed(now: now, random: roll), "the stream ended early", .broken)
        ?? .finished
    }
    let loss: StreamLoss =
      switch error {
      case .broken, .stalled, .tooLarge, .cancelled: .broken
      case .unreachable, .timedOut, .badAddress: .unreachable
      }
    return verdict(resume.failed(error, now: now, random: roll), error.description, loss)
      ?? .finished
  }

  private func mark(_ event: WorkerEvent) -> Resume.Mark {
    switch event {
    case .start, .startStep: .begins
    case .finish, .abort, .done: .ends
    default: .other
    }
  }

  private func verdict(
    _ step: Resume.Step, _ reason: String, _ loss: StreamLoss = .answered
  ) -> Verdict? {
    switch step {
    case .read: nil
    case .reconnect(let delay, _): .retry(after: delay, reason: reason, loss)
    case .ended: .finished
    case .failed(.status(let status)):
      .refused(reason: Resume.Reason.status(status).description, status: status)
    case .failed(let reason): .refused(reason: reason.description, status: nil)
    }
  }
}
