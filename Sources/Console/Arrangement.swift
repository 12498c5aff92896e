public import Canvas

/// Where each pane stands at a size: product.md, layouts. A pane's first row is its title rule.
public struct Arrangement: Hashable, Sendable {
  public enum Form: Hashable, Sendable { case summary, single, stacked, twoColumns, threeColumns }

  public var form: Form
  public var header = Rect(x: 0, y: 0, width: 0, height: 0)
  public var hint = Rect(x: 0, y: 0, width: 0, height: 0)
  public var message = Rect(x: 0, y: 0, width: 0, height: 0)
  /// What is left for the panes, and for the boxes in front of them.
  public var content = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The panes on the screen.
  public var panes: [Pane: Rect] = [:]
  /// The latest requests, where there is room for them beside the panes; no pane, for `@` opens them.
  public var log: Rect?
  /// Columns of strokes between panes.
  public var strokes: [Rect] = []
  /// The lines that the mouse can take.
  var handles: [Split.Edge: Handle] = [:]

  /// A line between panes: one column, or the row of a title.
  struct Handle: Hashable, Sendable {
    var rect: Rect
    /// The column or row on which it stands by itself.
    var base: Int
  }

  /// Rows of the content from which three columns have a log, and rows that it takes.
  private static let logFrom = 50
  private static let logRows = 8

  /// `workers` is how many rows the list would like to have; `hasLog` tells that there are requests.
  public init(
    size: Size, focus: Pane, detail: Pane, zoom: Zoom, workers: Int, split: Split = Split(),
    hasLog: Bool = false
  ) {
    let whole = Rect(size)
    if size.columns < 30 || size.rows < 8 {
      form = .summary
      let (top, below) = whole.top(1)
      let (rest, last) = below.bottom(size.rows > 3 ? 1 : 0)
      (header, content, message) = (top, whole, last)
      panes = [focus: rest]
      return
    }
    form =
      if size.columns < 60 || size.rows < 16 {
        .single
      } else if size.columns < 100 || size.rows < 28 {
        .stacked
      } else if size.columns < 160 {
        .twoColumns
      } else {
        .threeColumns
      }
    let (top, below) = whole.top(1)
    let (rest, last) = below.bottom(1)
    (content, hint) = rest.bottom(1)
    header = top
    message = last
    if form == .single || zoom == .full {
      panes = [focus: content]
      return
    }
    switch form {
    case .stacked: stack(content, focus, detail, zoom, workers, split)
    case .twoColumns: twoColumns(content, focus, zoom, split)
    case .threeColumns: threeColumns(content, focus, zoom, split, hasLog)
    case .summary, .single: break
    }
  }

  private mutating func stack(
    _ content: Rect, _ focus: Pane, _ detail: Pane, _ zoom: Zoom, _ workers: Int,
    _ split: Split
  ) {
    let most = max(5, min(max(11, content.height / 3), content.height / 2))
    let natural = min(max(workers + 1, 5), most)
    let listHeight =
      if zoom == .half {
        focus == .workers ? max(most, min(workers + 1, content.height - 6)) : 4
      } else {
        min(max(5, natural + split[.rows]), max(5, content.height - 6))
      }
    let (list, rest) = content.top(listHeight)
    panes = [.workers: list, detail: rest]
    handles[.rows] = Handle(rect: rest.top(1).top, base: content.y + natural)
  }

  private mutating func twoColumns(
    _ content: Rect, _ focus: Pane, _ zoom: Zoom, _ split: Split
  ) {
    let isLeft = focus == .workers || focus == .schedules
    let leftWidth =
      zoom == .half
      ? (isLeft ? content.width / 2 : 24) : min(max(24, 38 + split[.columns]), content.width / 2)
    let (left, rest) = content.left(leftWidth)
    let (stroke, right) = rest.left(1)
    strokes = [stroke]
    handles[.columns] = Handle(rect: stroke, base: content.x + 38)
    let agendaHeight = max(5, content.height / 4)
    let (list, agenda) = left.bottom(
      Self.fit(agendaHeight - split[.agenda], 3, left.height - 5))
    panes[.workers] = list
    panes[.schedules] = agenda
    handles[.agenda] = Handle(rect: agenda.top(1).top, base: left.maxY - agendaHeight)
    let wanted = min(max(13, content.height * 2 / 5), 16)
    let isAlone = zoom == .half && focus == .output
    let below = isAlone ? 0 : Self.fit(wanted - split[.lists], 6, right.height - 5)
    let (output, facts) = right.bottom(below)
    panes[.output] = output
    guard below > 0 else { return }
    let infoHeight = wanted > 14 ? 8 : 7
    let (lists, info) = facts.bottom(Self.fit(infoHeight - split[.cost], 3, facts.height - 3))
    let sourcesWidth = lists.width * 3 / 5
    let (sources, files) = lists.left(
      Self.fit(sourcesWidth + split[.gap], 12, lists.width - 13))
    panes[.sources] = sources
    let (gap, filesRest) = files.left(1)
    strokes.append(gap)
    panes[.files] = filesRest
    panes[.info] = info
    handles[.gap] = Handle(rect: gap, base: lists.x + sourcesWidth)
    handles[.lists] = Handle(rect: lists.top(1).top, base: right.maxY - wanted)
    handles[.cost] = Handle(rect: info.top(1).top, base: right.maxY - infoHeight)
  }

  /// A number of cells within bounds, of which the lower one wins.
  private static func fit(_ cells: Int, _ least: Int, _ most: Int) -> Int {
    max(least, min(cells, most))
  }

  private mutating func threeColumns(
    _ content: Rect, _ focus: Pane, _ zoom: Zoom, _ split: Split, _ hasLog: Bool
  ) {
    let isSide = zoom == .half && focus != .output && focus != .workers
    // From 36 + 82 + 40 columns at 160 to 44 + 100 + 54 at 200.
    let grown = min(40, max(0, content.width - 160))
    let (leftWidth, rightWidth) = (36 + grown * 8 / 40, 40 + grown * 14 / 40)
    let (left, rest) = content.left(
      zoom == .half && focus == .workers
        ? content.width / 2 : min(max(24, leftWidth + split[.columns]), content.width / 2 - 14))
    let (leftStroke, beside) = rest.left(1)
    let wanted =
      isSide
      ? content.width / 2
      : zoom == .half
        ? max(30, rightWidth - 14) : Self.fit(rightWidth - split[.right], 30, beside.width - 31)
    let (middle, rightAll) = beside.right(wanted + 1)
    let (rightStroke, right) = rightAll.left(1)
    strokes = [leftStroke, rightStroke]
    handles[.columns] = Handle(rect: leftStroke, base: content.x + leftWidth)
    handles[.right] = Handle(rect: rightStroke, base: content.maxX - rightWidth - 1)
    panes[.workers] = left
    panes[.output] = middle
    // A tall screen has room for all that is said of a worker; it does not move with who is selected.
    let facts = min(max(14, content.height * 2 / 5), 22)
    let (lists, bottom) = right.bottom(
      hasLog && content.height >= Self.logFrom ? Self.logRows : 0)
    if bottom.height > 0 { log = bottom }
    stackRight(lists, facts, split)
  }

  /// The panes of the right column; a line that is moved pushes those below it.
  private mutating func stackRight(_ rect: Rect, _ facts: Int, _ split: Split) {
    let natural = Layout.rows(
      rect, [.atLeast(6, share: 3), .atLeast(5, share: 2), .atLeast(7, share: 3), .fixed(facts)])
    let order = [Pane.sources, .files, .schedules, .info]
    var rest = rect
    for (index, edge) in [Split.Edge.files, .schedules, .info].enumerated() {
      let base = natural[index + 1].y
      // Each pane below keeps three rows.
      let height = Self.fit(base + split[edge] - rest.y, 3, rest.height - 3 * (3 - index))
      let (pane, below) = rest.top(height)
      panes[order[index]] = pane
      rest = below
      handles[edge] = Handle(rect: rest.top(1).top, base: base)
    }
    panes[.info] = rest
  }
}
