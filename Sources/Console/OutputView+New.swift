import Fleet

/// How much came while the reader was elsewhere.
extension OutputView {
  /// Lines that came below since following stopped; where what was seen last is not in memory any
  /// more, those that there are at least.
  var newLines: Int {
    isFollowing ? 0 : counted.count(after: seen)
  }

  /// There may be more new lines than are counted.
  var hasMoreNew: Bool {
    guard !isFollowing, let source = seen.source else { return false }
    return !counted.sections.contains { $0.source == source }
  }

  /// Lays out what is in memory, where something else is drawn.
  mutating func count(_ transcript: Transcript?, _ setting: Rendition.Setting, wasLive: Bool) {
    guard let transcript, !isFollowing else {
      live = nil
      return
    }
    var counted = live ?? (wasLive ? rendition : Rendition())
    // One owner, so that its lines are not copied.
    live = nil
    heldSeen.keep(counted, for: setting)
    counted.update(transcript, setting, Sift(filter: filter))
    heldSeen.find(counted)
    live = counted
  }

  private var counted: Rendition { live ?? rendition }
}
