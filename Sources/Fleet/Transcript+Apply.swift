public import WorkerAPI

extension Transcript {
  /// Takes in what one event says, by the lenient reducer of protocol.md (c).
  ///
  /// `now` is the moment of arrival for events that were watched live, nil for replayed ones.
  public mutating func apply(_ event: WorkerEvent, now: Double?) {
    switch event {
    case .start(let id, let metadata): start(id, metadata)
    case .startStep:
      openTurnIfNeeded()
      stepStart = entries.count
    case .finishStep:
      openTurnIfNeeded()
      openText = [:]
      closeReasoning(now)
    case .resetStep:
      openTurnIfNeeded()
      dropStep()
    case .textStart(let id):
      openText[id] = append(.text(""), now)
    case .textDelta(let id, let delta):
      if openText[id] == nil { oddities.malformed += 1 }
      let index = openText[id] ?? append(.text(""), now)
      openText[id] = index
      extend(index, by: delta)
    case .textEnd(let id): close(openText.removeValue(forKey: id), now)
    case .reasoningStart(let id):
      openReasoning[id] = append(.reasoning("", isOpen: true), now)
    case .reasoningDelta(let id, let delta):
      if openReasoning[id] == nil { oddities.malformed += 1 }
      let index = openReasoning[id] ?? append(.reasoning("", isOpen: true), now)
      openReasoning[id] = index
      extend(index, by: delta)
    case .reasoningEnd(let id):
      let index = openReasoning.removeValue(forKey: id)
      if let index { endReasoning(index, now) }
      close(index, now)
    case .tool(let call, let event): apply(event, to: call, now)
    case .source(let id, let title, let url):
      append(.source(WorkerSource(id: id, title: title, url: url)), now)
    case .document(let id, let title, _, let filename):
      append(.source(WorkerSource(id: id, title: title, url: filename ?? "")), now)
    case .file(let url, let mediaType):
      append(.file(WorkerFile(filename: Self.name(in: url), mediaType: mediaType, url: url)), now)
    case .data(let name, let id, let value, let isTransient):
      if !isTransient { replaceData(name, id, value, now) }
    case .metadata(let value):
      openTurnIfNeeded()
      merge(value)
    case .error(let message):
      if turns.isEmpty { openTurnIfNeeded() }
      turns[turns.count - 1].status = .failed
      append(.error(message), now)
    case .abort(let reason):
      append(.aborted(reason: reason), now)
      turns[turns.count - 1].status = .aborted
    case .finish(let reason, let metadata): finish(reason, metadata, now)
    case .done: isDone = true
    case .plainText(let text): append(.plain(text), now)
    case .message(let json): applyStored(json)
    case .snapshot: break
    case .unknown(let type, _):
      if oddities.unknown.count < 100 || oddities.unknown[type] != nil {
        oddities.unknown[type, default: 0] += 1
      }
    case .malformed: oddities.malformed += 1
    }
  }

  private mutating func start(_ id: String?, _ metadata: JSON?) {
    let isSame = id != nil && turns.last?.messageID == id
    let isFresh = turns.last.map { $0.status == .streaming && $0.firstEntry == entries.count }
    if !isSame, isFresh != true || turns.last?.messageID != nil { openTurn(id) }
    if turns[turns.count - 1].messageID == nil { turns[turns.count - 1].messageID = id }
    if isSame { turns[turns.count - 1].status = .streaming }
    if let metadata { merge(metadata) }
  }

  mutating func openTurn(_ id: String?) {
    turns.append(Turn(messageID: id, status: .streaming, firstEntry: entries.count))
    openText = [:]
    openReasoning = [:]
    stepStart = entries.count
    isDone = false
  }

  private mutating func openTurnIfNeeded() {
    guard let last = turns.last, last.status == .streaming || last.status == .failed else {
      return openTurn(nil)
    }
  }

  @discardableResult
  mutating func append(_ content: Content, _ now: Double?) -> Int {
    if case .error = content {} else { openTurnIfNeeded() }
    entries.append(Entry(turn: turns.count - 1, content: content, startedAt: now))
    return entries.count - 1
  }

  private mutating func merge(_ value: JSON) {
    let index = turns.count - 1
    turns[index].metadata = turns[index].metadata?.merging(value) ?? value
    let created = turns[index].metadata?["createdAt"]
    if let text = created?.string { turns[index].startedAt = Timestamp.parse(text) }
    if let number = created?.double {
      turns[index].startedAt = number > 1e11 ? number / 1000 : number
    }
  }

  private mutating func finish(_ reason: String?, _ metadata: JSON?, _ now: Double?) {
    openTurnIfNeeded()
    let index = turns.count - 1
    if turns[index].status == .streaming {
      turns[index].status = reason == "error" ? .failed : .completed
    }
    turns[index].finishReason = reason
    if let metadata { merge(metadata) }
    closeReasoning(now)
    openText = [:]
  }

  private mutating func dropStep() {
    for index in stepStart..<entries.count { entries[index].content = .dropped }
    edition += 1
    openText = [:]
    openReasoning = [:]
  }

  private mutating func close(_ index: Int?, _ now: Double?) {
    guard let index else {
      oddities.malformed += 1
      return
    }
    entries[index].endedAt = now
  }

  private mutating func closeReasoning(_ now: Double?) {
    for index in openReasoning.values { endReasoning(index, now) }
    openReasoning = [:]
  }

  private mutating func endReasoning(_ index: Int, _ now: Double?) {
    guard case .reasoning(let text, true) = entries[index].content else { return }
    entries[index].content = .reasoning(text, isOpen: false)
    entries[index].revision += 1
    entries[index].endedAt = now
  }

  /// Appends in place: the content is taken out first, so that the text is not copied.
  mutating func extend(_ index: Int, by delta: String) {
    let content = entries[index].content
    entries[index].content = .dropped
    entries[index].content = Self.extended(consume content, by: delta)
    entries[index].revision += 1
    textBytes += delta.utf8.count
    trim()
  }

  private static func extended(_ content: consuming Content, by delta: String) -> Content {
    switch consume content {
    case .text(var text):
      text += delta
      return .text(text)
    case .reasoning(var text, let isOpen):
      text += delta
      return .reasoning(text, isOpen: isOpen)
    case let other: return other
    }
  }

  private mutating func replaceData(_ name: String, _ id: String?, _ value: JSON, _ now: Double?) {
    let first = turns.last?.firstEntry ?? 0
    let index = entries.indices[first...].last {
      if case .data(name, id, _) = entries[$0].content { id != nil } else { false }
    }
    guard let index else {
      append(.data(name: name, id: id, value: value), now)
      return
    }
    entries[index].content = .data(name: name, id: id, value: value)
    entries[index].revision += 1
  }

  /// Empties the oldest entries once the bound is passed; the newest one is never emptied.
  private mutating func trim() {
    guard textBytes > Self.textLimit else { return }
    while textBytes > Self.textLimit * 3 / 4, oldestKept < entries.count - 1 {
      let size = entries[oldestKept].content.textSize
      textBytes -= size
      droppedBytes += size
      entries[oldestKept].content = .dropped
      oldestKept += 1
    }
    edition += 1
  }

  /// The last part of a file's address, decoded; data URLs have none.
  static func name(in url: String) -> String? {
    guard !url.hasPrefix("data:") else { return nil }
    let path = url.prefix { $0 != "?" && $0 != "#" }
    if let range = path.firstRange(of: "/files/") {
      return PercentCoding.decode(String(path[range.upperBound...]))
    }
    return path.split(separator: "/").last.flatMap { PercentCoding.decode(String($0)) }
  }
}

extension Transcript.Content {
  var textSize: Int {
    switch self {
    case .text(let text), .plain(let text), .reasoning(let text, _): text.utf8.count
    default: 0
    }
  }
}

extension JSON {
  /// Objects merge member by member, all else is replaced (protocol.md (c), metadata).
  func merging(_ other: JSON) -> JSON {
    guard case .object(var mine) = self, case .object(let theirs) = other else { return other }
    for member in theirs.members {
      mine[member.name] = mine[member.name]?.merging(member.value) ?? member.value
    }
    return .object(mine)
  }
}
