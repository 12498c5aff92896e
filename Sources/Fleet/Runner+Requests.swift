import WorkerAPI

extension Runner {
  /// Waits its time, then asks for the worker; a cancelled poll says nothing.
  func poll(_ worker: String, after delay: Double) async {
    if delay > 0 {
      guard await sleep(delay) else { return }
      enter()
    }
    defer { if delay > 0 { leave() } }
    let service = ports.service
    let now = ports.now
    if let moment = holdsUntil {
      // Spread over some seconds, so that they do not all come back at once.
      guard await sleep(moment - now() + ports.roll() * 4) else { return }
    }
    let (askedAt, result) = await gate.pass {
      let askedAt = now()
      await ask(worker, at: askedAt)
      let result = await outcome { () async throws(Service.Failure) in
        // The next poll is the retry.
        try await service.retrieve(worker, isRetried: false)
      }
      return (askedAt, result)
    }
    guard !Task.isCancelled else { return }
    questions[worker]?.answer(at: now())
    switch result {
    case .success(var answer):
      if wantsWords(worker, answer) { answer = await answer.withWords() }
      guard !Task.isCancelled else { return }
      send(.polled(worker: worker, answer, askedAt: askedAt))
    case .failure(let failure): send(.pollFailed(worker: worker, failure))
    }
  }

  private func ask(_ worker: String, at moment: Double) {
    guard !Task.isCancelled else { return }
    questions[worker, default: Question()].ask(at: moment)
  }

  func loadSchedules(_ worker: String) async {
    let service = ports.service
    let result = await gate.pass {
      await outcome { () async throws(Service.Failure) in try await service.schedules(worker) }
    }
    guard !Task.isCancelled else { return }
    switch result {
    case .success(let schedules): send(.schedulesLoaded(worker: worker, schedules))
    case .failure(let failure): send(.schedulesFailed(worker: worker, failure))
    }
  }

  func loadEmail(_ worker: String) async {
    let service = ports.service
    let result = await gate.pass {
      await outcome { () async throws(Service.Failure) in try await service.email(worker) }
    }
    if case .success(let email) = result { send(.emailLoaded(worker: worker, email)) }
  }

  /// The intent is kept before the request leaves: after a crash the money is accounted for.
  func deliver(_ order: Order, _ intent: Intent) async {
    do {
      try await ports.memory.keep([.intent(intent)])
    } catch  where intent.kind != .cancel {
      let reason = "it could not be journaled: \(error)"
      return send(.sendFailed(intent: intent.id, .transport(.unreachable(reason))))
    } catch {
      // A cancellation saves money and can be repeated without harm: it goes out all the same.
    }
    let service = ports.service
    do throws(Service.Failure) {
      switch order {
      case .create(let run):
        send(.created(intent: intent.id, try await service.create(run, idempotencyKey: intent.id)))
      case .continueWorker(let worker, let run):
        let answer = try await service.continueWorker(worker, run, idempotencyKey: intent.id)
        send(.continued(intent: intent.id, answer))
      case .schedule(let worker, let request):
        let schedule = try await service.createSchedule(
          worker, request, idempotencyKey: intent.id)
        send(.scheduled(intent: intent.id, worker: worker, schedule))
      case .cancelSchedule(let worker, let schedule):
        let wasThere = try await service.cancelSchedule(worker, schedule)
        send(
          .scheduleCancelled(
            intent: intent.id, worker: worker, schedule: schedule, wasThere: wasThere))
      }
    } catch {
      send(.sendFailed(intent: intent.id, error))
    }
  }
}

private func outcome<Value>(
  _ work: () async throws(Service.Failure) -> Value
) async -> Result<Value, Service.Failure> {
  do throws(Service.Failure) {
    return .success(try await work())
  } catch {
    return .failure(error)
  }
}
