/// A future or recurring run of a worker.
public struct Schedule: Hashable, Sendable {
  public var id: String
  public var budget: Budget
  public var input: String
  public var kind: ScheduleKind
  /// Seconds since 1970; nil when the server's date cannot be read.
  public var nextRunAt: Double?

  public init(id: String, budget: Budget, input: String, kind: ScheduleKind, nextRunAt: Double?) {
    self.id = id
    self.budget = budget
    self.input = input
    self.kind = kind
    self.nextRunAt = nextRunAt
  }

  public init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, budget: Budget(json["budget"]?.string ?? "standard"),
      input: json["input"]?.string ?? "", kind: ScheduleKind(responseJSON: json),
      nextRunAt: json["nextRunAt"]?.string.flatMap(Timestamp.parse))
  }

  public var json: JSON {
    var object = JSONObject([
      ("id", .string(id)), ("budget", .string(budget.word)), ("input", .string(input)),
      ("nextRunAt", nextRunAt.map { .string(Timestamp.print($0)) } ?? .null),
      ("type", .string(kind.word)),
    ])
    switch kind {
    case .once, .other: break
    case .delayed(let seconds): object["delayInSeconds"] = .integer(seconds)
    case .cron(let expression): object["cron"] = .string(expression)
    case .interval(let seconds): object["intervalSeconds"] = .integer(seconds)
    }
    return .object(object)
  }
}

/// When a schedule fires: the API's four kinds, and any that comes later.
public enum ScheduleKind: Hashable, Sendable {
  /// At a moment in seconds since 1970; in answers it is the next run.
  case once(Double)
  case delayed(seconds: Int)
  /// Five fields, taken as UTC (protocol.md (a), schedule creation).
  case cron(String)
  case interval(seconds: Int)
  case other(String)

  /// The `type` of the wire.
  public var word: String {
    switch self {
    case .once: "scheduled"
    case .delayed: "delayed"
    case .cron: "cron"
    case .interval: "interval"
    case .other(let word): word
    }
  }

  init(responseJSON json: JSON) {
    let word = json["type"]?.string ?? ""
    switch word {
    case "scheduled": self = .once(json["nextRunAt"]?.string.flatMap(Timestamp.parse) ?? 0)
    case "delayed": self = .delayed(seconds: json["delayInSeconds"]?.int ?? 0)
    case "cron": self = .cron(json["cron"]?.string ?? "")
    case "interval": self = .interval(seconds: json["intervalSeconds"]?.int ?? 0)
    default: self = .other(word)
    }
  }

  /// The `when` of a request.
  public var requestJSON: JSON {
    switch self {
    case .once(let date): ["type": "scheduled", "date": .string(Timestamp.print(date))]
    case .delayed(let seconds): ["type": "delayed", "delayInSeconds": .integer(seconds)]
    case .cron(let expression): ["type": "cron", "cron": .string(expression)]
    case .interval(let seconds): ["type": "interval", "intervalSeconds": .integer(seconds)]
    case .other(let word): ["type": .string(word)]
    }
  }
}
