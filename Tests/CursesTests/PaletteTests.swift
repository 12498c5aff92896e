import Canvas
import Testing

@testable import Curses

struct PaletteTests {
  @Test(
    "The depth follows what the terminal says and NO_COLOR wins",
    arguments: [
      ([:], 256, false, .indexed256), ([:], 1 << 24, true, .direct), ([:], 16, false, .ansi16),
      ([:], 88, false, .ansi16), ([:], 8, false, .ansi8), ([:], 2, false, .mono),
      ([:], 0, false, .mono), (["NO_COLOR": "1"], 1 << 24, true, .mono),
      (["NO_COLOR": ""], 256, false, .indexed256),
    ] as [([String: String], Int, Bool, ColorDepth)])
  func depth(environment: [String: String], colors: Int, isDirect: Bool, depth: ColorDepth) {
    let palette = Palette(environment: environment, colors: colors, isDirect: isDirect)
    #expect(palette.depth == depth)
  }

  static let colors: [Color] = [
    .terminal, .ansi(1), .ansi(9), .ansi(8), .indexed(208), .indexed(3), .indexed(244),
    .rgb(255, 135, 0), .rgb(0, 0, 0), .rgb(130, 130, 130), .rgb(250, 10, 5), .ansi(200),
  ]

  @Test(
    "Each depth takes the nearest that it has",
    arguments: [
      (.mono, [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1]),
      (.ansi16, [-1, 1, 9, 8, 3, 3, 8, 3, 0, 8, 9, 15]),
      (.indexed256, [-1, 1, 9, 8, 208, 3, 244, 208, 16, 244, 196, 15]),
      (
        .direct,
        [
          -1, 1, 0xFF0000, 0x7F7F7F, 0xFF8700, 3, 0x808080, 0xFF8700, 8, 0x828282, 0xFA0A05,
          0xFFFFFF,
        ]
      ),
    ] as [(ColorDepth, [Int32])])
  func foreground(depth: ColorDepth, numbers: [Int32]) {
    let palette = Palette(depth: depth)
    #expect(Self.colors.map { palette.foreground($0) } == numbers.map { Palette.Ink(number: $0) })
    #expect(Self.colors.map { palette.background($0) } == numbers.map { Palette.Ink(number: $0) })
  }

  @Test("On eight colours bright is bold, and bright black does not vanish")
  func eight() {
    let palette = Palette(depth: .ansi8)
    #expect(palette.foreground(.ansi(2)) == Palette.Ink(number: 2))
    #expect(palette.foreground(.ansi(10)) == Palette.Ink(number: 2, attributes: .bold))
    #expect(palette.foreground(.ansi(8)) == Palette.Ink(number: -1, attributes: .dim))
    #expect(palette.foreground(.rgb(255, 0, 0)) == Palette.Ink(number: 1, attributes: .bold))
    #expect(palette.background(.ansi(10)) == Palette.Ink(number: 2))
    #expect(palette.background(.terminal) == Palette.Ink(number: -1))
  }

  @Test("The cube and the grey ramp map to themselves")
  func cube() {
    for index in UInt8(16)...255 {
      let color = RGB.standard(index)
      #expect(RGB.standard(color.nearestIndexed) == color)
    }
  }

  @Test("Pairs are given out once, and the nearest stands in when there are none left")
  func pairs() {
    var table = PairTable(limit: 2)
    func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
      table.pair(PairTable.Colors(foreground: foreground, background: background)).number
    }
    #expect([pair(-1, -1), pair(1, -1), pair(1, -1), pair(4, 0), pair(1, -1)] == [0, 1, 1, 2, 1])
    #expect([pair(9, -1), pair(12, 0), pair(12, 0), pair(7, 8)] == [1, 2, 2, 2])
    #expect(table.colors.count == 2)
    var none = PairTable(limit: 0)
    let substitute = none.pair(PairTable.Colors(foreground: 1, background: 1)).number
    #expect(substitute == 0)
  }
}
