import Fleet

/// Where the reader is in the output, and the lines that are drawn.
public struct OutputView: Sendable {
  /// The view stays at the end while text arrives; any move up lets go of it.
  public internal(set) var isFollowing = true
  /// The top line, which stays put while lines come or go.
  var anchor: Anchor {
    get { heldTop.anchor }
    set { heldTop = Held(newValue) }
  }
  var heldTop = Held()
  public internal(set) var rendition = Rendition()
  /// Reasoning and tool details are shown whole.
  var isUnfolded = false
  /// The last line at the time when following stopped, for the count of new ones.
  var seen: Anchor {
    get { heldSeen.anchor }
    set { heldSeen = Held(newValue, isEnd: true) }
  }
  var heldSeen = Held()
  /// What is in memory, for the count, while a stretch of the scrollback is drawn.
  var live: Rendition?
  /// The rows of the pane when it was last arranged.
  var height = 0
  var worker: String?
  /// A stretch of the scrollback is drawn in place of what is in memory.
  var isEarlier = false
  /// Where to go once the scrollback has given what is there.
  var goal: Goal?
  var search: Search?
  var selection: Selection?
  /// Columns that long lines are moved by.
  var shift = 0
  /// Columns for the text.
  var textWidth = 0
  /// What was gone to or opened last.
  var jumped: Anchor?
  /// What is drawn comes from the scrollback and not from memory.
  var isWindow = false
  /// What leaves lines out.
  var filter: LineFilter?
  /// Where more was asked for last, so that it is asked once.
  var reached: Reach?
  /// Where in the whole transcript the top line is, in hundredths; nil while that is in memory.
  var share: Int?

  struct Reach: Hashable, Sendable {
    var entry: Int
    var isUp: Bool
    var isEarlier: Bool
  }

  enum Goal: Hashable, Sendable {
    case top
    /// The lines on the screen stay; there will be more around them.
    case around(Int)
    /// The line of an entry that says these words, or says them again so many times later.
    case entry(Int, saying: String, ordinal: Int = 0)
  }

  /// A line by what it belongs to, so that it is found again when lines before it go.
  public struct Anchor: Hashable, Sendable {
    /// Nil before the first line.
    var source: Rendition.Section.Source?
    var line = 0
  }

  /// The index of the first line on the screen.
  var top: Int {
    let last = max(0, rendition.lineCount - height)
    if isFollowing { return last }
    return min(rendition.index(of: anchor), last)
  }

  /// Brings the lines up to the transcript; text that is broken anew keeps its place.
  mutating func update(
    _ transcript: Transcript, _ setting: Rendition.Setting, loss: String? = nil,
    numbers: [String: Int] = [:]
  ) {
    guard !isFollowing else {
      return rendition.update(transcript, setting, loss: loss, sift, numbers: numbers)
    }
    keepPlaces(for: setting)
    rendition.update(transcript, setting, loss: loss, sift, numbers: numbers)
    findPlaces()
  }

  /// What the last updates let go of; it is no longer held here.
  mutating func takeGone() -> [Rendition.Section] {
    defer {
      rendition.gone = []
      live?.gone = []
    }
    return rendition.gone + (live?.gone ?? [])
  }

  /// Notes by what text the top line and the last seen one stand, before lines are laid out anew.
  mutating func keepPlaces(for setting: Rendition.Setting) {
    heldTop.keep(rendition, for: setting)
    if live == nil { heldSeen.keep(rendition, for: setting) }
  }

  mutating func findPlaces() {
    heldTop.find(rendition)
    if live == nil { heldSeen.find(rendition) }
  }

  mutating func scroll(by lines: Int) {
    let last = max(0, rendition.lineCount - height)
    let target = min(max(0, top + lines), last)
    if lines < 0, isFollowing, last > 0 {
      stopFollowing()
    }
    if lines > 0, target == last, !isEarlier { isFollowing = true }
    goal = nil
    anchor = rendition.anchor(at: target)
  }

  mutating func scroll(to line: Int) {
    scroll(by: line - top)
  }

  mutating func follow() {
    isFollowing = true
    isEarlier = false
    goal = nil
  }

  mutating func stopFollowing() {
    anchor = rendition.anchor(at: top)
    seen = rendition.anchor(at: rendition.lineCount - 1)
    isFollowing = false
  }
}
