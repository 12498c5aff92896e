import Canvas
import Fleet

extension OutputView {
  /// What is looked for, and the match that the reader stands on.
  struct Search: Hashable, Sendable {
    var sought: Sought
    var current: Rendition.Hit?
    /// Where the reader was before: matches are looked for from there, and Esc goes back to it.
    var origin: Stand
    var seeking = Seeking.whileTyped
  }

  /// Whether the first match is still to be gone to.
  enum Seeking: Hashable, Sendable {
    case whileTyped
    /// Once what is kept was looked for in all lines, and if the reader has not gone elsewhere.
    case once
    case over
  }

  /// Where a reader is.
  struct Stand: Hashable, Sendable {
    var place: Held
    var isFollowing: Bool
  }

  var sift: Sift { Sift(search: search?.sought, filter: filter) }

  var stand: Stand { Stand(place: held(at: top), isFollowing: isFollowing) }

  /// A row by its text.
  func held(at row: Int) -> Held { Held(rendition.anchor(at: row), in: rendition) }

  func row(of place: Held) -> Int { rendition.index(of: place.anchor(in: rendition)) }

  private func isStill(at stand: Stand) -> Bool {
    stand.isFollowing
      ? isFollowing : !isFollowing && rendition.index(of: anchor) == row(of: stand.place)
  }

  mutating func go(to stand: Stand) {
    if stand.isFollowing { return follow() }
    if isFollowing { stopFollowing() }
    heldTop = stand.place
    heldTop.find(rendition)
  }

  /// The place of the current match among all, counted from 1, and how many there are.
  var matchCount: (number: Int?, of: Int)? {
    guard let search else { return nil }
    return (
      search.current.flatMap { rendition.number(of: $0) }.map { $0 + 1 }, rendition.hitCount
    )
  }

  /// The same in words; with a `+` where there may be more.
  var matchWords: String? {
    matchCount.map { "\($0.number ?? 0)/\($0.of)\(hasMoreMatches ? "+" : "")" }
  }

  /// Lines are still to be looked through, or some took too much work.
  var hasMoreMatches: Bool { rendition.isLooking || rendition.look.isCut }

  /// What is shown was looked through by what is asked for now.
  var isLookedThrough: Bool { rendition.sift == sift && !rendition.isLooking }

  /// Goes to the first match from where the reader was, once the lines were looked through.
  mutating func seek() {
    guard let search, search.seeking != .over else { return }
    if search.seeking == .once, !isStill(at: search.origin) {
      self.search?.seeking = .over
      return
    }
    let from =
      search.origin.isFollowing
      ? max(0, rendition.lineCount - height) : row(of: search.origin.place)
    let isWhole = !rendition.isLooking
    let above = isWhole && rendition.hitCount > 0 ? 0 : nil
    guard let number = rendition.firstHit(from: from) ?? above else {
      if self.search?.current != nil { self.search?.current = nil }
      if search.seeking == .once, isWhole { self.search?.seeking = .over }
      return go(to: search.origin)
    }
    self.search?.seeking = .over
    show(match: number)
  }

  enum Step: Hashable, Sendable { case none, moved, wrapped }

  /// Goes to the next match from the one that is on the screen, else from the screen.
  mutating func stepMatch(forward: Bool) -> Step {
    let count = rendition.hitCount
    guard let search, count > 0 else { return .none }
    self.search?.seeking = .over
    var next: Int
    if let current = search.current, let number = rendition.number(of: current), isShown(number) {
      next = number + (forward ? 1 : -1)
    } else if forward {
      next = rendition.firstHit(from: top) ?? count
    } else {
      next = (rendition.firstHit(from: top) ?? count) - 1
    }
    let isWrapped = next < 0 || next >= count
    if isWrapped { next = forward ? 0 : count - 1 }
    show(match: next)
    return isWrapped ? .wrapped : .moved
  }

  private func isShown(_ number: Int) -> Bool {
    guard let place = rendition.hit(at: number).flatMap({ rendition.anchor(of: $0) }) else {
      return false
    }
    return (top..<top + max(1, height)).contains(rendition.index(of: place))
  }

  private mutating func show(match number: Int) {
    guard let hit = rendition.hit(at: number), let place = rendition.anchor(of: hit) else { return }
    search?.current = hit
    show(place)
  }

  /// Brings a line onto the screen and stays there; one that is in sight moves nothing.
  mutating func show(_ place: Anchor) {
    let row = rendition.index(of: place)
    let top = top
    if isFollowing { stopFollowing() }
    goal = nil
    guard !(top..<top + max(1, height)).contains(row) else { return }
    // Some lines above it tell where it stands.
    anchor = rendition.anchor(at: max(0, row - height / 3))
  }
}
