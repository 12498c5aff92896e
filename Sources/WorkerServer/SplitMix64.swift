/// Steele, Lea and Flood's generator: the same seed gives the same scripts on every machine.
struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A generator for one part of what a seed decides, so that parts can be made in any order.
  init(seed: UInt64, part: Int) {
    var mixer = SplitMix64(
      seed: seed ^ 0x5851_F42D_4C95_7F2D &* UInt64(truncatingIfNeeded: part &+ 1))
    state = mixer.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number of a closed range, evenly.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// A number of a closed range, evenly.
  mutating func number(_ range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  /// The elements in another order (Fisher and Yates), independent of the library's own shuffling.
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    var index = result.count - 1
    while index > 0 {
      result.swapAt(index, Int(next() % UInt64(index + 1)))
      index -= 1
    }
    return result
  }
}
