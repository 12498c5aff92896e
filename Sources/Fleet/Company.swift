import WorkerAPI

/// The port to other consoles on the same memory: one of them asks the server, the others follow
/// what it keeps.
public protocol Company: Sendable {
  /// Whether this console asks the server from the beginning.
  var leads: Bool { get }
  /// Says once that this console asks the server from now on, for the one that did is gone.
  var succession: AsyncStream<Void> { get }
  /// Something changed in the memory; several changes may be said as one.
  var memoryChanges: AsyncStream<Void> { get }
  /// Something changed in the scrollback; several changes may be said as one.
  var scrollbackChanges: AsyncStream<Void> { get }
}

/// What this console is among those on the same memory.
public enum CompanyRole: Hashable, Sendable {
  /// It asks the server, follows streams and writes what they say.
  case leader
  /// It shows what the leader keeps, sends orders, and asks the leader to look at a worker.
  case follower
}

/// What consoles on one memory tell each other, as preferences.
enum CompanyNote {
  /// To the leader: the worker on a follower's screen if it is active, `present` else, nothing when
  /// the follower ends.
  static let watched = "company.watched"
  static let present = "-"
  /// To the leader: a moment, then the workers to look at, one a line; none means all.
  static let ask = "company.ask"
  /// Workers that are named; more of them are all.
  static let askLimit = 20

  static func asking(_ ids: [String], at now: Double) -> Memo {
    let named = ids.count <= askLimit ? ids : []
    return .preference(name: ask, value: (["\(now)"] + named).joined(separator: "\n"))
  }

  static func asked(_ value: String) -> [String] {
    value.split(separator: "\n").dropFirst().map(String.init)
  }
}

/// What others wrote to the memory.
public struct Changes: Hashable, Sendable {
  public var memos: [Memo]
  /// The last answers among them, where they were read beforehand.
  var answers: Derived<[String: Worker]>
}

extension Changes {
  /// Reads the last answers off the main actor.
  @concurrent
  static func read(_ memos: [Memo]) async -> Changes {
    let known = memos.compactMap { memo -> KnownWorker? in
      switch memo {
      case .worker(let known): known
      case .revise(let known, let fields): fields.contains(.figures) ? known : nil
      default: nil
      }
    }
    let answers = await KnownWorker.each(of: known) { known in
      known.answer.map { (known.id, $0) }
    }
    return Changes(
      memos: memos,
      answers: Derived(Dictionary(answers.joined().compactMap(\.self)) { first, _ in first }))
  }
}
