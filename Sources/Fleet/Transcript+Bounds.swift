import WorkerAPI

extension Transcript {
  /// Entries that are kept; past it the older half goes, and `droppedBytes` grows by what they held.
  public static let entryLimit = 100_000
  /// Messages that are told apart; past it the last one is taken over by the next.
  static let turnLimit = 10_000
  /// Approvals of one message whose calls are remembered; answers to further ones are dropped.
  static let approvalLimit = 1_000
  /// Weight of one message's metadata; chunks that would pass it are counted as malformed.
  static let metadataLimit = 1 << 16
  /// Bytes of what the operator said that a stream may bring; what passes it is not shown.
  static let promptLimit = 4 << 20

  /// Counts a change of what one entry holds.
  mutating func weigh(_ index: Int, _ change: Int) {
    entries[index].weight += change
    heldBytes += change
    trim()
  }

  /// Empties one entry and returns what it held.
  @discardableResult
  mutating func empty(_ index: Int) -> Int {
    let weight = entries[index].weight
    heldBytes -= weight
    entries[index].weight = 0
    entries[index].content = .dropped
    return weight
  }

  /// Empties the oldest entries once the bound is passed; the newest one is never emptied.
  mutating func trim() {
    guard heldBytes > Self.textLimit, oldestKept < entries.count - 1 else { return }
    while heldBytes > Self.textLimit * 3 / 4, oldestKept < entries.count - 1 {
      droppedBytes += empty(oldestKept)
      oldestKept += 1
    }
    edition += 1
  }

  /// Lets the older half of the entries go once there are too many.
  mutating func compact() {
    guard entries.count > Self.entryLimit else { return }
    let gone = entries.count / 2
    for index in 0..<gone { droppedBytes += empty(index) }
    entries.removeFirst(gone)
    for index in turns.indices { turns[index].firstEntry = max(0, turns[index].firstEntry - gone) }
    for map in [\Transcript.openText, \.openReasoning, \.calls, \.dataParts] {
      self[keyPath: map] = self[keyPath: map].compactMapValues { $0 < gone ? nil : $0 - gone }
    }
    stepStart = max(0, stepStart - gone)
    oldestKept = max(0, oldestKept - gone)
    edition += 1
  }
}

extension Transcript.Content {
  var isDropped: Bool {
    if case .dropped = self { true } else { false }
  }

  /// Bytes held, roughly.
  var weight: Int {
    switch self {
    case .text(let text), .plain(let text), .reasoning(let text, _), .error(let text):
      text.utf8.count
    case .tool(let call):
      call.name.utf8.count + (call.title?.utf8.count ?? 0) + call.inputText.utf8.count
        + call.input.weight + call.output.weight
    case .source(let source):
      source.id.utf8.count + (source.title?.utf8.count ?? 0) + source.url.utf8.count
    case .file(let file):
      (file.filename?.utf8.count ?? 0) + file.mediaType.utf8.count + file.url.utf8.count
    case .data(let name, let id, let value):
      name.utf8.count + (id?.utf8.count ?? 0) + value.weight
    case .aborted(let reason): reason?.utf8.count ?? 0
    case .dropped: 0
    }
  }
}

extension JSON? {
  var weight: Int { self?.weight ?? 0 }
}

extension JSON {
  /// Bytes held, roughly.
  var weight: Int {
    switch self {
    case .null, .bool, .integer, .number: 16
    case .string(let text): 16 + text.utf8.count
    case .array(let values): values.reduce(16) { $0 + $1.weight }
    case .object(let object):
      object.members.reduce(16) { $0 + 16 + $1.name.utf8.count + $1.value.weight }
    }
  }

  /// Objects merge member by member, all else is replaced (protocol.md (c), metadata).
  func merging(_ other: JSON) -> JSON {
    guard case .object(var mine) = self, case .object(let theirs) = other else { return other }
    var places: [String: Int] = [:]
    for (index, member) in mine.members.enumerated() { places[member.name] = index }
    for member in theirs.members {
      if let index = places[member.name] {
        mine.members[index].value = mine.members[index].value.merging(member.value)
      } else {
        places[member.name] = mine.members.count
        mine.members.append(member)
      }
    }
    return .object(mine)
  }
}
