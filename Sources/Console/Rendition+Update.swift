import Canvas
import Fleet

extension Rendition {
  /// Brings the lines up to the transcript.
  ///
  /// `loss` says what is gone before it for good.
  mutating func update(
    _ transcript: Transcript, _ setting: Setting, loss: String? = nil, _ sift: Sift = Sift(),
    numbers: [String: Int] = [:]
  ) {
    gone = []
    adopt(setting)
    if numbers != self.numbers { adopt(numbers, transcript) }
    let isSiftedAnew = sift != self.sift
    if isSiftedAnew { take(sift) }
    let sources = (loss == nil ? [] : [.loss]) + Self.sources(transcript, setting)
    var firstChange = sections.count
    for (index, source) in sources.enumerated() {
      let revision = source.revision(in: transcript)
      let prompt = source == .loss ? loss : source.prompt(in: transcript)
      firstChange = min(firstChange, dropSections(at: index, before: source))
      if index < sections.count, sections[index].source == source {
        guard sections[index].revision != revision || sections[index].prompt != prompt
        else { continue }
        sections[index].revision = revision
        sections[index].prompt = prompt
        layOut(index, transcript, setting)
      } else {
        if index < sections.count { sections.removeSubrange(index...) }
        sections.append(Section(source: source, revision: revision, prompt: prompt))
        layOut(index, transcript, setting)
      }
      firstChange = min(firstChange, index)
    }
    if sections.count > sources.count {
      sections.removeSubrange(sources.count...)
      firstChange = min(firstChange, sources.count)
    }
    firstChange = min(firstChange, lookOn())
    count(from: isSiftedAnew ? 0 : firstChange)
  }

  /// Another setting lays everything out anew, but for texts where only details are shown or hidden.
  mutating func adopt(_ setting: Setting) {
    guard let old = self.setting, old != setting else {
      self.setting = setting
      return
    }
    self.setting = setting
    var folded = old
    folded.isUnfolded = setting.isUnfolded
    if old.isUnfolded != setting.isUnfolded || old.edition != setting.edition { toggled = [] }
    guard folded == setting else {
      gone += sections
      sections = []
      starts = [0]
      hitStarts = [0]
      turnStarts = []
      return
    }
    for index in sections.indices where sections[index].text == nil {
      sections[index].revision = -1
    }
  }

  /// Lays out anew the texts that hold addresses whose number is another now.
  private mutating func adopt(_ numbers: [String: Int], _ transcript: Transcript) {
    let changed = numbers.filter { self.numbers[$0.key] != $0.value }.map { Pattern(exact: $0.key) }
    self.numbers = numbers
    for index in sections.indices where sections[index].text != nil {
      guard case .entry(let number) = sections[index].source,
        transcript.entries.indices.contains(number - transcript.firstNumber),
        case .text(let text) = transcript.entries[number - transcript.firstNumber].content
      else { continue }
      let bytes = Array(text.utf8)
      guard changed.contains(where: { $0.isFound(in: bytes) }) else { continue }
      sections[index].text = nil
      sections[index].finds = Finds()
      sections[index].revision = -1
    }
  }

  /// Takes out the sections that stood between this place and a known one, because what they showed
  /// is gone; answers where something changed.
  private mutating func dropSections(at index: Int, before source: Section.Source) -> Int {
    guard index < sections.count, sections[index].source != source,
      let place = sections[(index + 1)...].firstIndex(where: { $0.source == source })
    else { return .max }
    gone += sections[index..<place]
    sections.removeSubrange(index..<place)
    return index
  }

  mutating func count(from first: Int) {
    guard first < sections.count || starts.count != sections.count + 1 else { return }
    let kept = min(first, starts.count - 1, sections.count) + 1
    starts.removeSubrange(kept...)
    hitStarts.removeSubrange(kept...)
    turnStarts.removeAll { $0 >= starts[starts.count - 1] }
    for index in (starts.count - 1)..<sections.count {
      if sections[index].opensTurn { turnStarts.append(starts[index]) }
      starts.append(starts[index] + sections[index].lineCount)
      hitStarts.append(hitStarts[index] + sections[index].finds.hits.count)
    }
  }

  /// Prompts before the entries of their turn; entries with nothing to show are left out.
  private static func sources(_ transcript: Transcript, _ setting: Setting) -> [Section.Source] {
    var sources: [Section.Source] = []
    sources.reserveCapacity(transcript.entries.count + transcript.prompts.count)
    func prompts(_ turn: Int) {
      guard transcript.prompts.indices.contains(turn) else { return }
      for index in transcript.prompts[turn].indices {
        sources.append(.prompt(turn: turn, index: index))
      }
    }
    var lastShown = -1
    /// A rule ends a turn that is over, or that something follows.
    func close(_ turn: Int) {
      guard lastShown == turn, transcript.turns.indices.contains(turn), !setting.isClean
      else { return }
      let hasNext =
        transcript.prompts.indices.contains(turn + 1)
        && !transcript.prompts[turn + 1].isEmpty || turn < transcript.turns.count - 1
      if hasNext || transcript.turns[turn].status != .streaming { sources.append(.turn(turn)) }
    }
    // What was said before turns that are gone is gone with them.
    let first = transcript.entries.first { !$0.content.isDropped }
    var turn = transcript.isCutOff ? (first?.turn ?? 0) - 1 : -1
    if transcript.isCutOff, !transcript.beginsTurn { turn += 1 }
    for (index, entry) in transcript.entries.enumerated() {
      while turn < entry.turn {
        close(turn)
        turn += 1
        prompts(turn)
      }
      switch entry.content {
      case .dropped: continue
      case _ where setting.form == .parts: break
      case .source: continue
      case .data where !setting.isUnfolded, .part where !setting.isUnfolded: continue
      default: break
      }
      sources.append(.entry(transcript.firstNumber + index))
      lastShown = entry.turn
    }
    while turn < max(transcript.turns.count, transcript.prompts.count) {
      close(turn)
      turn += 1
      prompts(turn)
    }
    return sources
  }

  private mutating func layOut(_ index: Int, _ transcript: Transcript, _ setting: Setting) {
    var setting = setting
    if toggled.contains(sections[index].source) { setting.isUnfolded.toggle() }
    let writer = EntryLayout(setting: setting, sources: numbers, isFirst: index == 0)
    switch sections[index].source {
    case .prompt(let turn, let number):
      sections[index].take(writer.prompt(transcript.prompts[turn][number]))
    case .turn(let turn): sections[index].take(writer.turn(turn))
    case .loss: sections[index].take(writer.loss(sections[index].prompt ?? ""))
    case .event: break
    case .entry(let number):
      let entry = transcript.entries[number - transcript.firstNumber]
      sections[index].take(entry.content)
      if setting.form == .parts {
        sections[index].take(writer.part(entry, number))
        sections[index].name = entry.content.name.map(Sanitise.line)
      } else if case .text(let text) = entry.content {
        sections[index].continuation = entry.continuation
        sections[index].lead = writer.speaker(entry.continuation)
        // The rest of a block that was too long goes on where it was cut.
        sections[index].hasGap = entry.continuation != .plain
        var growing =
          sections[index].text
          ?? GrowingText(
            isPlain: entry.continuation == .plain || setting.form == .source)
        sections[index].text = nil
        growing.update(text, writer.markdown)
        sections[index].text = growing
      } else {
        sections[index].take(writer.piece(entry))
      }
    }
    if setting.isClean { sections[index].lead = nil }
    sections[index].forget(sift)
  }
}

extension Rendition.Section {
  mutating func take(_ piece: EntryLayout.Piece) {
    lead = piece.lead
    hasGap = piece.hasGap
    lines = piece.lines
    isFoldable = piece.isFoldable
    isCut = piece.isCut
    finds = Rendition.Finds()
  }

  /// What it is, in whatever form it is shown.
  fileprivate mutating func take(_ content: Transcript.Content) {
    name = nil
    isTool = false
    switch content {
    case .error, .aborted: isProblem = true
    case .tool(let call):
      isTool = true
      switch call.stage {
      case .denied, .failed: isProblem = true
      case .inputStreaming, .running, .awaitingApproval, .done: isProblem = false
      }
    case .text, .reasoning, .source, .file, .data, .part, .plain, .dropped: isProblem = false
    }
  }
}

extension Transcript.Content {
  /// The tool that was called, or what went wrong.
  fileprivate var name: String? {
    switch self {
    case .tool(let call):
      [call.title ?? call.name, call.subject].compactMap(\.self).joined(separator: " ")
    case .error(let message): message
    case .aborted(let reason): reason.map { "aborted: \($0)" } ?? "aborted"
    case .text, .reasoning, .source, .file, .data, .part, .plain, .dropped: nil
    }
  }
}

extension Rendition.Section.Source {
  func revision(in transcript: Transcript) -> Int {
    guard case .entry(let number) = self else { return 0 }
    return transcript.entries[number - transcript.firstNumber].revision
  }

  func prompt(in transcript: Transcript) -> String? {
    if case .prompt(let turn, let index) = self { transcript.prompts[turn][index] } else { nil }
  }

  /// Stands at or after another one of its own kind.
  func follows(_ other: Self) -> Bool {
    switch (self, other) {
    case (.entry(let mine), .entry(let its)): mine >= its
    case (.turn(let mine), .turn(let its)): mine >= its
    case (.event(let mine), .event(let its)): mine >= its
    case (.prompt(let turn, let index), .prompt(let itsTurn, let itsIndex)):
      (turn, index) >= (itsTurn, itsIndex)
    default: false
    }
  }
}
