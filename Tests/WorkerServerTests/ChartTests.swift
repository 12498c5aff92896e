import Testing

@testable import WorkerServer

@Suite("Chart")
struct ChartTests {
  /// The chunks of a PNG, with their checksums compared.
  private func chunks(_ png: [UInt8]) -> [(type: String, data: [UInt8], isSound: Bool)] {
    var result: [(String, [UInt8], Bool)] = []
    var rest = png.dropFirst(8)
    func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    while rest.count >= 12 {
      let count = number(rest.prefix(4))
      let content = rest.dropFirst(4).prefix(4 + count)
      var remainder: UInt32 = .max
      for byte in content {
        remainder ^= UInt32(byte)
        for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
      }
      let given = number(rest.dropFirst(8 + count).prefix(4))
      result.append(
        (
          String(decoding: content.prefix(4), as: UTF8.self), Array(content.dropFirst(4)),
          given == Int(~remainder)
        ))
      rest = rest.dropFirst(12 + count)
    }
    return result
  }

  @Test("Is a PNG of four sound chunks whose pixels have the stated size")
  func png() {
    let found = chunks(Chart(values: [3, 1, 2]).png)
    #expect(found.map(\.type) == ["IHDR", "PLTE", "IDAT", "IEND"])
    #expect(!found.contains { !$0.isSound })
    #expect(found[0].data == [0, 0, 1, 0xE0, 0, 0, 1, 0x0E, 4, 3, 0, 0, 0])
    // Two bytes of zlib's head, one stored block of five bytes and its data, four of its checksum.
    let pixels = Chart.height * (Chart.width / 2 + 1)
    #expect(found[2].data.count == 2 + 5 + pixels + 4)
  }

  @Test("Draws the bars, and the lowest in a colour of its own")
  func bars() {
    let high = Set(Chart(values: [3, 1]).png)
    #expect(high.isSuperset(of: [0x22, 0x33]))
    #expect(!Set(Chart(values: [3]).png.dropFirst(80).dropLast(20)).contains(0x22))
  }

  @Test("No values give an empty paper")
  func empty() {
    #expect(chunks(Chart(values: []).png).map(\.type) == ["IHDR", "PLTE", "IDAT", "IEND"])
  }
}
