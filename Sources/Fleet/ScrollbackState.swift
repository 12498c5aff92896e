import WorkerAPI

/// What the fleet knows of the scrollback; nil in `State` where there is none.
public struct ScrollbackState: Hashable, Sendable {
  /// Bytes that came after which they are written at once; up to then, within a second.
  static let writeLimit = 256 << 10
  /// Seconds in which changes are gathered.
  static let pause = 1.0

  /// Workers of which something is not written yet.
  var dirty: Set<String> = []
  /// A write is coming by itself.
  var isDue = false
  /// Why the last write failed; what goes from the transcripts until one succeeds is lost.
  public internal(set) var fault: String?
  /// The stretch that was asked for last.
  public internal(set) var window: ScrollbackWindow?
  /// Another console wrote since the stretch was read.
  public internal(set) var isStale = false
  /// What the search found that was asked for last.
  public internal(set) var finds: Finds?
}

/// How far a worker's transcript was given to the scrollback.
struct ScrollbackMark: Hashable, Sendable {
  /// Entries that may change after they were written; past it the oldest one counts as final.
  static let openLimit = 256

  var edition = 0
  /// The first entry that was not written.
  var next = 0
  /// Entries before it that may still change, by number, with how they were written.
  var open: [Int: Stamp] = [:]
  /// The transcript is the one of the registry: the scrollback may know more of that run.
  var isRecalled = false
  /// The end behind which nothing is left.
  var cut: Int?
  var prompts: [[String]] = []
  var title = ""
  var sources = 0
  var files = 0

  /// What changes with an entry.
  struct Stamp: Hashable, Sendable {
    var revision: Int
    var state: Transcript.PartState
  }
}

extension Transcript.Entry {
  fileprivate var stamp: ScrollbackMark.Stamp {
    ScrollbackMark.Stamp(revision: revision, state: state)
  }

  fileprivate var mayChange: Bool {
    switch content {
    case .text: state == .streaming
    case .reasoning(_, let isOpen): isOpen || state == .streaming
    case .tool(let call): call.isOpen
    case .data(_, let id, _): id != nil
    default: false
    }
  }
}

extension WorkerState {
  /// What the registry gave is taken for written.
  mutating func markRecalled() {
    var mark = scrollback.value
    mark.edition = transcript.edition
    mark.next = transcript.firstNumber + transcript.entries.count
    mark.isRecalled = true
    mark.prompts = transcript.prompts
    mark.title = known.title ?? ""
    mark.sources = sources.hashValue
    mark.files = files.hashValue
    scrollback.value = mark
    transcript.fresh.value = 0
  }

  /// What the scrollback lacks; `isOver` tells that the transcript is whole, so that what a longer
  /// one left behind goes.
  mutating func unwrittenLeaves(isOver: Bool) -> [ScrollbackChange] {
    var mark = scrollback.value
    transcript.fresh.value = 0
    var changes = unwrittenNames(&mark)
    let end = transcript.firstNumber + transcript.entries.count
    if mark.isRecalled, mark.edition == transcript.edition, mark.next == end {
      scrollback.value = mark
      return changes
    }
    if mark.isRecalled || mark.edition != transcript.edition {
      mark.isRecalled = false
      mark.edition = transcript.edition
      mark.next = transcript.firstNumber
      mark.open = [:]
      mark.cut = nil
    }
    for (number, stamp) in mark.open.sorted(by: { $0.key < $1.key }) {
      let index = number - transcript.firstNumber
      guard transcript.entries.indices.contains(index), !transcript.entries[index].content.isDropped
      else {
        mark.open[number] = nil
        continue
      }
      guard transcript.entries[index].stamp != stamp else { continue }
      write(index, &mark, &changes)
    }
    for index in max(
      0, mark.next - transcript.firstNumber)..<max(
        0, mark.next - transcript.firstNumber, transcript.entries.count)
    {
      write(index, &mark, &changes)
    }
    mark.next = end
    if isOver, mark.cut != end {
      changes.append(.cut(worker: id, .entry, from: end))
      mark.cut = end
    }
    scrollback.value = mark
    return changes
  }

  private func write(
    _ index: Int, _ mark: inout ScrollbackMark, _ changes: inout [ScrollbackChange]
  ) {
    let number = transcript.firstNumber + index
    let entry = transcript.entries[index]
    mark.open[number] = entry.mayChange ? entry.stamp : nil
    if mark.open.count > ScrollbackMark.openLimit, let oldest = mark.open.keys.min() {
      mark.open[oldest] = nil
    }
    if let leaf = entry.leaf(id, number: number) { changes.append(.leaf(leaf)) }
  }

  /// Titles, instructions, sources and files, where they changed.
  private func unwrittenNames(_ mark: inout ScrollbackMark) -> [ScrollbackChange] {
    var changes: [ScrollbackChange] = []
    let title = known.title ?? ""
    if title != mark.title {
      mark.title = title
      changes += whole(.title, .title, title.isEmpty ? [] : [(0, title)])
    }
    if transcript.prompts != mark.prompts {
      mark.prompts = transcript.prompts
      changes += whole(
        .prompt, .prompt,
        transcript.prompts.enumerated().flatMap { turn, texts in texts.map { (turn, $0) } })
    }
    let sources = sources
    if sources.hashValue != mark.sources {
      mark.sources = sources.hashValue
      changes += whole(
        .source, .source,
        sources.map { (0, [$0.title, $0.url].compactMap(\.self).joined(separator: "\n")) })
    }
    let files = files
    if files.hashValue != mark.files {
      mark.files = files.hashValue
      changes += whole(.file, .file, files.map { (0, $0.filename ?? String($0.url.prefix(2_000))) })
    }
    return changes
  }

  /// All of a section, in place of what it held.
  private func whole(
    _ section: Leaf.Section, _ kind: Leaf.Kind, _ texts: [(turn: Int, words: String)]
  ) -> [ScrollbackChange] {
    texts.enumerated().map { number, text in
      .leaf(
        Leaf(
          worker: id, section: section, number: number, turn: text.turn, kind: kind,
          words: text.words))
    } + [.cut(worker: id, section, from: texts.count)]
  }
}
