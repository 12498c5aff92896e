import WorkerAPI

extension State {
  /// Less than the last digit of any figure.
  private static let grain = 5e-7
  /// Past this no figure is money; it is shown and left out of every sum.
  private static let amountLimit = 1e9

  /// Enters what a worker's figures grew by since they were entered last.
  mutating func book(_ id: String, now: Double) {
    guard let worker = workers[id], let amount = worker.meter.amount,
      abs(amount) < Self.amountLimit
    else { return }
    let total = worker.meter.spent
    let charge: Charge
    if let account = worker.known.account {
      let growth = total - account.booked
      guard max(abs(growth.credits), abs(growth.dollars)) >= Self.grain else {
        workers[id]?.known.account?.at = now
        return
      }
      charge = Charge(
        worker: id, quarter: Charge.quarter(of: now), budget: worker.known.budget, spent: growth,
        from: min(account.at, now), until: now)
      workers[id]?.known.account?.booked = total
      workers[id]?.known.account?.at = now
    } else {
      // It began before this console knew it: all of it is entered where it began.
      let begin = min(worker.worker?.createdAt ?? now, now)
      charge = Charge(
        worker: id, quarter: Charge.quarter(of: begin), budget: worker.known.budget, spent: total,
        from: begin, until: now)
      workers[id]?.known.account = Account(booked: total, at: now)
    }
    workers[id]?.note(charge)
    spending.turn(to: now, in: zone.value)
    spending.enter(charge)
    warn(of: id, now: now)
  }

  /// Notes what the run that just ended cost, where it was the only one since the last look.
  mutating func settleRun(_ id: String, now: Double) -> [Memo] {
    guard let worker = workers[id], let answer = worker.worker, worker.known.account != nil
    else { return [] }
    let runs = answer.messages.count(where: \.isFromWorker)
    let total = worker.meter.spent
    let seconds = worker.meter.usage?.durationMilliseconds.map { $0 / 1_000 }
    let before = worker.known.account?.settled ?? Account.Settled(runs: 0, total: Spent())
    workers[id]?.known.account?.settled = Account.Settled(
      runs: runs, total: total, seconds: seconds)
    let spent = total - before.total
    guard runs == before.runs + 1, spent.weight > 0 else { return [] }
    let run = RunCost(
      worker: id, endedAt: worker.toldEnd ?? worker.finishedAt ?? now, spent: spent,
      seconds: seconds.map { max(0, $0 - (before.seconds ?? 0)) })
    add(run)
    return [.run(run)]
  }

  /// The newest runs of a worker are kept.
  mutating func add(_ run: RunCost) {
    runs[run.worker, default: []].append(run)
    if runs[run.worker, default: []].count > RunCost.limit { runs[run.worker]?.removeFirst() }
  }

  /// Whether a ceiling stands against an order that costs money and that no typed yes allowed.
  mutating func withholds(_ intent: Intent, now: Double) -> Bool {
    guard !isReadOnly else {
      say(.error, Self.readOnlyReason, now)
      notice?.isRefusal = true
      return true
    }
    let isAllowed = allowed.remove(intent.id) != nil
    guard intent.kind != .cancel, !isAllowed,
      let obstacle = Governor(self, worker: intent.worker, now: now).obstacle
    else { return false }
    say(.error, "not sent, a ceiling is reached: \(obstacle.sentence(in: self))", now)
    notice?.isRefusal = true
    return true
  }

  /// Says once when a ceiling comes near and when it is reached.
  mutating func warn(of id: String, now: Double) {
    guard ceilings != Ceilings() else { return }
    for standing in Governor(self, worker: id, now: now).standings {
      let said = warned[standing.scope] ?? .clear
      warned[standing.scope] = standing.level
      guard standing.level > said else { continue }
      let what = standing.sentence(in: self)
      if standing.level == .reached {
        say(
          .error, "ceiling reached: \(what); new orders ask for a typed yes, what runs goes on", now
        )
      } else {
        say(.warning, "near its ceiling: \(what)", now)
      }
    }
  }
}

extension Governor.Standing {
  /// As in `today 41.2 of 50`.
  public func sentence(in state: State) -> String {
    let name =
      switch scope {
      case .worker(let id): state.workers[id]?.title ?? id
      case .day: "today"
      case .month: "this month"
      case .fleet: "all workers"
      }
    let mark = isExact ? "" : "~"
    return spent.dollars > spent.credits
      ? "\(name) $\(mark)\(Self.print(spent.dollars, 100)) of $\(Self.print(limit, 100))"
      : "\(name) \(mark)\(Self.print(spent.credits, 10)) of \(Self.print(limit, 10)) cr"
  }

  /// With the decimals of that fraction (10 or 100), none of a whole number.
  private static func print(_ amount: Double, _ fraction: Int) -> String {
    let whole = Int((min(max(amount, -1e12), 1e12) * Double(fraction)).rounded())
    guard whole % fraction != 0 else { return "\(whole / fraction)" }
    let rest = abs(whole % fraction)
    return "\(whole / fraction).\(fraction == 100 && rest < 10 ? "0" : "")\(rest)"
  }
}

extension WorkerState {
  /// Charges of the same quarter of an hour are one until they are written.
  fileprivate mutating func note(_ charge: Charge) {
    guard let last = unwritten.indices.last, unwritten[last].quarter == charge.quarter else {
      unwritten.append(charge)
      return
    }
    unwritten[last].spent = unwritten[last].spent + charge.spent
    unwritten[last].from = min(unwritten[last].from, charge.from)
    unwritten[last].until = max(unwritten[last].until, charge.until)
  }
}
