/// A colour by its parts, and xterm's standard table of 256.
struct RGB: Hashable, Sendable {
  var red: Int
  var green: Int
  var blue: Int

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = Int(red)
    self.green = Int(green)
    self.blue = Int(blue)
  }

  var number: Int32 { Int32(red << 16 | green << 8 | blue) }

  /// The six steps of xterm's colour cube.
  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// xterm's defaults for the first sixteen; a terminal's owner may have changed them.
  private static let ansi: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  static func standard(_ index: UInt8) -> RGB {
    if index < 16 { return ansi[Int(index)] }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return RGB(grey, grey, grey)
    }
    let place = Int(index) - 16
    return RGB(steps[place / 36], steps[place / 6 % 6], steps[place % 6])
  }

  /// Squared distance with the weights that the eye gives the parts, after "redmean".
  func distance(_ other: RGB) -> Int {
    let mean = (red + other.red) / 2
    let (dr, dg, db) = (red - other.red, green - other.green, blue - other.blue)
    let (redPart, bluePart) = (((512 + mean) * dr * dr) >> 8, ((767 - mean) * db * db) >> 8)
    return redPart + 4 * dg * dg + bluePart
  }

  /// From the cube or the grey ramp; the first sixteen are left out because owners change them.
  var nearestIndexed: UInt8 {
    func step(_ part: Int) -> Int {
      Self.steps.indices.min { abs(Int(Self.steps[$0]) - part) < abs(Int(Self.steps[$1]) - part) }
        ?? 0
    }
    let cube = UInt8(16 + 36 * step(red) + 6 * step(green) + step(blue))
    let mean = (red + green + blue) / 3
    let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
    return distance(.standard(grey)) < distance(.standard(cube)) ? grey : cube
  }

  var nearestANSI: UInt8 {
    let index = Self.ansi.indices.min { distance(Self.ansi[$0]) < distance(Self.ansi[$1]) }
    return UInt8(index ?? 7)
  }
}
