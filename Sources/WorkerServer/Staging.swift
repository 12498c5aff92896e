public import WorkerAPI

/// A cast played to a moment at once, without a server: the same parts, seeds and moments give the same
/// workers, byte for byte.
public enum Staging {
  /// The origin of addresses in what is staged.
  public static let origin = "http://127.0.0.1:8080"

  /// `seconds` is the time since the demo began, `epoch` its beginning in seconds since 1970.
  public static func play(_ parts: [Part], at seconds: Double, epoch: Double) -> [StagedWorker] {
    parts.compactMap { part in
      var staged = StagedPart(part, epoch: epoch, speed: 1, linesRate: 200)
      let now = epoch + seconds
      _ = staged.turn.advance(to: now)
      let sheet = WorkerSheet(
        id: staged.id, createdAt: staged.createdAt, title: part.title, turns: [staged.turn],
        now: now)
      guard let worker = Worker(json: sheet.json(origin: origin)) else { return nil }
      return StagedWorker(
        worker: worker,
        events: staged.turn.events(from: 0, limit: staged.turn.log.count, origin: origin),
        schedules: staged.schedules(at: now).map(\.schedule), part: part)
    }
  }
}

/// A worker of a staged cast.
public struct StagedWorker: Hashable, Sendable {
  public var worker: Worker
  /// The stream so far.
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
