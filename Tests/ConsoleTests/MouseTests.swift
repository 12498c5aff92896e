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
  }
}
