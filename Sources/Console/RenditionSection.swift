import Canvas
import Fleet

extension Rendition {
  /// The lines of a prompt or of one entry.
  struct Section {
    enum Source: Hashable {
      /// What went from the front and cannot be read back.
      case loss
      case prompt(turn: Int, index: Int)
      /// By its number among all that there ever were.
      case entry(Int)
      /// The rule below a turn.
      case turn(Int)
      /// An event of the stream by its number among those of its connections.
      case event(Int)
    }

    var source: Source
    var revision: Int
    /// What the lines of a prompt say, or those of a loss.
    var prompt: String?
    /// How a text goes on with that of the entry before.
    var continuation: Transcript.Continuation?
    /// Who speaks, beside the first line; nil where the lines have no margin.
    var lead: Span?
    /// An empty row sets it apart from what is above.
    var hasGap = false
    var lines: [Line] = []
    /// A text's lines.
    var text: GrowingText?
    var finds = Finds()
    /// It has details that can be shown.
    var isFoldable = false
    /// There is more of it than its lines.
    var isCut = false
    /// An error, or a tool that failed.
    var isProblem = false
    var isTool = false
    /// A turn begins with it.
    var opensTurn = false
    /// What it is called where its first line does not say it.
    var name: String?

    init(source: Source, revision: Int, prompt: String?) {
      self.source = source
      self.revision = revision
      self.prompt = prompt
      if case .prompt(_, 0) = source { opensTurn = true }
    }
  }
}

extension Rendition.Section {
  var contentCount: Int { text?.lineCount ?? lines.count }

  func content(at index: Int) -> Line { text?[index] ?? lines[index] }

  /// The empty row, where there are lines below it.
  var gap: Int { hasGap && contentCount > 0 ? 1 : 0 }

  /// Rows on the screen.
  var lineCount: Int { finds.shown?.count ?? contentCount + gap }

  /// The line on a row; nil on the empty one.
  func index(at row: Int) -> Int? {
    if let shown = finds.shown { return Int(shown[row]) }
    return row < gap ? nil : row - gap
  }

  /// What a list or a message calls it: its own name, or the words of a line.
  func name(at line: Int) -> String { name ?? content(at: line).text }

  /// Where a row stands in the section, whatever is left out of it.
  func place(at row: Int) -> Int {
    finds.shown.map { Int($0[row]) + gap } ?? row
  }

  /// The row at a place, or the next one that is not left out.
  func row(of place: Int) -> Int {
    finds.shown.map { $0.lowerBound(of: Int32(clamping: place - gap)) } ?? place
  }

  func lead(isFirst: Bool, _ setting: Rendition.Setting?) -> Span? {
    guard let lead else { return nil }
    let text = isFirst ? lead.text : ""
    return Span(Width.padded(text, to: EntryLayout.margin), lead.style)
  }
}

extension Array where Element: Comparable {
  /// The first index whose element is not less, in a sorted array.
  func lowerBound(of element: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
