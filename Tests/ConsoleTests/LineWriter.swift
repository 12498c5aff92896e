import Canvas
import Fleet
import Support
import WorkerAPI

@testable import Console

/// A worker that writes numbered lines, a paragraph each.
struct LineWriter {
  var bench: Bench
  var written = 0

  init(_ count: Int = 0, columns: Int = 80, rows: Int = 24) {
    bench = Bench(FleetFixture.single(), columns: columns, rows: rows)
    tell([.start(messageID: "m", metadata: nil), .textStart(id: "t")])
    bench.press("2 f")
    if count > 0 { write(count) }
  }

  mutating func tell(_ events: [WorkerEvent]) {
    bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
  }

  mutating func write(_ count: Int) {
    say((1...count).map { "line \(written + $0)\n\n" }.joined())
    written += count
  }

  mutating func say(_ text: String) {
    tell([.textDelta(id: "t", delta: DeltaText(text))])
  }

  var title: String { bench.rows[1] }
  var last: String { bench.rows[bench.rows.count - 1] }
  var texts: ArraySlice<String> { bench.rows[2..<22].filter { !$0.isEmpty }[...] }
  /// What is drawn as a match, and the one that the reader stands on in brackets.
  var matches: [String] {
    let frame = bench.frame
    let style = bench.screen.theme[.match]
    return (2..<22).flatMap { y -> [String] in
      var found: [String] = []
      var isOpen = false
      for cell in frame.row(y) {
        let isMatch = cell.style.background == style.background
        let isCurrent = cell.style.attributes.contains(.bold)
        if isMatch, !isOpen { found.append("") }
        if isMatch { found[found.count - 1] += isCurrent ? "<\(cell.glyph)>" : cell.glyph }
        isOpen = isMatch
      }
      return found.map { $0.replacing("><", with: "") }
    }
  }
  /// The columns that matches take, each after its row.
  var marked: [String] {
    let frame = bench.frame
    let style = bench.screen.theme[.match]
    return (2..<22).flatMap { y -> [String] in
      var found: [Range<Int>] = []
      for (x, cell) in frame.row(y).enumerated()
      where cell.style.background == style.background {
        if let last = found.last, last.upperBound == x {
          found[found.count - 1] = last.lowerBound..<x + 1
        } else {
          found.append(x..<x + 1)
        }
      }
      return found.map { "\(y):\($0.lowerBound)-\($0.upperBound - 1)" }
    }
  }
}
