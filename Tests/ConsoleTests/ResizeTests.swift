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
          for zoom in [Zoom.normal, .half, .full] { check(columns, rows, pane, zoom) }
        }
      }
    }
  }

  @Test("nor do they when lines were moved, however far")
  func movedLines() {
    var dice = Seeded(11)
    for columns in stride(from: 60, through: 220, by: 20) {
      for rows in stride(from: 16, through: 70, by: 6) {
        for reach in [3, 12, 500] {
          var split = Split()
          for edge in Split.Edge.allCases {
            split[edge] = Int.random(in: -reach...reach, using: &dice)
          }
          for pane in Pane.allCases {
            for zoom in [Zoom.normal, .half] { check(columns, rows, pane, zoom, split) }
          }
        }
      }
    }
  }

  private func check(
    _ columns: Int, _ rows: Int, _ pane: Pane, _ zoom: Zoom, _ split: Split = Split()
  ) {
    let arrangement = Arrangement(
      size: Size(columns: columns, rows: rows), focus: pane,
      detail: pane == .workers ? .output : pane, zoom: zoom, workers: 12, split: split,
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
    let place = "\(columns)x\(rows) \(pane.name) \(zoom) \(split.text)"
    #expect(content.allSatisfy { $0 == 1 }, "\(place)")
    #expect(chrome.allSatisfy { $0 == 0 }, "\(place)")
    #expect(arrangement.panes[pane].map { $0.height > 1 } == true, "\(place)")
  }

  private func widths(_ columns: Int, _ focus: Pane = .output, _ zoom: Zoom = .normal) -> [Int?] {
    let panes = Arrangement(
      size: Size(columns: columns, rows: 50), focus: focus, detail: .output, zoom: zoom, workers: 12
    ).panes
    return [.workers, .output, .sources].map { panes[$0]?.width }
  }

  @Test("three columns leave the output wide enough, and grow to 44 + 100 + 54")
  func threeColumns() {
    #expect(widths(160) == [36, 82, 40])
    #expect(widths(180) == [40, 91, 47])
    #expect(widths(200) == [44, 100, 54])
    #expect(widths(240) == [44, 140, 54])
    #expect(widths(160, .output, .half) == [36, 92, 30])
  }

  @Test("stacked, the list grows with the window, up to a third of it")
  func tallList() {
    func height(_ rows: Int, _ workers: Int) -> Int? {
      Arrangement(
        size: Size(columns: 99, rows: rows), focus: .workers, detail: .output, zoom: .normal,
        workers: workers
      ).panes[.workers]?.height
    }
    #expect([height(24, 30), height(60, 12), height(60, 90)] == [10, 13, 19])
  }

  @Test("in a narrow column a pane keeps its name, and what stands beside it goes")
  func narrowTitle() {
    var bench = Bench(columns: 100, rows: 28)
    bench.press("3 +")
    #expect(bench.text.contains("4 Files 3 ─"))
  }

  /// Sizes with the rows of a fleet whose link is live, and of one whose link is down.
  static let tiny: [(Int, Int, [String], [String])] = [
    (
      29, 7,
      [
        "3 run 2 new 1 fail  ~15.3 cr", "stream reopened after 6 s,", "replayed 41 messages, 0",
        "duplicates",
      ],
      ["~3 *2 !1  ~15.3 cr  DOWN 8s", "connection refused; it is", "tried again by itself"]
    ),
    (
      20, 3, [">3 *2 !1  ~15.3 cr", "stream reopened", "after 6 s, replayed"],
      ["~3 *2 !1  ~15.3 cr", "connection refused;", "it is tried again by"]
    ), (10, 1, [">3 *2 !1"], ["~3 *2 !1"]),
    (7, 2, [">3 *2 …", "stream"], ["~3 *2 …", "connect"]),
  ]

  @Test("under 30x8 one line says what matters most, and the message is below it", arguments: tiny)
  func summary(_ columns: Int, _ rows: Int, _ live: [String], _ down: [String]) {
    func text(_ lines: [String]) -> String {
      (lines + Array(repeating: "", count: rows - lines.count)).joined(separator: "\n")
    }
    var bench = Bench(columns: columns, rows: rows)
    #expect(bench.text == text(live))
    // A row that is not drawn cannot be clicked.
    bench.send(.mouse(Mouse(.press, at: Point(x: 3, y: 2))))
    bench.send(.mouse(Mouse(.wheel(1), at: Point(x: 3, y: 2))))
    #expect(bench.screen.selected == FleetFixture.watched && bench.outcomes == [])
    var broken = Bench(columns: columns, rows: rows)
    broken.tell(
      .stream(worker: FleetFixture.watched, .lost(reason: "connection refused", retryAfter: 12.5)))
    broken.now += 8
    #expect(broken.text == text(down))
  }

  @Test("what changes something that is not in sight there does nothing but say so")
  func unseen() {
    var bench = Bench(columns: 29, rows: 7)
    let before = bench.fleet
    for key in ["A", "p", "space", "*", "\\", "z", "4 d"] {
      bench.press(key)
      #expect(
        bench.rows.dropFirst().prefix(2) == [
          "too small to see what this", "changes: make the window",
        ])
    }
    #expect(bench.fleet.workers == before.workers && bench.fleet.notice == before.notice)
    bench.press("1 G D")
    #expect(bench.text.contains("Forget") && bench.screen.selected != FleetFixture.watched)
    bench.press("n q q")
    #expect(bench.outcomes.last == .quit)
  }

  @Test("an empty fleet has a line of its own there, and a box is drawn in front of it")
  func summaryOfNothing() {
    var bench = Bench(FleetFixture.empty, columns: 29, rows: 7)
    #expect(bench.text == "no workers  IDLE" + String(repeating: "\n", count: 6))
    bench.press("n")
    #expect(bench.text.contains("New worker"))
    bench.press("esc")
    #expect(bench.text == "no workers  IDLE" + String(repeating: "\n", count: 6))
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
