public import Fleet
import WorkerAPI

/// A fleet's progress as lines that are only ever added: for pipes, logs and screen readers.
public struct PlainLines: Sendable {
  private var cursors: [String: Cursor] = [:]

  /// How far one worker has been told.
  private struct Cursor {
    var phase: Phase?
    /// Its number among all entries that there ever were.
    var entry = 0
    /// Turns whose instructions were told.
    var turns = 0
    /// Bytes of that entry's text.
    var offset = 0
  }

  /// With a name, each line begins with its worker's title.
  public init(isNamed: Bool = true) { self.isNamed = isNamed }

  private let isNamed: Bool

  /// The lines that are new since the last call.
  public mutating func take(_ fleet: State) -> [String] {
    var lines: [String] = []
    for id in fleet.order {
      guard let worker = fleet.workers[id] else { continue }
      var cursor = cursors[id] ?? Cursor()
      let name = isNamed ? Sanitise.line(worker.title) + ": " : ""
      for text in Self.news(worker, &cursor) { lines.append(name + text) }
      // One worker alone was asked for before anything is printed.
      if cursor.phase != worker.phase.value, isNamed || worker.phase.value != .unknown {
        cursor.phase = worker.phase.value
        lines.append(name + Self.words(worker))
      }
      cursors[id] = cursor
    }
    return lines
  }

  /// The lines of one worker that are new since the last call, without its name.
  mutating func take(_ id: String, _ fleet: State) -> [String] {
    guard let worker = fleet.workers[id] else { return [] }
    var cursor = cursors[id] ?? Cursor()
    defer { cursors[id] = cursor }
    return Self.news(worker, &cursor)
  }

  /// No run is going on that the server knows of, and what it has said of each was told.
  public func isComplete(_ fleet: State) -> Bool {
    fleet.isRecalled
      && fleet.workers.values.allSatisfy { worker in
        // A server may lack the stream alone: that the worker is gone is for a GET to say.
        let isGone = worker.isMissing && worker.failures > 0
        let phase = worker.phase
        return isGone || !phase.value.isActive && phase.source != .memory && phase.value != .unknown
      }
  }

  private static func words(_ worker: WorkerState) -> String {
    let spent =
      worker.meter.amount.map {
        worker.meter.isInCredits
          ? ", \(Figures.credits($0)) credits" : ", $\(Figures.decimal($0, 2))"
      } ?? ""
    return switch worker.phase.value {
    case .unknown: "= not known"
    case .pending: "= pending"
    case .running: "= running"
    case .done: "= done\(spent)"
    case .failed(let reason): "= failed: \(Sanitise.line(reason))\(spent)"
    }
  }

  private static func news(_ worker: WorkerState, _ cursor: inout Cursor) -> [String] {
    let transcript = worker.transcript
    var lines: [String] = []
    while cursor.entry < transcript.end {
      // What went from the front before it could be told is in the scrollback only.
      cursor.entry = max(cursor.entry, transcript.firstNumber)
      let entry = transcript.entries[cursor.entry - transcript.firstNumber]
      lines += prompts(transcript, upTo: entry.turn, &cursor)
      let isOpen = cursor.entry == transcript.end - 1 && worker.phase.value.isActive
      switch entry.content {
      case .text(let text), .plain(let text):
        lines += whole(text, &cursor.offset, isClosed: !isOpen)
        if isOpen { return lines }
      case .reasoning(_, let isUnfinished):
        if isUnfinished, isOpen { return lines }
        lines.append("(thought)")
      case .tool(let call):
        if call.isOpen, isOpen { return lines }
        lines.append(tool(call))
      case .source(let source): lines.append("source " + Sanitise.line(source.url))
      case .file(let file): lines.append("file " + Sanitise.line(file.filename ?? file.url))
      case .error(let message): lines.append("error: " + Sanitise.line(message))
      case .aborted(let reason): lines.append("aborted " + Sanitise.line(reason ?? ""))
      case .data, .part, .dropped: break
      }
      cursor.entry += 1
      cursor.offset = 0
    }
    return lines + prompts(transcript, upTo: transcript.turns.count - 1, &cursor)
  }

  /// What the operator said, before the answer to it.
  private static func prompts(
    _ transcript: Transcript, upTo turn: Int, _ cursor: inout Cursor
  ) -> [String] {
    guard cursor.turns <= turn else { return [] }
    defer { cursor.turns = turn + 1 }
    return (cursor.turns...turn).flatMap { turn in
      transcript.prompts.indices.contains(turn) ? transcript.prompts[turn] : []
    }.flatMap { text in
      Sanitise.text(text).split(separator: "\n").map { "you: " + $0 }
    }
  }

  private static func tool(_ call: ToolCall) -> String {
    let words = [call.title ?? call.name, call.subject].compactMap(\.self).joined(separator: " ")
    let state =
      switch call.stage {
      case .done: "ok"
      case .failed(let reason): "failed: \(reason)"
      case .denied: "denied"
      case .inputStreaming, .running, .awaitingApproval: "running"
      }
    return Sanitise.line("tool \(words): \(state)")
  }

  /// The lines of a text that are complete, from an offset on; all of the rest when it is closed.
  private static func whole(_ text: String, _ offset: inout Int, isClosed: Bool) -> [String] {
    let rest = text.utf8.dropFirst(offset)
    let end =
      isClosed ? rest.endIndex : rest.lastIndex(of: UInt8(ascii: "\n")).map(rest.index(after:))
    guard let end, end > rest.startIndex else { return [] }
    let piece = rest[..<end]
    offset += piece.count
    return Sanitise.text(String(decoding: piece, as: UTF8.self))
      .split(separator: "\n").map(String.init)
  }
}
