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
      openFirstTurn()
      openText = [:]
      closeReasoning(now)
    case .resetStep:
      openFirstTurn()
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
      openFirstTurn()
      merge(value)
    case .error(let message):
      append(.error(message), now)
      if turns[turns.count - 1].status != .aborted { turns[turns.count - 1].status = .failed }
    case .abort(let reason):
      append(.aborted(reason: reason), now)
      turns[turns.count - 1].status = .aborted
    case .finish(let reason, let metadata): finish(reason, metadata, now)
    case .done:
      isDone = true
      if turns.last?.status == .streaming { turns[turns.count - 1].status = .completed }
    case .plainText(let text): append(.plain(text), now)
    case .message(let json): applyStored(json)
    case .snapshot: break
    case .unknown(let type, _):
      let name = String(type.prefix(100))
      if oddities.unknown.count < 100 || oddities.unknown[name] != nil {
        oddities.unknown[name, default: 0] += 1
      }
    case .malformed: oddities.malformed += 1
    }
  }

  private mutating func start(_ id: String?, _ metadata: JSON?) {
    let last = turns.last
    let isSame = id != nil && last?.messageID == id
    let isOver = last?.status != .streaming
    let hasParts = last.map { $0.firstEntry < entries.count } ?? false
    if !isSame, isOver || (hasParts && id != nil) { openTurn(id) }
    let index = turns.count - 1
    turns[index].messageID = id ?? turns[index].messageID
    turns[index].status = .streaming
    isDone = false
    if let metadata { merge(metadata) }
  }

  mutating func openTurn(_ id: String?) {
    let turn = Turn(messageID: id, status: .streaming, firstEntry: entries.count)
    if turns.count < Self.turnLimit { turns.append(turn) } else { turns[turns.count - 1] = turn }
    openText = [:]
    openReasoning = [:]
    dataParts = [:]
    approvals = [:]
    stepStart = entries.count
    isDone = false
  }

  /// For what says something of the current message, also of one that is over.
  private mutating func openFirstTurn() {
    if turns.isEmpty { openTurn(nil) }
  }

  /// For parts: what comes after a message's end without a start belongs to a new one.
  private mutating func openTurnIfNeeded() {
    guard let last = turns.last, last.status == .streaming || last.status == .failed else {
      return openTurn(nil)
    }
  }

  @discardableResult
  mutating func append(_ content: Content, _ now: Double?) -> Int {
    switch content {
    case .error, .aborted: openFirstTurn()
    default: openTurnIfNeeded()
    }
    entries.append(Entry(turn: turns.count - 1, content: content, startedAt: now))
    weigh(entries.count - 1, content.weight)
    compact()
    return entries.count - 1
  }

  private mutating func merge(_ value: JSON) {
    let index = turns.count - 1
    guard turns[index].metadata.weight + value.weight <= Self.metadataLimit else {
      oddities.malformed += 1
      return
    }
    turns[index].metadata = turns[index].metadata?.merging(value) ?? value
    let created = turns[index].metadata?["createdAt"]
    if let text = created?.string { turns[index].startedAt = Timestamp.parse(text) }
    if let number = created?.double {
      turns[index].startedAt = number > 1e11 ? number / 1000 : number
    }
  }

  private mutating func finish(_ reason: String?, _ metadata: JSON?, _ now: Double?) {
    openFirstTurn()
    let index = turns.count - 1
    if turns[index].status == .streaming {
      turns[index].status = reason == "error" ? .failed : .completed
    }
    turns[index].finishReason = reason ?? turns[index].finishReason
    if let metadata { merge(metadata) }
    closeReasoning(now)
    openText = [:]
  }

  private mutating func dropStep() {
    for index in stepStart..<entries.count { empty(index) }
    stepStart = entries.count
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
    let size = delta.utf8.count
    guard !entries[index].content.isDropped, entries[index].weight + size <= Self.textLimit else {
      droppedBytes += size
      return
    }
    let content = entries[index].content
    entries[index].content = .dropped
    entries[index].content = Self.extended(consume content, by: delta)
    entries[index].revision += 1
    weigh(index, size)
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
    let content = Content.data(name: name, id: id, value: value)
    let key = id.map { "\(name)\u{0}\($0)" }
    guard let key, let index = dataParts[key], case .data = entries[index].content else {
      let index = append(content, now)
      if let key { dataParts[key] = index }
      return
    }
    entries[index].content = content
    entries[index].revision += 1
    weigh(index, content.weight - entries[index].weight)
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
