import Canvas
import Fleet
import Support
import Testing

@testable import Console

@Suite("The mouse")
struct MouseTests {
  private func send(_ bench: inout Bench, _ kind: Mouse.Kind, _ x: Int, _ y: Int) {
    bench.send(.mouse(Mouse(kind, at: Point(x: x, y: y))))
  }

  @Test("a click focuses the pane and puts its cursor on the row")
  func clicks() {
    var bench = Bench(columns: 120, rows: 40)
    let row = bench.rows.firstIndex { $0.contains("contract-review") } ?? 0
    send(&bench, .press, 5, row)
    #expect(bench.screen.focus == .workers)
    #expect(bench.screen.selected.flatMap { bench.fleet.workers[$0]?.title } == "contract-review")
    let rect = bench.screen.arrangement(bench.fleet).panes[.schedules]
    send(&bench, .press, (rect?.x ?? 0) + 2, (rect?.y ?? 0) + 2)
    #expect(bench.screen.focus == .schedules && bench.screen.cursors[.schedules] == 1)
    // A group, the frame and what lies outside take no cursor.
    let selected = bench.screen.selected
    for (x, y) in [(3, bench.rows.firstIndex { $0.hasPrefix("RUNNING") } ?? 0), (-1, 3), (300, 90)]
    {
      send(&bench, .press, x, y)
      #expect(bench.screen.selected == selected)
    }
  }

  @Test("a click on what a worker is doing selects it")
  func activity() {
    var bench = Bench(columns: 120, rows: 40)
    send(&bench, .press, 8, bench.rows.firstIndex { $0.hasPrefix("     thinking") } ?? 0)
    #expect(bench.screen.selected == "wrk_review" && bench.screen.focus == .workers)
  }

  /// The first place of some words.
  private func place(of words: String, _ bench: Bench) -> Point {
    for (y, row) in bench.rows.enumerated() {
      guard let range = row.firstRange(of: words) else { continue }
      return Point(x: Width.of(String(row[..<range.lowerBound])), y: y)
    }
    return Point(x: -1, y: -1)
  }

  @Test(
    "a click on a tab shows its pane",
    arguments: [("3 Sources", Pane.sources), ("4 Files", .files), ("6 Info", .info)])
  func tabs(_ words: String, _ pane: Pane) {
    var bench = Bench(columns: 80, rows: 24)
    for start in ["2", "4", "6", "1"] {
      bench.press(start)
      let at = place(of: words, bench)
      send(&bench, .press, at.x + 3, at.y)
      send(&bench, .release, at.x + 3, at.y)
      #expect(bench.screen.focus == pane && bench.screen.detail == pane)
    }
    let rule = place(of: words, bench).y
    send(&bench, .press, 1, rule)
    #expect(bench.screen.focus == pane)
    #expect(!bench.actions.contains(.prefer(name: "split", value: "0,0")))
  }

  @Test("a click chooses an action of the palette, and another one does it")
  func palette() {
    var bench = Bench(columns: 80, rows: 24)
    bench.press("ctrl-p")
    let at = place(of: "  new worker", bench)
    send(&bench, .press, at.x + 4, at.y)
    #expect(bench.rows[at.y].hasPrefix("│ > new worker"))
    #expect(bench.screen.context == .palette)
    send(&bench, .press, at.x + 4, at.y)
    #expect(bench.screen.context == .composer)
    bench.press("esc ctrl-p pgdn pgdn")
    let before = bench.rows[6]
    send(&bench, .press, 20, 6)
    #expect(bench.rows[6].hasPrefix("│ > ") && bench.rows[6].dropFirst(4) == before.dropFirst(4))
    // The frame and the field are no rows.
    let overlays = bench.screen.overlays
    for y in [1, 2, 20, 22] { send(&bench, .press, 20, y) }
    #expect(bench.screen.overlays == overlays)
  }

  @Test("a click tries a theme, and another one keeps it")
  func themes() {
    var bench = Bench(columns: 80, rows: 24)
    bench.press("T")
    let at = place(of: "nord ", bench)
    send(&bench, .press, at.x, at.y)
    #expect(bench.screen.theme.name == "nord" && bench.screen.context == .themes)
    send(&bench, .press, at.x, at.y)
    #expect(bench.screen.overlays == [])
    #expect(bench.actions == [.prefer(name: "theme", value: "nord")])
  }

  @Test("a click in the copy menu is its key")
  func copying() {
    var bench = Bench(columns: 80, rows: 24)
    bench.press("y")
    let at = place(of: "i  id", bench)
    send(&bench, .press, at.x + 20, at.y)
    #expect(bench.screen.overlays == [])
    #expect(bench.outcomes == [.copy(Clip(what: "the id", text: FleetFixture.watched))])
  }

  @Test("the wheel scrolls what is under it, and the focus stays")
  func wheel() {
    var bench = Bench(columns: 80, rows: 24)
    let top = bench.screen.output.top
    send(&bench, .wheel(-2), 10, 18)
    #expect(bench.screen.output.top == top - 6)
    #expect(!bench.screen.output.isFollowing && bench.screen.focus == .workers)
    bench.press("2")
    let selected = bench.screen.selected
    send(&bench, .wheel(1), 10, 5)
    #expect(bench.screen.selected != selected && bench.screen.focus == .output)
    bench.press("?")
    send(&bench, .wheel(3), 10, 18)
    guard case .help(let box) = bench.screen.overlays.last else {
      return #expect(Bool(false))
    }
    #expect(box.scroll.offset == 3)
    send(&bench, .press, 1, 1)
    #expect(bench.screen.overlays.count == 1 && bench.screen.focus == .output)
  }

  @Test("the line between the columns is dragged, within bounds, and kept")
  func columns() {
    var bench = Bench(columns: 120, rows: 40)
    send(&bench, .press, 38, 10)
    send(&bench, .drag, 45, 11)
    #expect(bench.screen.arrangement(bench.fleet).strokes.first?.x == 45)
    send(&bench, .drag, 500, 11)
    #expect(bench.screen.arrangement(bench.fleet).strokes.first?.x == 60)
    send(&bench, .drag, 0, 11)
    #expect(bench.screen.arrangement(bench.fleet).strokes.first?.x == 24)
    send(&bench, .drag, 42, 11)
    send(&bench, .release, 42, 11)
    #expect(bench.actions.contains(.prefer(name: "split", value: "4,0")))
    send(&bench, .drag, 20, 11)
    #expect(bench.screen.arrangement(bench.fleet).strokes.first?.x == 42)
    var other = Bench(bench.fleet, columns: 120, rows: 40)
    #expect(other.screen.arrangement(other.fleet).strokes.first?.x == 42)
    other.tell(.prefer(name: "split", value: "nonsense"))
    #expect(other.screen.split == Split(columns: 4))
  }

  @Test("the line under the list is dragged where the panes are stacked")
  func rows() {
    var bench = Bench(columns: 80, rows: 24)
    let y = bench.screen.arrangement(bench.fleet).panes[.output]?.y ?? 0
    send(&bench, .press, 60, y)
    send(&bench, .drag, 60, y - 3)
    #expect(bench.screen.arrangement(bench.fleet).panes[.output]?.y == y - 3)
    send(&bench, .drag, 60, 0)
    #expect(bench.screen.arrangement(bench.fleet).panes[.workers]?.height == 5)
    send(&bench, .drag, 60, 23)
    #expect(bench.screen.arrangement(bench.fleet).panes[.output]?.height == 6)
  }

  /// A line that is dragged: where it stands, where the mouse goes and where it is then.
  struct Haul: Sendable, CustomTestStringConvertible {
    var edge: Split.Edge
    var columns = 120
    var rows = 40
    var from: Int
    /// A row of an upright line, else a column.
    var beside: Int
    var stops: [(to: Int, at: Int)]
    /// The preference after the last stop.
    var kept: String

    var testDescription: String { "\(edge) at \(columns)x\(rows)" }

    func point(_ along: Int) -> Point {
      edge.isUpright ? Point(x: along, y: beside) : Point(x: beside, y: along)
    }
  }

  static let hauls = [
    Haul(
      edge: .right, columns: 200, rows: 60, from: 145, beside: 30,
      stops: [(150, 150), (0, 75), (199, 169), (140, 140)], kept: "0,0,-5"),
    Haul(
      edge: .gap, from: 87, beside: 27, stops: [(70, 70), (0, 51), (119, 107), (90, 90)],
      kept: "0,0,0,3"),
    Haul(
      edge: .agenda, from: 29, beside: 3, stops: [(20, 20), (0, 6), (39, 35)],
      kept: "0,0,0,0,6"),
    Haul(
      edge: .lists, from: 24, beside: 60, stops: [(0, 6), (39, 32), (20, 20)],
      kept: "0,0,0,0,0,-4"),
    Haul(
      edge: .cost, from: 31, beside: 50, stops: [(0, 27), (39, 35), (30, 30)],
      kept: "0,0,0,0,0,0,-1"),
    Haul(
      edge: .files, columns: 200, rows: 60, from: 11, beside: 160,
      stops: [(0, 4), (59, 41), (14, 14)], kept: "0,0,0,0,0,0,0,3"),
    Haul(
      edge: .schedules, columns: 200, rows: 60, from: 17, beside: 160,
      stops: [(0, 14), (59, 44), (20, 20)], kept: "0,0,0,0,0,0,0,0,3"),
    Haul(
      edge: .info, columns: 200, rows: 60, from: 28, beside: 160,
      stops: [(0, 20), (59, 47)], kept: "0,0,0,0,0,0,0,0,0,19"),
  ]

  @Test("every line between panes is dragged within its bounds, and kept", arguments: hauls)
  func drags(_ haul: Haul) {
    var bench = Bench(columns: haul.columns, rows: haul.rows)
    func line() -> Int? {
      let rect = bench.screen.arrangement(bench.fleet).handles[haul.edge]?.rect
      return haul.edge.isUpright ? rect?.x : rect?.y
    }
    func send(_ kind: Mouse.Kind, _ along: Int) {
      bench.send(.mouse(Mouse(kind, at: haul.point(along))))
    }
    #expect(line() == haul.from)
    send(.press, haul.from)
    send(.release, haul.from)
    #expect(!bench.actions.contains { if case .prefer = $0 { true } else { false } })
    send(.press, haul.from)
    for stop in haul.stops {
      send(.drag, stop.to)
      #expect(line() == stop.at)
    }
    let last = haul.stops.last?.at ?? 0
    send(.release, last)
    #expect(bench.actions.last == .prefer(name: "split", value: haul.kept))
    // Nothing past the bound was kept that had to be dragged back first.
    send(.press, last)
    send(.drag, last - 1)
    #expect(line() == last - 1)
  }

  static let kept: [(String, String?)] = [
    ("12,-3", "12,-3"), ("4,0,0,0,0,2", "4,0,0,0,0,2"), ("1,2,0,0", "1,2"),
    ("1,2,3,4,5,6,7,8,9,10,11", "1,2,3,4,5,6,7,8,9,10"), ("9999,-9999", "500,-500"),
    ("1", nil), ("", nil), ("1,x", nil),
  ]

  @Test("the words of earlier and of later versions are understood", arguments: kept)
  func words(_ text: String, _ read: String?) {
    #expect(Split(text)?.text == read)
  }

  @Test(
    "no report does harm at any size", arguments: [(1, 1), (25, 6), (40, 12), (80, 24), (200, 60)])
  func everywhere(_ columns: Int, _ rows: Int) {
    var bench = Bench(columns: columns, rows: rows)
    for keys in ["esc", "2", "n", "esc", "?"] {
      bench.press(keys)
      for kind in [Mouse.Kind.press, .drag, .wheel(5), .wheel(-1_000), .release] {
        for x in stride(from: 0, to: columns + 2, by: 7) {
          for y in stride(from: 0, to: rows + 2, by: 3) { send(&bench, kind, x, y) }
        }
      }
      #expect(bench.frame.size == Size(columns: columns, rows: rows))
    }
    for keys in ["ctrl-p", "T", "y"] {
      var menu = Bench(columns: columns, rows: rows)
      menu.press(keys)
      for x in stride(from: 0, to: columns + 2, by: 13) {
        for y in 0...rows {
          var clicked = menu
          send(&clicked, .press, x, y)
        }
      }
      #expect(menu.frame.size == Size(columns: columns, rows: rows))
    }
  }
}
