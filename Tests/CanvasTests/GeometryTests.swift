import Canvas
import Testing

struct GeometryTests {
  let rect = Rect(x: 2, y: 3, width: 10, height: 6)

  @Test("Splits clamp and always add up to the whole", arguments: [-1, 0, 1, 4, 6, 10, 99])
  func splits(count: Int) {
    let (top, below) = rect.top(count)
    let (above, bottom) = rect.bottom(count)
    let (left, beside) = rect.left(count)
    let (before, right) = rect.right(count)
    let rows = min(max(0, count), 6)
    let columns = min(max(0, count), 10)
    #expect(top == Rect(x: 2, y: 3, width: 10, height: rows))
    #expect(below == Rect(x: 2, y: 3 + rows, width: 10, height: 6 - rows))
    #expect(above == Rect(x: 2, y: 3, width: 10, height: 6 - rows))
    #expect(bottom == Rect(x: 2, y: 9 - rows, width: 10, height: rows))
    #expect(left == Rect(x: 2, y: 3, width: columns, height: 6))
    #expect(beside == Rect(x: 2 + columns, y: 3, width: 10 - columns, height: 6))
    #expect(before == Rect(x: 2, y: 3, width: 10 - columns, height: 6))
    #expect(right == Rect(x: 12 - columns, y: 3, width: columns, height: 6))
  }

  @Test("Insets and centred areas stay inside")
  func inside() {
    #expect(rect.inset(1, 2) == Rect(x: 3, y: 5, width: 8, height: 2))
    #expect(rect.inset(9, 9).isEmpty)
    #expect(rect.centered(width: 4, height: 2) == Rect(x: 5, y: 5, width: 4, height: 2))
    #expect(rect.centered(width: 99, height: 99) == rect)
    #expect(Rect(x: 0, y: 0, width: -5, height: 3).isEmpty)
    #expect(rect.intersection(Rect(x: 50, y: 0, width: 3, height: 3)).isEmpty)
  }

  @Test(
    "Lengths divide all cells by weight, minimums first",
    arguments: [
      ([.fixed(3), .share(1)], 10, [3, 7]), ([.share(1), .share(1), .share(1)], 10, [3, 3, 4]),
      ([.share(1), .share(3)], 8, [2, 6]), ([.fixed(8), .fixed(8)], 10, [8, 2]),
      ([.atLeast(5, share: 1), .share(3)], 8, [5, 3]),
      ([.atLeast(1, share: 1), .share(3)], 8, [2, 6]),
      ([.atLeast(6, share: 1), .atLeast(6, share: 1)], 8, [6, 2]),
      ([.fixed(2), .atLeast(4, share: 1), .share(1)], 0, [0, 0, 0]),
      ([.fixed(-4), .share(0)], 5, [0, 0]), ([], 5, []),
    ] as [([Length], Int, [Int])])
  func layout(lengths: [Length], total: Int, sizes: [Int]) {
    let rows = Layout.rows(Rect(x: 1, y: 2, width: 7, height: total), lengths)
    #expect(rows.map(\.height) == sizes)
    #expect(rows.allSatisfy { $0.width == 7 && $0.x == 1 })
    let columns = Layout.columns(Rect(x: 1, y: 2, width: total, height: 7), lengths)
    #expect(columns.map(\.width) == sizes)
    #expect(zip(columns, columns.dropFirst()).allSatisfy { $0.maxX == $1.x })
  }
}
