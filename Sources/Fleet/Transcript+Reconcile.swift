import WorkerAPI

extension Transcript {
  /// How the beginning of one transcript stands to a stretch of another.
  enum Relation: Hashable, Sendable {
    /// They say different things.
    case differs
    /// The same so far, but not yet all of it.
    case partial
    /// All of it, and perhaps more.
    case covered
  }

  /// Text that is compared before the same is taken for the same; more is no chance.
  private static let comparedBytes = 16 << 10

  /// Compares all that is here with what the other says from one turn on, chunking, reasoning and
  /// framing aside: replays are often told in other chunks.
  func relation(to other: Transcript, from turn: Int) -> Relation {
    let known = other.entries[min(other.turns[turn].firstEntry, other.entries.count)...]
      .filter(\.isCompared)
    let mine = entries.filter(\.isCompared)
    let isOver = turns.last.map { $0.status != .streaming } ?? false
    guard !known.isEmpty else { return .differs }
    var compared = 0
    var isGrowing = false
    for (entry, other) in zip(mine, known) {
      let relation = entry.relation(to: other, mayGrow: !isOver)
      if relation == .differs { return .differs }
      if relation == .partial { isGrowing = true }
      compared += entry.weight
      if compared >= Self.comparedBytes { return .covered }
    }
    if isGrowing { return .partial }
    if mine.count >= known.count { return .covered }
    // A finished message that says less than the known one is another message.
    return isOver && turns.count == 1 && !mine.isEmpty && known[mine.count].turn == known[0].turn
      ? .differs : .partial
  }

  /// From this turn on it holds nothing that could be compared.
  func saysNothing(from turn: Int) -> Bool {
    !entries[min(turns[turn].firstEntry, entries.count)...].contains(where: \.isCompared)
  }

  /// Empties it from a turn on, for a replay of that turn's message.
  mutating func rewind(toTurn turn: Int) {
    guard turns.indices.contains(turn) else { return }
    let end = min(turns[turn].firstEntry, entries.count)
    for entry in entries[end...] { heldBytes -= entry.weight }
    entries.removeSubrange(end...)
    turns.removeSubrange(turn...)
    steps.removeAll { $0.turn >= turn }
    asides.removeAll { $0.turn > turn }
    openText = [:]
    openReasoning = [:]
    calls = [:]
    dataParts = [:]
    approvals = [:]
    stepStart = end
    oldestKept = min(oldestKept, end)
    opensNext = asides.contains { $0.turn == turn }
    isDone = false
    edition += 1
  }

  /// Nothing was let go of; of what was, nobody can tell whether a message says the same.
  var isWhole: Bool { droppedBytes == 0 }

  /// Takes over stored messages that say more than what the stream brought, or say once what it
  /// brought twice; answers whether anything changed.
  ///
  /// With `isOver` false the last stored message is still being written and is left to the stream.
  mutating func reconcile(_ messages: [StoredMessage], isOver: Bool) -> Bool {
    guard isWhole else { return false }
    let answers = messages.filter(\.isFromWorker).map(\.json)
    let finished = isOver ? answers[...] : answers.dropLast()
    guard !finished.isEmpty else { return false }
    let ids = turns.map(\.messageID)
    let areKnown = finished.allSatisfy { message in
      message["id"]?.string.map { id in ids.count { $0 == id } == 1 } ?? false
    }
    if areKnown, !isOver || answers.count == turns.count {
      var isChanged = false
      for message in finished {
        guard let turn = turns.firstIndex(where: { $0.messageID == message["id"]?.string }),
          turns[turn].status != .failed, !Spoken(self, turn).holds(Spoken(message))
        else { continue }
        absorbStored(message)
        isChanged = true
      }
      return isChanged
    }
    guard isOver, turns.allSatisfy({ $0.status != .failed }), !says(answers) else { return false }
    startAnew()
    for message in answers { absorbStored(message) }
    return true
  }

  /// The turns are these messages, or hold things that these messages lack.
  private func says(_ answers: [JSON]) -> Bool {
    let stored = answers.map { Spoken($0) }
    let mine = turns.indices.map { Spoken(self, $0) }
    guard answers.count <= turns.count else { return false }
    if answers.count == turns.count {
      return zip(mine, stored).allSatisfy { $0.holds($1) }
    }
    // More turns than messages: told twice, unless one of them tells what no message does.
    return mine.contains { turn in !stored.contains { $0.holds(turn) } }
  }
}

/// What a message says, for comparing a streamed one with its stored form.
private struct Spoken: Hashable {
  var text = ""
  var calls: [String] = []
  var links: [String] = []

  init(_ transcript: Transcript, _ turn: Int) {
    let start = transcript.turns[turn].firstEntry
    let end =
      turn + 1 < transcript.turns.count
      ? transcript.turns[turn + 1].firstEntry : transcript.entries.count
    for entry in transcript.entries[min(start, end)..<end] {
      switch entry.content {
      case .text(let more), .plain(let more): text += more
      case .tool(let call): calls.append(call.id)
      case .source(let source): links.append(source.url)
      case .file(let file): links.append(file.url)
      default: break
      }
    }
  }

  init(_ message: JSON) {
    for part in message["parts"]?.array ?? [] {
      switch part["type"]?.string {
      case "text"?: text += part["text"]?.string ?? ""
      case "source-url"?: links.append(part["url"]?.string ?? "")
      case "source-document"?: links.append(part["filename"]?.string ?? "")
      case "file"?: links.append(part["url"]?.string ?? "")
      case let type? where type == "dynamic-tool" || type.hasPrefix("tool-"):
        part["toolCallId"]?.string.map { calls.append($0) }
      default: break
      }
    }
  }

  /// It says all that the other does, and nothing of it more often.
  func holds(_ other: Spoken) -> Bool {
    (text == other.text || other.text.isEmpty) && Self.holds(calls, other.calls)
      && Self.holds(links, other.links)
  }

  private static func holds(_ mine: [String], _ others: [String]) -> Bool {
    let counts = mine.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let wanted = others.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return wanted.allSatisfy { counts[$0.key] == $0.value }
  }
}

extension Transcript.Entry {
  /// Reasoning is left out of many a stored message, so that it tells nothing.
  fileprivate var isCompared: Bool {
    switch content {
    case .reasoning, .aborted: false
    default: true
    }
  }

  /// `mayGrow` tells that more of a text that has no end yet may come.
  fileprivate func relation(to known: Self, mayGrow: Bool) -> Transcript.Relation {
    switch (content, known.content) {
    // What the bounds took may have been anything.
    case (_, .dropped): return .covered
    case (.text(let mine), .text(let theirs)):
      let whole = half == nil ? mine : String(mine.unicodeScalars.dropLast())
      let start = known.half == nil ? theirs : String(theirs.unicodeScalars.dropLast())
      if whole.utf8.elementsEqual(start.utf8) { return .covered }
      if whole.utf8.starts(with: start.utf8) {
        return known.state == .streaming || known.half != nil ? .covered : .differs
      }
      guard start.utf8.starts(with: whole.utf8) else { return .differs }
      return mayGrow && state == .streaming ? .partial : .differs
    case (.tool(let mine), .tool(let theirs)): return mine.id == theirs.id ? .covered : .differs
    case (.source(let mine), .source(let theirs)):
      return mine.url == theirs.url ? .covered : .differs
    case (.file(let mine), .file(let theirs)):
      return mine.url == theirs.url ? .covered : .differs
    case (.data(let mine, let id, _), .data(let theirs, let other, _)):
      return mine == theirs && id == other ? .covered : .differs
    default: return content == known.content ? .covered : .differs
    }
  }
}
