import Canvas
import Fleet

extension Screen {
  /// Rows of the output that one turn of the wheel moves.
  static let wheelRows = 3

  mutating func handle(_ mouse: Mouse, _ fleet: State, now: Double) -> [Outcome] {
    guard overlays.isEmpty else { return handleInBox(mouse, fleet, now: now) }
    let arrangement = arrangement(fleet)
    // No pane is drawn there.
    guard arrangement.form != .summary else { return [] }
    switch mouse.kind {
    case .press: return press(mouse.at, arrangement, fleet, now: now)
    case .drag:
      drag(to: mouse.at, fleet)
      return []
    case .release:
      defer { grip = nil }
      guard let grip, grip.before != split else { return [] }
      return [.fleet(.prefer(name: "split", value: split.text))]
    case .wheel(let turns): return turn(turns, at: mouse.at, arrangement, fleet, now: now)
    }
  }

  private mutating func press(
    _ point: Point, _ arrangement: Arrangement, _ fleet: State, now: Double
  ) -> [Outcome] {
    remark = nil
    grip = nil
    if zoom == .normal, let edge = arrangement.edge(at: point) {
      grip = Grip(edge: edge, before: split)
    }
    guard let (pane, rect) = arrangement.pane(at: point) else { return [] }
    let row = point.y - rect.y - 1
    guard row >= 0 else {
      let view = View(fleet: fleet, screen: self, now: now)
      let tab = pane == detail ? TabRule.pane(at: point.x, view, rect) : nil
      return focus(tab ?? pane, fleet)
    }
    // What was under the pointer before the focus may have changed the rows.
    let worker = pane == .workers ? worker(at: row, height: rect.height - 1, fleet) : nil
    let outcomes = focus(pane, fleet)
    if let worker { return outcomes + select(worker, fleet) }
    putCursor(on: row, of: pane, height: rect.height - 1, fleet)
    return outcomes
  }

  /// The worker of a row, which may be the one that says what it does; groups are no workers.
  private func worker(at row: Int, height: Int, _ fleet: State) -> String? {
    let list = list(fleet)
    let visible = workerScroll.visible(of: list.rows.count, height: height)
    guard row < visible.count else { return nil }
    return switch list.rows[visible.lowerBound + row] {
    case .worker(let id), .activity(let id): id
    case .group: nil
    }
  }

  /// Empty rows take no cursor.
  private mutating func putCursor(on row: Int, of pane: Pane, height: Int, _ fleet: State) {
    guard [.sources, .files, .schedules].contains(pane) else { return }
    let scroll = scrolls[pane] ?? Scroll()
    let visible = scroll.visible(of: itemCount(pane, fleet), height: height)
    guard row < visible.count else { return }
    cursors[pane] = visible.lowerBound + row
    marks[pane] = nil
    settleCursors(fleet)
  }

  /// Where the line cannot follow the pointer, no more is kept than it moved.
  private mutating func drag(to point: Point, _ fleet: State) {
    guard let edge = grip?.edge, let base = arrangement(fleet).handles[edge]?.base else { return }
    let isUpright = edge.isUpright
    split[edge] = (isUpright ? point.x : point.y) - base
    guard let rect = arrangement(fleet).handles[edge]?.rect else { return }
    split[edge] = (isUpright ? rect.x : rect.y) - base
  }

  /// Scrolls the pane under the pointer; the focus stays where it is.
  private mutating func turn(
    _ turns: Int, at point: Point, _ arrangement: Arrangement, _ fleet: State, now: Double
  ) -> [Outcome] {
    switch arrangement.pane(at: point)?.pane {
    case nil: return []
    case .output?:
      output.scroll(by: turns * Self.wheelRows)
      return []
    case .info?:
      scrollInfo(by: turns, fleet, now: now)
      return []
    case let pane?:
      let before = focus
      focus = pane
      let outcomes = (0..<min(abs(turns), 100)).flatMap { _ in
        move(turns > 0 ? .moveDown : .moveUp, fleet, now: now)
      }
      focus = before
      return outcomes + lookedAt(fleet)
    }
  }
}

extension Screen {
  /// The wheel is the keys up and down of a box that has them; a click chooses a row of a menu.
  private mutating func handleInBox(_ mouse: Mouse, _ fleet: State, now: Double) -> [Outcome] {
    switch mouse.kind {
    case .press: return pressInBox(mouse.at, fleet, now: now)
    case .wheel(let turns):
      return (0..<min(abs(turns), 100)).flatMap { _ in
        use(turns > 0 ? .moveDown : .moveUp, fleet, now: now)
      }
    case .drag: return []
    case .release:
      grip = nil
      return []
    }
  }

  /// A click on the row that is chosen already accepts it; the copy menu's rows are keys.
  private mutating func pressInBox(_ point: Point, _ fleet: State, now: Double) -> [Outcome] {
    let view = View(fleet: fleet, screen: self, now: now)
    switch overlays.last {
    case .palette(var palette):
      let place = PaletteOverlay.row(at: point, view, palette)
      guard let row = place?.row else { return [] }
      if place?.isChosen == true { return use(.accept, fleet, now: now) }
      remark = nil
      palette.index = row
      overlays[overlays.count - 1] = .palette(palette)
    case .themes(let names, let index, let before):
      guard let row = ThemesOverlay.row(at: point, view, names, index) else { return [] }
      if row == index { return use(.accept, fleet, now: now) }
      remark = nil
      overlays[overlays.count - 1] = .themes(names: names, index: row, before: before)
      theme = shelf.theme(named: names[row]) ?? theme
    case .copying:
      guard let key = CopyOverlay.key(at: point, view) else { return [] }
      return handle(.key(key), fleet, now: now)
    default: break
    }
    return []
  }

  /// A command by the first of its keys in what is open.
  private mutating func use(_ command: Command, _ fleet: State, now: Double) -> [Outcome] {
    let keys = keymap.bindings.first { $0.context == context && $0.command == command }?.keys
    guard let key = keys?.first else { return [] }
    return handle(.key(key), fleet, now: now)
  }
}

extension Arrangement {
  fileprivate func pane(at point: Point) -> (pane: Pane, rect: Rect)? {
    panes.first { $0.value.contains(x: point.x, y: point.y) }.map { ($0.key, $0.value) }
  }

  /// The line at a place; where two cross, the upright one.
  fileprivate func edge(at point: Point) -> Split.Edge? {
    let found = Split.Edge.allCases.filter {
      handles[$0]?.rect.contains(x: point.x, y: point.y) == true
    }
    return found.first { $0.isUpright } ?? found.first
  }
}
