/// A bar chart as a PNG (RFC 2083), without a compressor: zlib allows stored blocks (RFC 1951, 3.2.4).
struct Chart: Sendable {
  static let width = 480
  static let height = 270

  var values: [Double]

  /// The colours that a pixel's four bits name: paper, grid, bars, the lowest bar.
  private static let palette: [[UInt8]] = [
    [0xFF, 0xFF, 0xFF], [0xD8, 0xDC, 0xE2], [0x4C, 0x78, 0xA8], [0x54, 0xA2, 0x4B],
  ]

  /// The picture's bytes.
  var png: [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = Self.big(Self.width) + Self.big(Self.height) + [4, 3, 0, 0, 0]
    bytes += Self.chunk("IHDR", header)
    bytes += Self.chunk("PLTE", Self.palette.flatMap(\.self))
    bytes += Self.chunk("IDAT", Self.stored(scanlines))
    return bytes + Self.chunk("IEND", [])
  }

  /// Two pixels a byte, each line behind a filter byte of 0.
  private var scanlines: [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(Self.height * (Self.width / 2 + 1))
    for row in 0..<Self.height {
      lines.append(0)
      for column in stride(from: 0, to: Self.width, by: 2) {
        lines.append(color(column, row) << 4 | color(column + 1, row))
      }
    }
    return lines
  }

  private func color(_ column: Int, _ row: Int) -> UInt8 {
    let margin = 20
    let inside = Self.width - 2 * margin
    guard let highest = values.max(), highest > 0, column >= margin, column < Self.width - margin
    else { return 0 }
    let slot = inside / values.count
    let index = min((column - margin) / slot, values.count - 1)
    let isBar = (column - margin) - index * slot < slot * 3 / 4
    let level = Double(Self.height - margin - row) / Double(Self.height - 2 * margin)
    if level < 0 { return 0 }
    if isBar, level <= values[index] / highest { return values[index] == values.min() ? 3 : 2 }
    return level <= 1 && (Self.height - margin - row) % 46 == 0 ? 1 : 0
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    return big(data.count) + content + big(Int(crc32(content)))
  }

  /// A zlib stream of blocks that are not compressed, 65,535 bytes at most each.
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x78, 0x01]
    var start = 0
    while start < data.count {
      let end = min(start + 65_535, data.count)
      let length = UInt16(end - start)
      bytes.append(end == data.count ? 1 : 0)
      bytes += [UInt8(length & 0xFF), UInt8(length >> 8)]
      bytes += [UInt8(~length & 0xFF), UInt8(~length >> 8)]
      bytes += data[start..<end]
      start = end
    }
    var low = 1
    var high = 0
    for byte in data {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return bytes + big(high << 16 | low)
  }

  /// Four bytes, the highest first.
  private static func big(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    return ~remainder
  }
}
