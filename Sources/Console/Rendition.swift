import Canvas
import Fleet
import Prose

/// A transcript as lines of a width, kept from frame to frame: only what changed is laid out again.
public struct Rendition: Sendable {
  /// What lines are laid out for; another value starts anew.
  struct Setting: Hashable {
    var width: Int
    var theme: Theme
    var unicode: Bool
    var isUnfolded: Bool
    var edition: Int
  }

  /// The lines of a prompt or of one entry.
  struct Section {
    enum Source: Hashable {
      /// What went from the front and cannot be read back.
      case loss
      case prompt(turn: Int, index: Int)
      /// By its number among all that there ever were.
      case entry(Int)
    }

    var source: Source
    var revision: Int
    /// What the lines of a prompt say, or those of a loss.
    var prompt: String?
    /// How a text goes on with that of the entry before.
    var continuation: Transcript.Continuation?
    var lines: [Line] = []
    /// A text's lines stay where they are and get their margin when they are drawn.
    var text: GrowingText?

    var lineCount: Int {
      guard let text else { return lines.count }
      // A line of its own sets it apart, but for the rest of a block that was too long.
      return text.lineCount > 0 ? text.lineCount + (continuation == .plain ? 0 : 1) : 0
    }
  }

  var setting: Setting?
  var sections: [Section] = []
  /// The index of each section's first line, and one past the last.
  var starts = [0]
  /// Lines at which turns begin.
  var turnStarts: [Int] = []

  var lineCount: Int { starts[starts.count - 1] }

  func line(at index: Int) -> Line? {
    guard index >= 0, index < lineCount else { return nil }
    let number = sectionIndex(of: index)
    let section = sections[number]
    guard let text = section.text, let setting else { return section.lines[index - starts[number]] }
    return EntryLayout(setting: setting, isFirst: number == 0).line(
      index - starts[number], of: text, continuation: section.continuation)
  }

  func anchor(at index: Int) -> OutputView.Anchor {
    guard lineCount > 0 else { return OutputView.Anchor() }
    let line = min(max(0, index), lineCount - 1)
    let section = sectionIndex(of: line)
    return OutputView.Anchor(source: sections[section].source, line: line - starts[section])
  }

  /// Where an anchor is now; one whose section is gone is at the next one that is left.
  func index(of anchor: OutputView.Anchor) -> Int {
    guard let source = anchor.source else { return 0 }
    if let section = sections.lastIndex(where: { $0.source == source }) {
      return starts[section] + min(anchor.line, max(0, sections[section].lineCount - 1))
    }
    let next = sections.firstIndex { $0.source.follows(source) }
    return next.map { starts[$0] } ?? max(0, lineCount - 1)
  }

  /// The number of the entry at a line, or of the first one after it; nil when there is none.
  func entry(at index: Int) -> Int? {
    guard lineCount > 0 else { return nil }
    let first = sectionIndex(of: min(max(0, index), lineCount - 1))
    for section in sections[first...] {
      if case .entry(let number) = section.source { return number }
    }
    return nil
  }

  /// The line of an entry that says some words first; its first line when none does.
  func line(saying words: String, in number: Int) -> OutputView.Anchor? {
    let source = Section.Source.entry(number)
    guard let section = sections.firstIndex(where: { $0.source == source }) else { return nil }
    let wanted = words.lowercased()
    let place = (0..<sections[section].lineCount).first { offset in
      let text = line(at: starts[section] + offset)?.spans.map(\.text).joined() ?? ""
      return !wanted.isEmpty && text.lowercased().contains(wanted)
    }
    return OutputView.Anchor(source: source, line: place ?? 0)
  }

  /// How many lines a section has; none when it is gone.
  func lines(of source: Section.Source?) -> Int {
    sections.last { $0.source == source }?.lineCount ?? 0
  }

  /// The last section that begins at or before a line, by bisection.
  private func sectionIndex(of index: Int) -> Int {
    var low = 0
    var high = sections.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }

  /// Brings the lines up to the transcript.
  ///
  /// `loss` says what is gone before it for good.
  mutating func update(_ transcript: Transcript, _ setting: Setting, loss: String? = nil) {
    adopt(setting)
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
    count(from: firstChange)
  }

  /// Another setting lays everything out anew, but for texts where only details are shown or hidden.
  private mutating func adopt(_ setting: Setting) {
    guard let old = self.setting, old != setting else {
      self.setting = setting
      return
    }
    self.setting = setting
    var folded = old
    folded.isUnfolded = setting.isUnfolded
    guard folded == setting else {
      sections = []
      starts = [0]
      turnStarts = []
      return
    }
    for index in sections.indices where sections[index].text == nil {
      sections[index].revision = -1
    }
  }

  /// Takes out the sections that stood between this place and a known one, because what they showed
  /// is gone; answers where something changed.
  private mutating func dropSections(at index: Int, before source: Section.Source) -> Int {
    guard index < sections.count, sections[index].source != source,
      let place = sections[(index + 1)...].firstIndex(where: { $0.source == source })
    else { return .max }
    sections.removeSubrange(index..<place)
    return index
  }

  private mutating func count(from first: Int) {
    guard first < sections.count || starts.count != sections.count + 1 else { return }
    starts.removeSubrange((min(first, starts.count - 1, sections.count) + 1)...)
    turnStarts.removeAll { $0 >= starts[starts.count - 1] }
    for index in (starts.count - 1)..<sections.count {
      if case .prompt(_, 0) = sections[index].source { turnStarts.append(starts[index]) }
      starts.append(starts[index] + sections[index].lineCount)
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
    // What was said before turns that are gone is gone with them.
    let first = transcript.entries.first { !$0.content.isDropped }
    var turn = transcript.isCutOff ? (first?.turn ?? 0) - 1 : -1
    if transcript.isCutOff, !transcript.beginsTurn { turn += 1 }
    for (index, entry) in transcript.entries.enumerated() {
      while turn < entry.turn {
        turn += 1
        prompts(turn)
      }
      switch entry.content {
      case .source, .dropped: continue
      case .data where !setting.isUnfolded, .part where !setting.isUnfolded: continue
      default: sources.append(.entry(transcript.firstNumber + index))
      }
    }
    while turn < max(transcript.turns.count, transcript.prompts.count) {
      turn += 1
      prompts(turn)
    }
    return sources
  }

  private mutating func layOut(_ index: Int, _ transcript: Transcript, _ setting: Setting) {
    let writer = EntryLayout(setting: setting, isFirst: index == 0)
    switch sections[index].source {
    case .prompt(let turn, let number):
      sections[index].lines = writer.prompt(
        transcript.prompts[turn][number], turn: turn, transcript)
    case .loss: sections[index].lines = writer.loss(sections[index].prompt ?? "")
    case .entry(let number):
      let entry = transcript.entries[number - transcript.firstNumber]
      if case .text(let text) = entry.content {
        sections[index].continuation = entry.continuation
        var growing =
          sections[index].text ?? GrowingText(isPlain: entry.continuation == .plain)
        sections[index].text = nil
        growing.update(text, writer.markdown)
        sections[index].text = growing
      } else {
        sections[index].lines = writer.lines(entry)
      }
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
  fileprivate func follows(_ other: Self) -> Bool {
    switch (self, other) {
    case (.entry(let mine), .entry(let its)): mine >= its
    case (.prompt(let turn, let index), .prompt(let itsTurn, let itsIndex)):
      (turn, index) >= (itsTurn, itsIndex)
    default: false
    }
  }
}
