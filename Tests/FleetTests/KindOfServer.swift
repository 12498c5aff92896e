import WorkerAPI

@testable import Fleet

/// What a server sends when a stream that broke is opened again.
enum KindOfServer: CaseIterable {
  case replaysWithoutIDs, replaysWithIDs, replaysWithSomeIDs, replaysInOtherChunks
  case resumes, resumesWithSomeIDs, resumesFromTheLastOne
  case sendsOnlyNew, sendsRunningMessageAgain

  /// Whether an event, counted from 0, carries an id.
  private func hasID(_ index: Int) -> Bool {
    switch self {
    case .replaysWithoutIDs, .replaysInOtherChunks, .sendsOnlyNew, .sendsRunningMessageAgain: false
    case .replaysWithSomeIDs, .resumesWithSomeIDs: index % 3 == 2
    case .replaysWithIDs, .resumes, .resumesFromTheLastOne: true
    }
  }

  /// The events of a connection that is opened after `seen` events, as the decoder hands them over.
  func connection(_ events: [WorkerEvent], after seen: Int, lastEventID: String) -> [StreamItem] {
    let asked = events.indices.first { "\($0)" == lastEventID && hasID($0) }
    let start: Int
    switch self {
    case .replaysWithoutIDs, .replaysWithIDs, .replaysWithSomeIDs, .replaysInOtherChunks: start = 0
    case .resumes, .resumesWithSomeIDs: start = asked.map { $0 + 1 } ?? 0
    case .resumesFromTheLastOne: start = asked ?? 0
    case .sendsOnlyNew: start = seen
    case .sendsRunningMessageAgain:
      start =
        events.indices.last { index in
          guard case .start = events[index] else { return false }
          return index < max(seen, 1)
        } ?? 0
    }
    var standing = lastEventID
    let items = events.indices[start...].map { index in
      if hasID(index) { standing = "\(index)" }
      return StreamItem(events[index], id: standing)
    }
    return self == .replaysInOtherChunks && seen > 0 ? Self.joined(items) : items
  }

  /// Deltas that follow each other are one.
  private static func joined(_ items: [StreamItem]) -> [StreamItem] {
    items.reduce(into: []) { joined, item in
      guard case .textDelta(let id, let more, _) = item.event,
        case .textDelta(id, let text, _)? = joined.last?.event
      else { return joined.append(item) }
      joined[joined.count - 1].event = .textDelta(id: id, delta: DeltaText(text.body + more.body))
    }
  }
}

/// Streams whose every cut is tried.
enum Telling {
  static func text(_ id: String, _ deltas: String...) -> [WorkerEvent] {
    [.textStart(id: id)] + deltas.map { .textDelta(id: id, delta: DeltaText($0)) }
      + [.textEnd(id: id)]
  }

  private static let finish = WorkerEvent.finish(reason: "stop", metadata: nil)

  private static func tool(_ id: String) -> [WorkerEvent] {
    [
      .tool(callID: id, .inputStart(name: "search", title: nil)),
      .tool(callID: id, .inputDelta(DeltaText(#"{"q":"#))),
      .tool(callID: id, .inputDelta(DeltaText(#""x"}"#))),
      .tool(callID: id, .inputAvailable(name: "search", title: nil, input: ["q": "x"])),
      .tool(callID: id, .output(["hits": 3], isPreliminary: nil)),
    ]
  }

  /// Two messages with steps, tools, sources, files, data and deltas that are alike.
  static func run(ids: [String?]) -> [WorkerEvent] {
    let first: [WorkerEvent] =
      [.start(messageID: ids[0], metadata: nil), .startStep, .reasoningStart(id: "r")]
      + [.reasoningDelta(id: "r", delta: DeltaText("hm ")), .reasoningEnd(id: "r")] + tool("c1")
      + [.source(id: "s1", title: "S", url: "https://s/1"), .finishStep, .startStep]
      + text("t", "a", "a", "b", "a") + [.file(url: "https://h/f.md", mediaType: "text/markdown")]
      + [.data(name: "note", id: "n", value: 1, isTransient: false), .finishStep, finish]
    let second: [WorkerEvent] =
      [.start(messageID: ids[1], metadata: nil), .startStep] + text("t", "a", "c", "a", "c")
      + tool("c2") + text("u", "the end") + [.finishStep, finish, .done]
    return first + second
  }
}
