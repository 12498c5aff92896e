/// A place in a log whose oldest entries go: the number of the entry after the last that is shown.
enum LogPlace {
  /// The entries on the screen; a place that is gone gives the oldest ones.
  static func visible<Entry>(
    _ entries: [Entry], of count: Int, until end: Int?, height: Int
  ) -> ArraySlice<Entry> {
    let gone = count - entries.count
    let last = min(max((end ?? count) - gone, min(height, entries.count)), entries.count)
    return entries[max(0, last - height)..<last]
  }

  /// Where a key leads; nil follows the newest.
  static func scrolled(
    _ end: Int?, _ entries: Int, of count: Int, by step: Int, height: Int
  ) -> Int? {
    let wanted = (end ?? count).addingReportingOverflow(step).partialValue
    let place = max(wanted, count - entries + min(height, entries))
    return place >= count ? nil : place
  }

  /// How far a key goes; nil for one that goes nowhere.
  static func step(_ command: Command?, height: Int, count: Int) -> Int? {
    switch command {
    case .moveUp: -1
    case .moveDown: 1
    case .pageUp: -height
    case .pageDown: height
    case .top: -count
    case .bottom: count
    default: nil
    }
  }
}
