import Canvas
import Fleet

/// How far the operator moved the lines between the panes.
public struct Split: Hashable, Sendable {
  /// Columns that the list has more, and rows that it has more where the panes are stacked.
  public var columns = 0
  public var rows = 0

  public init(columns: Int = 0, rows: Int = 0) {
    self.columns = min(max(columns, -200), 200)
    self.rows = min(max(rows, -100), 100)
  }

  /// As a preference: `12,-3`.
  init?(_ text: String) {
    let numbers = text.split(separator: ",").compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    self.init(columns: numbers[0], rows: numbers[1])
  }

  var text: String { "\(columns),\(rows)" }
}

/// A line between panes that the mouse has hold of, with where it was taken.
enum Grip: Hashable, Sendable {
  case column(from: Int, Split)
  case row(from: Int, Split)
}

extension Screen {
  /// Rows of the output that one turn of the wheel moves.
  static let wheelRows = 3

  mutating func handle(_ mouse: Mouse, _ fleet: State, now: Double) -> [Outcome] {
    guard overlays.isEmpty else { return turnOverlay(mouse, fleet, now: now) }
    switch mouse.kind {
    case .press: return press(mouse.at, fleet)
    case .drag:
      drag(to: mouse.at)
      return []
    case .release:
      defer { grip = nil }
      return grip == nil ? [] : [.fleet(.prefer(name: "split", value: split.text))]
    case .wheel(let turns): return turn(turns, at: mouse.at, fleet)
    }
  }

  /// The wheel is the keys up and down of a box that has them; a click does nothing in a box.
  private mutating func turnOverlay(_ mouse: Mouse, _ fleet: State, now: Double) -> [Outcome] {
    guard case .wheel(let turns) = mouse.kind else { return [] }
    let wanted: Command = turns > 0 ? .moveDown : .moveUp
    let keys = keymap.bindings.first { $0.context == context && $0.command == wanted }?.keys
    guard let key = keys?.first else { return [] }
    return (0..<min(abs(turns), 100)).flatMap { _ in handle(.key(key), fleet, now: now) }
  }

  private mutating func press(_ point: Point, _ fleet: State) -> [Outcome] {
    remark = nil
    let arrangement = arrangement(fleet)
    if zoom == .normal {
      if arrangement.form != .single, arrangement.strokes.first?.x == point.x {
        grip = .column(from: point.x, split)
        return []
      }
      if arrangement.form == .stacked, arrangement.panes[detail]?.y == point.y {
        grip = .row(from: point.y, split)
      }
    }
    let hit = arrangement.panes.first { $0.value.contains(x: point.x, y: point.y) }
    guard let (pane, rect) = hit.map({ ($0.key, $0.value) }) else { return [] }
    let outcomes = focus(pane, fleet)
    let row = point.y - rect.y - 1
    guard row >= 0 else { return outcomes }
    return outcomes + choose(row, in: pane, height: rect.height - 1, fleet)
  }

  /// Puts the cursor on a row of a list; empty rows and groups take no cursor.
  private mutating func choose(
    _ row: Int, in pane: Pane, height: Int, _ fleet: State
  ) -> [Outcome] {
    switch pane {
    case .workers:
      let list = list(fleet)
      let visible = workerScroll.visible(of: list.rows.count, height: height)
      guard visible.dropFirst(row).first != nil,
        case .worker(let id) = list.rows[visible.lowerBound + row]
      else { return [] }
      return select(id)
    case .sources, .files, .schedules:
      let scroll = scrolls[pane] ?? Scroll()
      let visible = scroll.visible(of: itemCount(pane, fleet), height: height)
      guard row < visible.count else { return [] }
      cursors[pane] = visible.lowerBound + row
      marks[pane] = nil
      settleCursors(fleet)
      return []
    case .output, .info: return []
    }
  }

  private mutating func drag(to point: Point) {
    switch grip {
    case .column(let start, let before):
      split = Split(columns: before.columns + point.x - start, rows: before.rows)
    case .row(let start, let before):
      split = Split(columns: before.columns, rows: before.rows + point.y - start)
    case nil: break
    }
  }

  /// Scrolls the pane under the pointer; the focus stays where it is.
  private mutating func turn(_ turns: Int, at point: Point, _ fleet: State) -> [Outcome] {
    let hit = arrangement(fleet).panes.first { $0.value.contains(x: point.x, y: point.y) }
    guard let pane = hit?.key else { return [] }
    if pane == .output {
      output.scroll(by: turns * Self.wheelRows)
      return []
    }
    let before = focus
    focus = pane
    defer { focus = before }
    return (0..<min(abs(turns), 100)).flatMap { _ in
      move(turns > 0 ? .moveDown : .moveUp, fleet)
    }
  }
}
