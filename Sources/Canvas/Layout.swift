/// How much of a row or column of areas one of them asks for.
public enum Length: Hashable, Sendable {
  /// Cells, whatever the others get.
  case fixed(Int)
  /// A part of what is left, in proportion to the weights of the other shares.
  case share(Int)
  /// A share that does not go below a number of cells while there are enough.
  case atLeast(Int, share: Int)
}

/// Divides areas without gaps: the parts always add up to the whole if any of them is a share.
public enum Layout {
  /// Areas below each other; where there is too little, the later ones get less.
  public static func rows(_ rect: Rect, _ lengths: [Length]) -> [Rect] {
    var y = rect.y
    return sizes(lengths, total: rect.height).map { height in
      defer { y += height }
      return Rect(x: rect.x, y: y, width: rect.width, height: height)
    }
  }

  /// Areas beside each other; where there is too little, the later ones get less.
  public static func columns(_ rect: Rect, _ lengths: [Length]) -> [Rect] {
    var x = rect.x
    return sizes(lengths, total: rect.width).map { width in
      defer { x += width }
      return Rect(x: x, y: rect.y, width: width, height: rect.height)
    }
  }

  static func sizes(_ lengths: [Length], total: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: lengths.count)
    var left = max(0, total)
    for (index, length) in lengths.enumerated() {
      switch length {
      case .fixed(let cells), .atLeast(let cells, _):
        sizes[index] = min(max(0, cells), left)
        left -= sizes[index]
      case .share: break
      }
    }
    // A share that comes out below its minimum keeps the minimum and leaves the division.
    var sharing = lengths.indices.filter { weight(lengths[$0]) > 0 }
    var divisible = left + sharing.reduce(0) { $0 + sizes[$1] }
    while let index = sharing.first(where: { index in
      let weights = sharing.reduce(0) { $0 + weight(lengths[$1]) }
      return sizes[index] > divisible * weight(lengths[index]) / weights
    }) {
      divisible -= sizes[index]
      sharing.removeAll { $0 == index }
    }
    // Cumulative rounding hands every cell out exactly once.
    let weights = sharing.reduce(0) { $0 + weight(lengths[$1]) }
    var (seen, given) = (0, 0)
    for index in sharing {
      seen += weight(lengths[index])
      let upTo = divisible * seen / weights
      sizes[index] = upTo - given
      given = upTo
    }
    return sizes
  }

  private static func weight(_ length: Length) -> Int {
    switch length {
    case .fixed: 0
    case .share(let weight), .atLeast(_, let weight): min(max(0, weight), 10_000)
    }
  }
}
