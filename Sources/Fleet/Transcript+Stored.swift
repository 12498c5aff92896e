public import WorkerAPI

extension Transcript {
  /// Takes in one stored message (`role` with `parts`): one of the same id is replaced (lenient
  /// reducer, rule 2).
  public mutating func applyStored(_ message: JSON) {
    absorbStored(message)
    keepWithinBounds()
  }

  /// Takes it in and lets nothing go.
  mutating func absorbStored(_ message: JSON) {
    guard let role = message["role"]?.string, let parts = message["parts"]?.array else {
      return oddities.report("a message without role or parts", message.text)
    }
    guard role == "assistant" else { return applyAside(message, role, parts) }
    let id = message["id"]?.string
    if let id, let known = turns.lastIndex(where: { $0.messageID == id }) {
      return replace(known, by: message, parts)
    }
    openTurn(id)
    fill(message, parts)
  }

  /// Puts a stored message's parts into the last turn, which is empty.
  private mutating func fill(_ message: JSON, _ parts: [JSON]) {
    if let metadata = message["metadata"], metadata.isPresent { merge(metadata) }
    for part in parts { applyStored(part: part) }
    let index = turns.count - 1
    let isOpen = parts.contains {
      $0["state"]?.string == "streaming" || $0["state"]?.string == "input-streaming"
    }
    guard !isOpen else { return }
    turns[index].marks.insert(.finished)
    turns[index].status = .completed
  }

  /// Lays the turns after it aside, fills it anew and puts them back; a turn that the bound has
  /// emptied stays empty.
  private mutating func replace(_ turn: Int, by message: JSON, _ parts: [JSON]) {
    let start = turns[turn].firstEntry
    let end = turn + 1 < turns.count ? turns[turn + 1].firstEntry : entries.count
    guard end == start || end > oldestKept else { return }
    var fresh = Transcript(bounds: bounds)
    fresh.openTurn(turns[turn].messageID)
    fresh.fill(message, parts)
    guard fresh.turns[0] != turns[turn].atEntry(0) || fresh.parts(of: 0) != self.parts(of: turn)
    else { return }
    let shift = fresh.entries.count - (end - start)
    let moved = { (index: Int) in index < end ? index : index + shift }
    for index in start..<end { heldBytes -= entries[index].weight }
    entries.replaceSubrange(
      start..<end,
      with: fresh.entries.map { entry in
        var entry = entry
        entry.turn = turn
        return entry
      })
    heldBytes += fresh.heldBytes
    oddities.malformed += fresh.oddities.malformed
    turns[turn] = fresh.turns[0].atEntry(start)
    for index in turns.indices where index > turn { turns[index].firstEntry += shift }
    let others = steps.filter { $0.turn != turn }.map {
      Step(turn: $0.turn, entry: $0.turn > turn ? $0.entry + shift : $0.entry)
    }
    let own = fresh.steps.map { Step(turn: turn, entry: $0.entry + start) }
    steps = (others + own).sorted { ($0.turn, $0.entry) < ($1.turn, $1.entry) }
    if turn == turns.count - 1 {
      openText = [:]
      openReasoning = [:]
      dataParts = fresh.dataParts.mapValues { $0 + start }
      calls = fresh.calls.mapValues { $0.map { $0 + start } }
      stepStart = fresh.stepStart + start
    } else {
      openText = openText.mapValues(moved)
      openReasoning = openReasoning.mapValues(moved)
      dataParts = dataParts.mapValues(moved)
      calls = calls.mapValues { $0.map(moved) }
      stepStart = moved(stepStart)
    }
    oldestKept = min(oldestKept, start)
    edition += 1
  }

  /// What others said; a worker's next words are a message of their own.
  private mutating func applyAside(_ message: JSON, _ role: String, _ parts: [JSON]) {
    let weight = message.weight
    guard promptBytes + weight <= Self.promptLimit else { return }
    if let id = message["id"]?.string,
      let known = asides.lastIndex(where: { $0.message["id"]?.string == id })
    {
      promptBytes += weight - asides[known].message.weight
      asides[known].message = message
      return
    }
    if role == "user" {
      let text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
      while prompts.count <= turns.count { prompts.append([]) }
      if !prompts[turns.count].contains(text) { prompts[turns.count].append(text) }
    }
    asides.append(Aside(turn: turns.count, message: message))
    promptBytes += weight
    opensNext = true
  }

  /// Takes over what the operator said before each turn from a worker's stored messages.
  ///
  /// The stream carries only what the worker says; the n-th group of user messages belongs before the
  /// n-th message of the worker. A server that stores none of it takes nothing away.
  public mutating func takePrompts(from messages: [StoredMessage]) {
    var groups: [[String]] = [[]]
    for message in messages {
      switch message.role {
      case "user":
        let parts = message.json["parts"]?.array ?? []
        let text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
        groups[groups.count - 1].append(text)
      case "assistant": groups.append([])
      default: break
      }
    }
    if groups.last == [] { groups.removeLast() }
    guard groups.count >= prompts.count else { return }
    for (index, known) in prompts.enumerated() where groups[index].isEmpty { groups[index] = known }
    if groups != prompts { prompts = groups }
  }

  /// Shows an instruction before the server has stored it.
  public mutating func addPrompt(_ text: String) {
    while prompts.count <= turns.count { prompts.append([]) }
    prompts[turns.count].append(text)
  }

  /// Empties it for a replay from the beginning; what the operator said stays.
  public mutating func startAnew() {
    var fresh = Transcript(bounds: bounds)
    fresh.prompts = prompts
    fresh.edition = edition + 1
    self = fresh
  }
}

extension Transcript.Turn {
  fileprivate func atEntry(_ index: Int) -> Self {
    var copy = self
    copy.firstEntry = index
    return copy
  }
}
