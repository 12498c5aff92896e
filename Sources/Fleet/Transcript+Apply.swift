public import WorkerAPI

extension Transcript {
  /// Takes in what one event says, by the lenient reducer of protocol.md (c).
  ///
  /// `now` is the moment of arrival for events that were watched live, nil for replayed ones.
  public mutating func apply(_ event: WorkerEvent, now: Double?) {
    absorb(event, now: now)
    keepWithinBounds()
  }

  /// Takes it in and lets nothing go.
  mutating func absorb(_ event: WorkerEvent, now: Double?) {
    switch event {
    case .textDelta(let id, let delta, let provider): extendText(id, delta, provider, now)
    case .reasoningDelta(let id, let delta, let provider): extendReasoning(id, delta, provider, now)
    case .textStart(let id, let provider):
      openText[id] = append(.text(""), now, Self.details(provider))
    case .textEnd(let id, let provider): close(openText.removeValue(forKey: id), id, provider, now)
    case .reasoningStart(let id, let provider):
      openReasoning[id] = append(.reasoning("", isOpen: true), now, Self.details(provider))
    case .reasoningEnd(let id, let provider):
      let index = openReasoning.removeValue(forKey: id)
      if let index { endReasoning(index, now) }
      close(index, id, provider, now)
    case .tool(let call, let event): apply(event, to: call, now)
    case .start, .startStep, .finishStep, .resetStep, .metadata, .abort, .finish, .done:
      applyFraming(event, now)
    case .message(let json): applyStored(json)
    case .snapshot: break
    case .unknown(let type, let json): oddities.meet(unknown: type, json.text)
    case .malformed(let reason, let data): oddities.report(reason, data)
    case .plainText(let text):
      oddities.report("no JSON object", text)
      append(.plain(text), now)
    case .error(let message):
      append(.error(message), now)
      turns[turns.count - 1].marks.insert(.failed)
      if turns[turns.count - 1].status != .aborted { turns[turns.count - 1].status = .failed }
    default: applyPart(event, now)
    }
  }

  /// The parts that come whole.
  private mutating func applyPart(_ event: WorkerEvent, _ now: Double?) {
    switch event {
    case .source(let id, let title, let url, let provider):
      append(
        .source(WorkerSource(id: id, title: title, url: url)), now, Self.details(provider))
    case .document(let id, let title, let mediaType, let filename, let provider):
      var details = Self.details(provider)
      details["mediaType"] = .string(mediaType)
      details["filename"] = filename.map { .string($0) }
      append(.source(WorkerSource(id: id, title: title, url: filename ?? "")), now, details)
    case .file(let url, let mediaType, let provider):
      append(
        .file(WorkerFile(filename: Self.name(in: url), mediaType: mediaType, url: url)), now,
        Self.details(provider))
    case .part(let part): append(.part(part), now)
    case .data(let name, let id, let value, let isTransient):
      if !isTransient { replaceData(name, id, value, now) }
    default: break
    }
  }

  private static func details(_ provider: JSON?) -> JSONObject {
    provider.map { JSONObject([("providerMetadata", $0)]) } ?? JSONObject()
  }

  // MARK: Parts

  @discardableResult
  mutating func append(
    _ content: Content, _ now: Double?, _ details: JSONObject = JSONObject()
  ) -> Int {
    switch content {
    case .error, .plain: openImplicitTurnIfNeeded()
    case .aborted: break
    default:
      openTurnIfNeeded()
      turns[turns.count - 1].hasParts = true
    }
    var entry = Entry(turn: turns.count - 1, content: content, startedAt: now)
    var weight = content.weight
    if !details.members.isEmpty {
      entry.details = details
      weight += JSON.object(details).weight
    }
    entries.append(entry)
    weigh(entries.count - 1, weight)
    return entries.count - 1
  }

  private mutating func extendText(
    _ id: String, _ delta: DeltaText, _ provider: JSON?, _ now: Double?
  ) {
    var index = openText[id]
    if index == nil {
      oddities.report("delta of a text that is not open", id)
      index = append(.text(""), now)
      openText[id] = index
    }
    // What went from memory goes on in an entry of its own.
    if let known = index, entries[known].content.isDropped {
      index = append(.text(""), now)
      openText[id] = index
    }
    guard let index else { return }
    let count = entries.count
    extend(index, by: delta, provider)
    if entries.count > count { openText[id] = entries.count - 1 }
  }

  private mutating func extendReasoning(
    _ id: String, _ delta: DeltaText, _ provider: JSON?, _ now: Double?
  ) {
    var index = openReasoning[id]
    if index == nil {
      oddities.report("delta of a reasoning that is not open", id)
      index = append(.reasoning("", isOpen: true), now)
      openReasoning[id] = index
    }
    // What went from memory goes on in an entry of its own.
    if let known = index, entries[known].content.isDropped {
      index = append(.reasoning("", isOpen: true), now)
      openReasoning[id] = index
    }
    guard let index else { return }
    let count = entries.count
    extend(index, by: delta, provider)
    if entries.count > count { openReasoning[id] = entries.count - 1 }
  }

  /// Appends in place: the text is taken out first, so that it has one owner and is not copied.
  private mutating func extend(_ index: Int, by delta: DeltaText, _ provider: JSON?) {
    let size = delta.body.utf8.count
    let isCuttable = bounds.cutsTexts && index == entries.count - 1
    guard !entries[index].content.isDropped,
      isCuttable || entries[index].weight + size <= bounds.bytes
    else {
      droppedBytes += size
      return
    }
    entries[index].extend(by: delta)
    if let provider { entries[index].details["providerMetadata"] = provider }
    weigh(index, size)
    cutLast()
  }

  private mutating func close(_ index: Int?, _ id: String, _ provider: JSON?, _ now: Double?) {
    guard let index else { return oddities.report("end of a part that is not open", id) }
    entries[index].endedAt = now
    entries[index].state = .done
    if let provider { entries[index].details["providerMetadata"] = provider }
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

extension Transcript.Entry {
  mutating func extend(by delta: DeltaText) {
    guard let isOpen = content.isOpenReasoning else {
      guard var text = takeText() else { return }
      delta.append(to: &text, after: &half)
      content = .text(text)
      revision += 1
      return
    }
    guard var text = takeText() else { return }
    delta.append(to: &text, after: &half)
    content = .reasoning(text, isOpen: isOpen)
    revision += 1
  }

  /// The text, which the entry then no longer holds.
  mutating func takeText() -> String? {
    switch content {
    case .text(let text), .reasoning(let text, _):
      content = .dropped
      return text
    default: return nil
    }
  }
}

extension Transcript.Content {
  /// Nil for what is no reasoning.
  var isOpenReasoning: Bool? {
    if case .reasoning(_, let isOpen) = self { isOpen } else { nil }
  }
}
