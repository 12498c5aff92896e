import Canvas
import Fleet

/// Two texts line by line: what only one of them has, and what stands between.
public struct Comparison: Hashable, Sendable {
  /// Lines of either text that are compared; what comes after them is counted.
  static let lineLimit = 1_500
  /// Lines that stand in both texts and are shown around a difference.
  static let context = 2

  public enum Row: Hashable, Sendable {
    case same(String), gone(String), new(String)
    /// So many lines that stand in both.
    case skipped(Int)
  }

  var before: String
  var after: String
  var rows: [Row]
  var gone: Int
  var new: Int
  /// Lines beyond the limit, which nobody compared.
  var left: Int
  var scroll = Scroll()

  /// `before` and `after` name the texts.
  init(_ before: String, _ old: String, _ after: String, _ new: String) {
    (self.before, self.after) = (before, after)
    let (first, second) = (Self.lines(old), Self.lines(new))
    let (one, two) = (first.prefix(Self.lineLimit), second.prefix(Self.lineLimit))
    left = first.count - one.count + second.count - two.count
    let difference = Array(two).difference(from: Array(one))
    let removed = Set(difference.removals.map(\.place))
    let inserted = Set(difference.insertions.map(\.place))
    (gone, self.new) = (removed.count, inserted.count)
    rows = Self.folded(Self.merged(Array(one), Array(two), removed, inserted))
  }

  private static func lines(_ text: String) -> [String] {
    Sanitise.text(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func merged(
    _ old: [String], _ new: [String], _ removed: Set<Int>, _ inserted: Set<Int>
  ) -> [Row] {
    var rows: [Row] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        rows.append(.gone(old[left]))
        left += 1
      } else if right < new.count, inserted.contains(right) {
        rows.append(.new(new[right]))
        right += 1
      } else if right < new.count {
        rows.append(.same(new[right]))
        (left, right) = (left + 1, right + 1)
      } else {
        break
      }
    }
    return rows
  }

  /// Long stretches of equal lines become their number.
  private static func folded(_ rows: [Row]) -> [Row] {
    var result: [Row] = []
    var run: [Row] = []
    func isSame(_ row: Row) -> Bool { if case .same = row { true } else { false } }
    func flush(isLast: Bool) {
      let head = result.isEmpty ? 0 : context
      let tail = isLast ? 0 : context
      if run.count > head + tail + 1 {
        result += run.prefix(head)
        result.append(.skipped(run.count - head - tail))
        result += run.suffix(tail)
      } else {
        result += run
      }
      run = []
    }
    for row in rows {
      if isSame(row) {
        run.append(row)
      } else {
        flush(isLast: false)
        result.append(row)
      }
    }
    flush(isLast: true)
    return result
  }
}

extension CollectionDifference<String>.Change {
  fileprivate var place: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

extension Screen {
  /// The last two turns of the selected worker; where two workers are marked, or another one is, the
  /// last words of both.
  mutating func compare(_ fleet: State) {
    let marked = fleet.workers.inOrder(fleet.workers.marked)
    let pair = marked.count == 2 ? marked : marked + [selected].compactMap(\.self)
    if marked.count <= 2, pair.count == 2, pair[0] != pair[1] {
      let sides = pair.compactMap { fleet.workers[$0] }
      guard sides.count == 2 else { return }
      let texts = sides.map { $0.transcript.lastWords(before: .max)?.text ?? "" }
      overlays.append(
        .comparison(
          Comparison(
            Sanitise.line(sides[0].title), texts[0], Sanitise.line(sides[1].title), texts[1])))
      return
    }
    guard let worker = selected.flatMap({ fleet.workers[$0] }),
      let after = worker.transcript.lastWords(before: .max),
      let before = worker.transcript.lastWords(before: after.turn)
    else {
      remark = "nothing to compare: a second turn, or one or two marked workers, are needed"
      return
    }
    overlays.append(
      .comparison(
        Comparison("turn \(before.turn + 1)", before.text, "turn \(after.turn + 1)", after.text)))
  }

  mutating func scroll(_ comparison: Comparison, _ command: Command?) -> [Outcome] {
    var comparison = comparison
    let height = ComparisonOverlay.height(in: size)
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .moveDown: comparison.scroll.offset += 1
    case .moveUp: comparison.scroll.offset -= 1
    case .pageDown: comparison.scroll.offset += height
    case .pageUp: comparison.scroll.offset -= height
    case .top: comparison.scroll.offset = 0
    case .bottom: comparison.scroll.offset = .max / 2
    default: break
    }
    let count = ComparisonOverlay.lines(comparison, self).count
    comparison.scroll = comparison.scroll.clamped(of: count, height: height)
    overlays[overlays.count - 1] = .comparison(comparison)
    return []
  }
}

extension Transcript {
  /// What the worker wrote in its last turn before another one that has any words.
  fileprivate func lastWords(before limit: Int) -> (turn: Int, text: String)? {
    var turn: Int?
    var pieces: [String] = []
    for entry in entries.reversed() where entry.turn < limit {
      guard case .text(let text) = entry.content else { continue }
      if let turn, entry.turn != turn { break }
      turn = entry.turn
      pieces.append(entry.continuation == nil ? "\n\n" + text : text)
    }
    return turn.map { ($0, String(pieces.reversed().joined().drop { $0 == "\n" })) }
  }
}
