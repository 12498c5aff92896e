import Testing
import WorkerAPI

@testable import Fleet

/// A state with the reducer at hand.
struct Desk {
  var state = State()

  /// Each worker in a phase that a poll brought at 100.
  init(_ workers: (id: String, phase: Phase)...) {
    for (id, phase) in workers { add(id, phase) }
  }

  mutating func add(_ id: String, _ phase: Phase) {
    let known = KnownWorker(
      id: id, title: "T\(id)", instruction: "do \(id)", budget: .low, addedAt: 90, lastSeenAt: 100)
    state.workers[id] = WorkerState(known: known, phase: Reading(phase, at: 100, from: .poll))
    state.order.append(id)
  }

  mutating func send(_ action: Action, at now: Double) -> [Effect] {
    reduce(&state, action, now: now)
  }

  subscript(id: String) -> WorkerState {
    get {
      state.workers[id]
        ?? WorkerState(known: .named("?"), phase: Reading(.unknown, at: 0, from: .memory))
    }
    set { state.workers[id] = newValue }
  }

  /// The next numbers of the dice, which stay as they are.
  func rolls(_ count: Int) -> [Double] {
    var dice = state.dice
    return (0..<count).map { _ in dice.roll() }
  }
}

extension KnownWorker {
  static func named(_ id: String) -> KnownWorker {
    KnownWorker(id: id, instruction: "do \(id)", budget: .low, addedAt: 90)
  }
}

extension Worker {
  /// A worker object with a status and further members.
  static func sample(_ id: String, _ status: String, _ more: JSONObject = JSONObject()) -> Worker {
    var object = JSONObject([("id", .string(id)), ("status", .string(status))])
    object.members += more.members
    guard let worker = Worker(json: .object(object)) else { preconditionFailure("it has an id") }
    return worker
  }

  /// Finished, with stored messages that hold these answers.
  static func answered(_ id: String, _ answers: String...) -> Worker {
    let messages = answers.enumerated().map { index, text -> JSON in
      [
        "id": .string("m\(index)"), "role": "assistant",
        "parts": [["type": "text", "text": .string(text)]],
      ]
    }
    return .sample(id, "completed", JSONObject([("messages", .array(messages))]))
  }
}

extension [Effect] {
  /// Without their delays and what is written: which effects these are.
  var names: [String] {
    map { effect in
      switch effect {
      case .recall: "recall"
      case .hold: "hold"
      case .keep: "keep"
      case .tap(let worker, let id, _): "tap \(worker) \(id)"
      case .follow(let worker, let id, _): "follow \(worker) \(id)"
      case .poll(let worker, _): "poll \(worker)"
      case .loadSchedules(let worker): "schedules \(worker)"
      case .loadEmail(let worker): "email \(worker)"
      case .send(let intent, _): "send \(intent.id)"
      case .download(let worker, let file): "download \(worker) \(file.key)"
      case .seekParts(let worker, let files):
        "seek parts \(worker) \(files.map(\.key).joined(separator: " "))"
      case .export(let export): "export \(export.name)"
      case .preview(let worker, let file, _): "preview \(worker) \(file.key)"
      case .scrollbackSoon: "scrollback soon"
      case .writeScrollback: "write scrollback"
      case .readScrollback(let worker, _): "read scrollback \(worker)"
      case .search(let search): "search \(search.words)"
      case .cancel(.follow(let worker)): "unfollow \(worker)"
      case .cancel(.tap): "untap"
      case .cancel(.download(let worker, let file)): "stop download \(worker) \(file)"
      case .cancel: "cancel"
      }
    }
  }

  /// The delay of the only poll among them.
  var pollDelay: Double? {
    let delays = compactMap { if case .poll(_, let delay) = $0 { delay } else { nil } }
    return delays.count == 1 ? delays[0] : nil
  }
}

extension [Effect] {
  /// The texts of answers that the memory is given.
  var answersKept: [String] {
    flatMap { effect in
      guard case .keep(let memos) = effect else { return [String]() }
      return memos.compactMap { memo in
        if case .revise(let known, _) = memo { known.lastSeen } else { nil }
      }
    }
  }
}
