/// Where the reader is in the output, and the lines that are drawn.
public struct OutputView: Sendable {
  /// The view stays at the end while text arrives; any move up lets go of it.
  public internal(set) var isFollowing = true
  /// The top line, as a section and a line in it, so that it stays put while lines come or go.
  var anchor = Anchor(section: 0, line: 0)
  public internal(set) var rendition = Rendition()
  /// Reasoning and tool details are shown whole.
  var isUnfolded = false
  /// Lines at the time when following stopped, for the count of new ones.
  var seenLines = 0
  /// The rows of the pane when it was last arranged.
  var height = 0
  var worker: String?

  public struct Anchor: Hashable, Sendable {
    var section: Int
    var line: Int
  }

  /// The index of the first line on the screen.
  var top: Int {
    let last = max(0, rendition.lineCount - height)
    if isFollowing { return last }
    return min(rendition.index(of: anchor), last)
  }

  /// Lines that came below since following stopped.
  var newLines: Int { isFollowing ? 0 : max(0, rendition.lineCount - seenLines) }

  mutating func scroll(by lines: Int) {
    let last = max(0, rendition.lineCount - height)
    let target = min(max(0, top + lines), last)
    if lines < 0, isFollowing, last > 0 {
      isFollowing = false
      seenLines = rendition.lineCount
    }
    if lines > 0, target == last { isFollowing = true }
    anchor = rendition.anchor(at: target)
  }

  mutating func scroll(to line: Int) {
    scroll(by: line - top)
  }

  mutating func follow() { isFollowing = true }

  mutating func stopFollowing() {
    anchor = rendition.anchor(at: top)
    isFollowing = false
    seenLines = rendition.lineCount
  }
}
