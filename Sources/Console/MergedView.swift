import Canvas
import Fleet

/// The output of several workers in one, line by line in the order in which it came.
struct MergedView: Sendable {
  /// Lines that are kept; the oldest go first.
  static let limit = 2_000
  /// The same while the reader holds a place among them, so that it does not move.
  static let heldLimit = 20_000
  /// Lines of each worker that were there before.
  static let history = 50

  struct Entry: Hashable, Sendable {
    /// Its worker's place among those that are merged; nil where the order of arrival begins.
    var worker: Int?
    var text: String
  }

  let workers: [String]
  private(set) var entries: [Entry] = []
  /// Lines that went from the front.
  private(set) var dropped = 0
  /// The line at the top, counted from the first that ever was; nil follows the end.
  private(set) var top: Int?
  /// More came than is kept, and the lines that the reader held went.
  private(set) var hasLost = false
  /// The end when following stopped.
  private var seen = 0
  private var plain = PlainLines(isNamed: false)

  init(_ workers: [String], _ fleet: State) {
    self.workers = workers
    for (number, id) in workers.enumerated() {
      entries += plain.take(id, fleet).suffix(Self.history).map { Entry(worker: number, text: $0) }
    }
    if !entries.isEmpty { entries.append(Entry(worker: nil, text: "from here on as it comes")) }
  }

  var end: Int { dropped + entries.count }
  var newLines: Int { top == nil ? 0 : end - seen }

  mutating func update(_ fleet: State) {
    for (number, id) in workers.enumerated() {
      entries += plain.take(id, fleet).map { Entry(worker: number, text: $0) }
    }
    let excess = entries.count - (top == nil ? Self.limit : Self.heldLimit)
    guard excess > 0 else { return }
    entries.removeFirst(excess)
    dropped += excess
    if let top, top < dropped {
      self.top = dropped
      hasLost = true
    }
  }

  /// `first` is the line at the top now, as the screen shows it.
  mutating func scroll(by step: Int, first: Int, rows: Int) {
    if top == nil {
      guard step < 0 else { return }
      seen = end
    }
    let target = min(max(dropped, (top ?? first) + step), end)
    top = target >= end - 1 || step > 0 && target > first && rows >= end - target ? nil : target
    hasLost = false
  }

  mutating func follow() {
    top = nil
    hasLost = false
  }

  /// The rows of a screen, and the line at its top.
  func rows(width: Int, height: Int, _ draw: (Entry, _ width: Int) -> [Line]) -> (
    rows: [Line], first: Int
  ) {
    guard let top else {
      var rows: [Line] = []
      var first = end
      while first > dropped, rows.count < height {
        first -= 1
        rows = draw(entries[first - dropped], width) + rows
      }
      return (Array(rows.suffix(height)), first)
    }
    let first = max(top, dropped)
    var rows: [Line] = []
    var next = first
    while next < end, rows.count < height {
      rows += draw(entries[next - dropped], width)
      next += 1
    }
    return (Array(rows.prefix(height)), first)
  }
}
