import WorkerAPI

extension Transcript {
  /// What one transcript holds; past it the oldest goes, and `droppedBytes` grows by what it held.
  public struct Bounds: Hashable, Sendable {
    /// Bytes of text, inputs and outputs.
    public var bytes: Int
    public var entries: Int
    /// Long texts go on in further entries.
    public var cutsTexts = false

    /// For a console that shows many workers.
    public static let screen = Bounds(bytes: textLimit, entries: entryLimit, cutsTexts: true)
    /// For one stream that is wanted whole.
    public static let whole = Bounds(bytes: 1 << 30, entries: 4_000_000)
  }

  /// Entries that are kept on the screen; past it the older half goes.
  public static let entryLimit = 20_000
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
    fresh.value += max(0, change)
  }

  /// Lets the oldest go once there is too much of it.
  mutating func keepWithinBounds() {
    trim()
    compact()
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
  private mutating func trim() {
    guard heldBytes > bounds.bytes, oldestKept < entries.count - 1 else { return }
    while heldBytes > bounds.bytes * 3 / 4, oldestKept < entries.count - 1 {
      droppedBytes += empty(oldestKept)
      oldestKept += 1
    }
  }

  /// Lets the older half of the entries go once there are too many.
  private mutating func compact() {
    guard entries.count > bounds.entries else { return }
    let gone = entries.count / 2
    for index in 0..<gone { droppedBytes += empty(index) }
    entries.removeFirst(gone)
    firstNumber += gone
    for index in turns.indices { turns[index].firstEntry = max(0, turns[index].firstEntry - gone) }
    for map in [\Transcript.openText, \.openReasoning, \.dataParts] {
      self[keyPath: map] = self[keyPath: map].compactMapValues { $0 < gone ? nil : $0 - gone }
    }
    calls = calls.compactMapValues { places in
      let kept = places.filter { $0 >= gone }.map { $0 - gone }
      return kept.isEmpty ? nil : kept
    }
    steps = steps.filter { $0.entry >= gone }.map { Step(turn: $0.turn, entry: $0.entry - gone) }
    stepStart = max(0, stepStart - gone)
    oldestKept = max(0, oldestKept - gone)
  }
}

extension Transcript {
  /// The number of the first entry that is still here.
  public var firstKept: Int {
    firstNumber + (entries.firstIndex { !$0.content.isDropped } ?? entries.count)
  }

  /// The number that the next entry will have.
  public var end: Int { firstNumber + entries.count }

  /// Entries went from its front.
  public var isCutOff: Bool { firstKept > 0 }

  /// The first entry that is here is the first of its turn.
  public var beginsTurn: Bool {
    let first = firstKept - firstNumber
    guard entries.indices.contains(first), turns.indices.contains(entries[first].turn) else {
      return true
    }
    return turns[entries[first].turn].firstEntry >= first
  }
}

extension Transcript.Content {
  /// It was emptied.
  public var isDropped: Bool {
    if case .dropped = self { true } else { false }
  }

  /// Bytes held, roughly.
  var weight: Int {
    switch self {
    case .text(let text), .plain(let text), .reasoning(let text, _), .error(let text):
      text.utf8.count
    case .tool(let call): call.weight
    case .source(let source):
      source.id.utf8.count + (source.title?.utf8.count ?? 0) + source.url.utf8.count
    case .file(let file):
      (file.filename?.utf8.count ?? 0) + file.mediaType.utf8.count + file.url.utf8.count
    case .data(let name, let id, let value):
      name.utf8.count + (id?.utf8.count ?? 0) + value.weight
    case .part(let part): JSON.object(part).weight
    case .aborted(let reason): reason?.utf8.count ?? 0
    case .dropped: 0
    }
  }
}

extension ToolCall {
  /// Bytes held, roughly.
  var weight: Int {
    name.utf8.count + (title?.utf8.count ?? 0) + inputText.utf8.count + (errorText?.utf8.count ?? 0)
      + input.weight + output.weight + rawInput.weight
      + (details.members.isEmpty ? 0 : JSON.object(details).weight)
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
    case .literal(let literal): 16 + literal.text.utf8.count
    case .string(let text): 16 + text.utf8.count
    case .array(let values): values.reduce(16) { $0 + $1.weight }
    case .object(let object):
      object.members.reduce(16) { $0 + 16 + $1.name.utf8.count + $1.value.weight }
    }
  }

  /// Names that JavaScript clients leave out of a merge, because objects there inherit through them.
  private static let unmerged: Set<String> = ["__proto__", "constructor", "prototype"]

  /// Objects merge member by member, all else is replaced (protocol.md (c), metadata).
  func merging(_ other: JSON) -> JSON {
    guard case .object(var mine) = self, case .object(let theirs) = other else { return other }
    var places: [String: Int] = [:]
    for (index, member) in mine.members.enumerated() { places[member.name] = index }
    for member in theirs.members where !Self.unmerged.contains(member.name) {
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
