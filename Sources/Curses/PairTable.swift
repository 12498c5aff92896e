/// The colour pairs of a terminal, given out as styles ask for them.
///
/// Pair 0 is the terminal's own colours. When all pairs are given out, a new combination gets the
/// pair that looks most like it; none is ever taken back, because cells on the screen still use
/// it.
struct PairTable: Sendable {
  struct Colors: Hashable, Sendable {
    var foreground: Int32
    var background: Int32
  }

  /// Pairs that may be given out beside pair 0.
  let limit: Int
  private(set) var colors: [Colors] = []
  private var numbers: [Colors: Int32] = [:]

  init(limit: Int) {
    self.limit = max(0, limit)
  }

  /// The pair, and whether curses has to be told about it first.
  mutating func pair(_ wanted: Colors) -> (number: Int32, isNew: Bool) {
    if wanted.foreground == -1, wanted.background == -1 { return (0, false) }
    if let known = numbers[wanted] { return (known, false) }
    guard colors.count < limit else {
      let substitute = nearest(wanted)
      // Substitutes are remembered up to twice the limit and looked up anew past it.
      if numbers.count < 2 * limit { numbers[wanted] = substitute }
      return (substitute, false)
    }
    colors.append(wanted)
    let number = Int32(colors.count)
    numbers[wanted] = number
    return (number, true)
  }

  private func nearest(_ wanted: Colors) -> Int32 {
    let best = colors.indices.min { score(colors[$0], wanted) < score(colors[$1], wanted) }
    return best.map { Int32($0 + 1) } ?? 0
  }

  /// A wrong background hurts more than a wrong foreground.
  private func score(_ left: Colors, _ right: Colors) -> Int {
    distance(left.foreground, right.foreground) + 2 * distance(left.background, right.background)
  }

  private func distance(_ left: Int32, _ right: Int32) -> Int {
    if left == right { return 0 }
    // The terminal's own colour is like no other.
    guard left >= 0, right >= 0 else { return 1 << 24 }
    return rgb(left).distance(rgb(right))
  }

  private func rgb(_ number: Int32) -> RGB {
    if let index = UInt8(exactly: number) { return .standard(index) }
    return RGB(
      UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 8),
      UInt8(truncatingIfNeeded: number))
  }
}
