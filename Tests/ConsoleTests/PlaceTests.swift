import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The reader's place when lines are laid out anew")
struct PlaceTests {
  private static let words = "the quick brown fox jumps over the lazy dog and goes on "

  /// All kinds of blocks, wider than the pane.
  private static let text =
    (1...4).map { part in
      """
      ## Part \(part)

      \(part)a \(words)\(words)[a link](https://example.com/\(part)/\(words.count)) \(words)

      | item | what it is about | price |
      |---|---|---:|
      \((1...4).map { "| \(part)-\($0) | \(words)\(words)\(words) | \($0).50 |" }
        .joined(separator: "\n"))

      - \(part)b \(words)\(words)
        - inner \(words)\(words)

          after a blank line

      > \(part)c \(words)\(words)\(words)

      ```
      let a = 1

      let b = 2 // \(words)\(words)
      ```
      """
    }.joined(separator: "\n\n") + "\n\n"

  private static func streamed(_ events: [WorkerEvent]) -> Action {
    .stream(worker: "wrk_one", .items(events.map { StreamItem($0) }))
  }

  private static func bench(_ text: String, columns: Int = 120, isOver: Bool = true) -> Bench {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: 24)
    let end: [WorkerEvent] = isOver ? [.textEnd(id: "t")] : []
    bench.tell(
      streamed(
        [
          .start(messageID: "m", metadata: nil), .reasoningStart(id: "r"),
          .reasoningDelta(id: "r", delta: DeltaText(words + "\n" + words)), .reasoningEnd(id: "r"),
          .textStart(id: "t"), .textDelta(id: "t", delta: DeltaText(text)),
        ] + end))
    bench.press("2 f g")
    return bench
  }

  private static func away(_ bench: inout Bench, _ way: String) {
    switch way {
    case "narrower":
      for columns in [110, 80, 61, 120] { bench.resize(columns, 24) }
    case "wider":
      for columns in [130, 90, 200, 120] { bench.resize(columns, 24) }
    default: bench.press(way)
    }
  }

  @Test(
    "requirement 6: however it was laid out meanwhile, the top line is the same again afterwards",
    arguments: [
      "w w", "x x", "R R R R", "t t t t", "V V", "R w R w R R", "R R w R R w", "narrower", "wider",
    ])
  func returns(_ way: String) {
    var bench = Self.bench(Self.text)
    let count = bench.screen.output.rendition.lineCount
    for row in stride(from: 0, to: count - 22, by: 5) {
      bench.screen.output.scroll(to: row)
      let anchor = bench.screen.output.anchor
      for _ in 0..<2 { Self.away(&bench, way) }
      #expect(bench.screen.output.anchor == anchor, "row \(row)")
      #expect(bench.screen.output.top == row)
    }
  }

  @Test("in every width the top line holds the first letter of the line that was chosen")
  func follows() {
    var bench = Self.bench(Self.text)
    let count = bench.screen.output.rendition.lineCount
    for row in stride(from: 0, to: count - 22, by: 3) {
      bench.screen.output.scroll(to: row)
      let before = letters(&bench, above: row)
      for columns in [90, 100, 130, 118] {
        bench.resize(columns, 24)
        let output = bench.screen.output
        let top = output.rendition.index(of: output.anchor)
        let (start, end) = (letters(&bench, above: top), letters(&bench, above: top + 1))
        #expect(start <= before && before <= end, "row \(row) at \(columns)")
      }
      bench.resize(120, 24)
    }
  }

  private func letters(_ bench: inout Bench, above row: Int) -> Int {
    (0..<row).reduce(0) { sum, row in
      sum
        + (bench.screen.output.rendition.row(at: row)?.line.text ?? "")
        .count { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }

  @Test("a table that grows wider below the reader leaves the top line where it is")
  func growing() {
    let start = "| item | what |\n|---|---|\n"
    let rows = (1...40).map { "| row \($0) | \(Self.words)\(Self.words)\(Self.words)|\n" }
    var bench = Self.bench(start + rows.joined(), columns: 80, isOver: false)
    let top = bench.screen.output.rendition
    let row = (0..<top.lineCount).first { top.row(at: $0)?.line.text.hasPrefix("row 20") == true }
    bench.screen.output.scroll(to: row ?? 0)
    bench.press("k j")
    #expect(bench.rows[2].contains("row 20"))
    for number in 41...50 {
      let name = String(repeating: "wide ", count: number - 39)
      let more = "| \(name) | \(Self.words) |\n"
      bench.tell(Self.streamed([.textDelta(id: "t", delta: DeltaText(more))]))
      #expect(bench.rows[2].contains("row 20"), "\(number)")
    }
  }

  @Test("another layout makes no line new")
  func seen() {
    var bench = Self.bench(Self.text, isOver: false)
    bench.press("G k")
    for columns in [100, 70, 120] {
      bench.resize(columns, 24)
      #expect(bench.rows[1].contains("PAUSED"))
    }
    bench.press("w R")
    #expect(bench.rows[1].contains("PAUSED"))
  }
}
