import Canvas
import Fleet

/// A transcript as lines of a width, kept from frame to frame: only what changed is laid out again.
public struct Rendition: Sendable {
  /// What lines are laid out for; another value starts anew.
  struct Setting: Hashable {
    var width: Int
    var theme: Theme
    var unicode: Bool
    var isUnfolded: Bool
    var edition: Int
    var isWrapped = true
    /// A column for times stands in the margin.
    var hasTimes = false
    var form = OutputStyle.Form.rendered
    var isClean = false

    /// Columns of the margin: a word and a blank, and a time.
    var margin: Int { isClean ? 0 : EntryLayout.margin + (hasTimes ? EntryLayout.timeColumn : 0) }
  }

  var setting: Setting?
  var sections: [Section] = []
  /// What the last update let go of, for whoever frees it where no key waits: the lines of some hundred
  /// kilobytes take five milliseconds. The next update frees what nobody took.
  var gone: [Section] = []
  /// The index of each section's first line, and one past the last.
  var starts = [0]
  /// Lines at which turns begin.
  var turnStarts: [Int] = []
  /// The numbers of the sources from nought, by their addresses.
  var numbers: [String: Int] = [:]
  /// The sections that are open while all are folded, or the other way round.
  var toggled: Set<Section.Source> = []
  /// What is searched for and what lines are left out by.
  var sift = Sift()
  var look = Look()
  /// Looks at marks that one frame may take for an expression.
  var allowance = Look.allowance
  /// The number of each section's first match, and one past the last.
  var hitStarts = [0]

  var lineCount: Int { starts[starts.count - 1] }

  /// A row of the screen: what stands in the margin, and the line beside it.
  struct Row {
    var section: Int
    /// Among the section's lines; nil for the empty row above them.
    var index: Int?
    var lead: Span?
    var line: Line
    /// Nothing of the section stands above it.
    var isFirst = false
  }

  func row(at index: Int) -> Row? {
    guard index >= 0, index < lineCount else { return nil }
    let number = sectionIndex(of: index)
    let section = sections[number]
    let offset = index - starts[number]
    guard let place = section.index(at: offset) else {
      return Row(section: number, index: nil, lead: nil, line: Line())
    }
    let isFirst = offset == 0 || section.index(at: offset - 1) == nil
    return Row(
      section: number, index: place, lead: section.lead(isFirst: isFirst, setting),
      line: section.content(at: place), isFirst: isFirst)
  }

  /// The row as one line.
  func line(at index: Int) -> Line? {
    guard let row = row(at: index) else { return nil }
    return row.lead.map { row.line.led(by: $0) } ?? row.line
  }

  func anchor(at index: Int) -> OutputView.Anchor {
    guard lineCount > 0 else { return OutputView.Anchor() }
    let line = min(max(0, index), lineCount - 1)
    let number = sectionIndex(of: line)
    let section = sections[number]
    return OutputView.Anchor(
      source: section.source, line: section.place(at: line - starts[number]))
  }

  /// Where an anchor is now; one whose section is gone is at the next one that is left.
  func index(of anchor: OutputView.Anchor) -> Int {
    guard let source = anchor.source else { return 0 }
    if let number = sections.lastIndex(where: { $0.source == source }) {
      let last = max(0, sections[number].lineCount - 1)
      return starts[number] + min(sections[number].row(of: anchor.line), last)
    }
    let next = sections.firstIndex { $0.source.follows(source) }
    return next.map { starts[$0] } ?? max(0, lineCount - 1)
  }

  /// Rows that stand below an anchor.
  func count(after anchor: OutputView.Anchor) -> Int {
    guard let source = anchor.source else { return lineCount }
    guard let number = sections.lastIndex(where: { $0.source == source }) else {
      return lineCount - index(of: anchor) - 1
    }
    return lineCount - starts[number]
      - min(sections[number].row(of: anchor.line + 1), sections[number].lineCount)
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

  /// The line of an entry that says some words, first or later; its first line when none does.
  func line(saying words: String, _ ordinal: Int = 0, in number: Int) -> OutputView.Anchor? {
    let source = Section.Source.entry(number)
    guard let section = sections.firstIndex(where: { $0.source == source }) else { return nil }
    let wanted = words.lowercased()
    var left = ordinal
    var place: Int?
    for index in 0..<sections[section].contentCount where !wanted.isEmpty {
      let text = sections[section].content(at: index).text.lowercased()
      let count = ordinal == 0 ? (text.contains(wanted) ? 1 : 0) : text.ranges(of: wanted).count
      guard count > 0 else { continue }
      place = index
      left -= count
      if left < 0 { break }
    }
    return OutputView.Anchor(source: source, line: place.map { $0 + sections[section].gap } ?? 0)
  }

  /// How many lines a section has; none when it is gone.
  func lines(of source: Section.Source?) -> Int {
    sections.last { $0.source == source }.map { $0.contentCount + $0.gap } ?? 0
  }

  /// The last section that begins at or before a line, by bisection.
  func sectionIndex(of index: Int) -> Int {
    var low = 0
    var high = sections.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }
}
