public import WorkerAPI

/// A cast played to a moment at once, without a server: the same parts, seeds and moments give the same
/// workers, byte for byte.
public enum Staging {
  /// The origin of addresses in what is staged.
  public static let origin = "http://127.0.0.1:8080"

  /// `seconds` is the time since the demo began, `epoch` its beginning in seconds since 1970.
  public static func play(_ parts: [Part], at seconds: Double, epoch: Double) -> [StagedWorker] {
    var run = StagedRun(parts, epoch: epoch)
    let events = run.advance(to: seconds)
    return zip(run.workers(), events).map { worker, events in
      var worker = worker
      worker.events = events
      return worker
    }
  }
}

/// A cast on its way: what each stream says from moment to moment, and the workers as they stand.
public struct StagedRun: Sendable {
  private let parts: [Part]
  private let epoch: Double
  private var staged: [StagedPart]
  private var told: [Int]
  private var now: Double

  public init(_ parts: [Part], epoch: Double) {
    self.parts = parts
    self.epoch = epoch
    staged = parts.map { StagedPart($0, epoch: epoch, speed: 1, linesRate: 200) }
    told = parts.map { _ in 0 }
    now = epoch
  }

  /// Plays on to so many seconds after the beginning; answers, for each part, the events since the
  /// last call.
  public mutating func advance(to seconds: Double) -> [[ServerSentEvent]] {
    now = epoch + seconds
    return staged.indices.map { index in
      _ = staged[index].turn.advance(to: now)
      let log = staged[index].turn.log.count
      defer { told[index] = log }
      return staged[index].turn.events(
        from: told[index], limit: log - told[index], origin: Staging.origin)
    }
  }

  /// The workers at the last moment, in the order of their parts, without their events.
  public func workers() -> [StagedWorker] {
    zip(parts, staged).compactMap { part, staged in
      let sheet = WorkerSheet(
        id: staged.id, createdAt: staged.createdAt, title: part.title, turns: [staged.turn],
        now: now)
      return Worker(json: sheet.json(origin: Staging.origin)).map {
        StagedWorker(
          worker: $0, events: [], schedules: staged.schedules(at: now).map(\.schedule), part: part)
      }
    }
  }
}

/// A worker of a staged cast.
public struct StagedWorker: Hashable, Sendable {
  public var worker: Worker
  /// The stream so far, where it was asked for.
  public var events: [ServerSentEvent]
  public var schedules: [Schedule]
  public var part: Part
}

/// A part with its ids, and its turn not yet played.
struct StagedPart: Sendable {
  let id: String
  /// Seconds since 1970.
  let createdAt: Double
  var turn: Turn
  private let part: Part
  private let epoch: Double

  init(_ part: Part, epoch: Double, speed: Double, linesRate: Double) {
    self.part = part
    self.epoch = epoch
    let startedAt = epoch - part.startedSecondsAgo / speed
    createdAt = min(startedAt, epoch)
    var random = SplitMix64(seed: part.seed, part: -1)
    id = Identifier.worker(at: createdAt, using: &random)
    turn = Turn(
      Recipe(
        worker: id, scenario: Scenario(rawValue: part.scenario) ?? .composed, seed: part.seed,
        input: part.instruction, budget: part.budget, startedAt: startedAt, speed: speed,
        linesRate: part.linesRate ?? linesRate))
  }

  /// The schedules that still stand at a moment.
  func schedules(at now: Double) -> [KeptSchedule] {
    part.schedules.enumerated().compactMap { index, plan in
      var random = SplitMix64(seed: part.seed, part: index + 1_000)
      var kind = plan.kind
      if case .once(let seconds) = kind { kind = .once(epoch + seconds) }
      guard let first = kind.firstFire(after: epoch) else { return nil }
      let kept = KeptSchedule(
        worker: id,
        schedule: Schedule(
          id: Identifier.schedule(at: createdAt, using: &random), budget: plan.budget,
          input: plan.input, kind: kind, nextRunAt: first))
      return first > now ? kept : kept.moved(after: now)
    }.inOrderOfFire
  }
}
