import Fleet
import Testing
import WorkerAPI

@Suite("Any bytes as a file")
struct FileContentFuzzTests {
  @Test("are something that can be shown, within its bounds")
  func bytes() {
    var dice = Dice(seed: 11)
    let signs = Array("\",;\t\r\n{}[]:a1 é\u{0}\u{FF}".utf8)
    let heads: [[UInt8]] = [
      [], [0xFF, 0xD8, 0xFF], Array("RIFF____WEBPVP8 ".utf8), Array("GIF89a".utf8),
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xFE], [0xFE, 0xFF],
    ]
    for _ in 0..<5_000 {
      let head = heads[Int(dice.roll() * Double(heads.count))]
      let bytes =
        head
        + (0..<Int(dice.roll() * 80)).map { _ in
          dice.roll() < 0.8
            ? signs[Int(dice.roll() * Double(signs.count))] : UInt8(dice.roll() * 256)
        }
      for name in ["a.csv", "a.json", "a.jsonl", "a.md", "a.svg", "a"] {
        let content = FileReading(bytes, name: name, mediaType: "", isCut: dice.roll() < 0.5)
          .content
        if case .table(let table) = content {
          #expect(table.rows.allSatisfy { !$0.isEmpty })
          #expect(table.rows.count <= bytes.count + 1)
        }
      }
    }
  }

  @Test("a table that is written by the rules is read back as it was")
  func roundTrip() {
    var dice = Dice(seed: 12)
    let letters = ["a", "\"", ",", "\n", "é", " ", "1"]
    for _ in 0..<2_000 {
      let rows = (0..<(1 + Int(dice.roll() * 4))).map { _ in
        (0..<3).map { _ in
          (0..<Int(dice.roll() * 5)).map { _ in letters[Int(dice.roll() * 7)] }.joined()
        }
      }
      let text = rows.map { row in
        row.map {
          "\""
            + $0.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
        }.joined(separator: ",") + "\r\n"
      }.joined()
      #expect(DelimitedText(text).rows == rows)
    }
  }
}
