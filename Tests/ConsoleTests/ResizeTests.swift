import Canvas
import Fleet
import Support
import Testing

@testable import Console

@Suite("Every size")
struct ResizeTests {
  static let keys = [
    "", "2 g", "3", "5", "6", "n", "5 n", "y", "5 n tab tab tab right right enter", "5 D", "?", "T",
    "c",
  ]

  @Test("is drawn without a crash, and the cursor is inside", arguments: keys)
  func sizes(_ keys: String) {
    var bench = Bench()
    bench.press(keys)
    for columns in Array(1...12) + Array(stride(from: 13, through: 220, by: 9)) {
      for rows in Array(1...10) + Array(stride(from: 11, through: 70, by: 7)) {
        bench.resize(columns, rows)
        let frame = bench.frame
        #expect(frame.size == Size(columns: columns, rows: rows))
        if let cursor = frame.cursor {
          #expect(frame.bounds.contains(x: cursor.x, y: cursor.y), "\(columns)x\(rows)")
        }
      }
    }
  }

  @Test("an empty size is an empty picture")
  func nothing() {
    var bench = Bench()
    bench.resize(0, 0)
    #expect(bench.text == "")
  }

  @Test("the panes of a layout never overlap and fill the rows between header and hint")
  func panesFill() {
    for columns in stride(from: 30, through: 220, by: 5) {
      for rows in stride(from: 8, through: 70, by: 3) {
        for pane in Pane.allCases {
          for zoom in [Zoom.normal, .half, .full] {
            let arrangement = Arrangement(
              size: Size(columns: columns, rows: rows), focus: pane,
              detail: pane == .workers ? .output : pane, zoom: zoom, workers: 12,
              hasLog: columns % 2 == 0)
            var cells = Array(repeating: 0, count: columns * rows)
            let parts =
              Array(arrangement.panes.values) + arrangement.strokes
              + [arrangement.log].compactMap(\.self)
            for part in parts where !part.isEmpty {
              for y in part.y..<part.maxY {
                for x in part.x..<part.maxX { cells[y * columns + x] += 1 }
              }
            }
            let content = cells[columns..<((rows - 2) * columns)]
            let chrome = cells[..<columns] + cells[((rows - 2) * columns)...]
            let place = "\(columns)x\(rows) \(pane.name) \(zoom)"
            #expect(content.allSatisfy { $0 == 1 }, "\(place)")
            #expect(chrome.allSatisfy { $0 == 0 }, "\(place)")
            #expect(arrangement.panes[pane].map { $0.height > 1 } == true, "\(place)")
          }
        }
      }
    }
  }

  @Test("what cannot be read at a tiny size cannot be answered")
  func unreadable() {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Go")
    bench.resize(10, 3)
    bench.press("enter")
    #expect(bench.screen.context == .composer)
    bench.resize(80, 24)
    bench.press("enter")
    #expect(bench.screen.context == .pane(.workers))
  }
}
