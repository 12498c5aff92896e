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
      case prompt(turn: Int, index: Int)
      case entry(Int)
    }

    var source: Source
    var revision: Int
    /// What the lines of a prompt say.
    var prompt: String?
    var lines: [Line] = []
    /// A text's lines stay where they are and get their margin when they are drawn.
    var text: GrowingText?

    var lineCount: Int { text.map { $0.lineCount > 0 ? $0.lineCount + 1 : 0 } ?? lines.count }
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
      index - starts[number], of: text)
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
  mutating func update(_ transcript: Transcript, _ setting: Setting) {
    if self.setting != setting {
      self = Rendition()
      self.setting = setting
    }
    let sources = Self.sources(transcript, setting)
    var firstChange = sections.count
    for (index, source) in sources.enumerated() {
      let revision = source.revision(in: transcript)
      let prompt = source.prompt(in: transcript)
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

  private mutating func count(from first: Int) {
    guard first < sections.count || starts.count != sections.count + 1 else { return }
    starts.removeSubrange((min(first, starts.count - 1) + 1)...)
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
    var turn = -1
    for (index, entry) in transcript.entries.enumerated() {
      while turn < entry.turn {
        turn += 1
        prompts(turn)
      }
      switch entry.content {
      case .source, .dropped: continue
      case .data where !setting.isUnfolded, .part where !setting.isUnfolded: continue
      default: sources.append(.entry(index))
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
    case .entry(let number):
      let entry = transcript.entries[number]
      if case .text(let text) = entry.content {
        var growing = sections[index].text ?? GrowingText()
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
    if case .entry(let index) = self { transcript.entries[index].revision } else { 0 }
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
