import Canvas
public import Fleet

/// All that a picture is made of, and the few strokes that panes share.
public struct View: Sendable {
  public var fleet: State
  public var screen: Screen
  /// Seconds since 1970.
  public var now: Double
  public var arrangement: Arrangement

  public init(fleet: State, screen: Screen, now: Double) {
    self.fleet = fleet
    self.screen = screen
    self.now = now
    arrangement = screen.arrangement(fleet)
  }

  var theme: Theme { screen.theme }
  var unicode: Bool { screen.isUnicode }
  var ellipsis: String { unicode ? "…" : "..." }
  var worker: WorkerState? { screen.selected.flatMap { fleet.workers[$0] } }

  /// Something on the screen changes with every second.
  var isLively: Bool { fleet.isLively(at: now) }

  /// How long ago a moment is; seconds only while they are drawn anew every second.
  func age(since moment: Double) -> String {
    if isLively { return Figures.age(now - moment) }
    // With the minute of the clock, so that nothing else is drawn anew between two minutes.
    let seconds = (now / 60).rounded(.down) * 60 - moment
    return seconds < 60 ? "<1m" : Figures.age(seconds)
  }

  /// From what and how long ago something was learned.
  func origin<Value>(of reading: Reading<Value>) -> String {
    let source =
      switch reading.source {
      case .stream: "stream"
      case .poll: "poll"
      case .memory: "memory"
      }
    return "\(source) \(age(since: reading.at)) ago"
  }

  /// A field at the bottom that narrows a list leaves that list in use.
  func isFocused(_ pane: Pane) -> Bool {
    guard screen.focus == pane else { return false }
    return switch screen.overlays.last {
    case nil, .filter, .letter: true
    default: false
    }
  }

  /// A pane's title rule; `right` is dim.
  func rule(
    _ pane: Pane, _ title: String, right: Line = Line(), in rect: Rect, into frame: inout Frame
  ) {
    let isFocused = isFocused(pane)
    var right = right
    // A name comes before an age; of the output, whose name is long, before nothing.
    let least = pane == .output ? 0 : min(Width.of(title), 14)
    while least > 0, right.width > 0, rect.width - right.width - 11 < least {
      right.spans.removeLast()
    }
    if right.text.allSatisfy({ $0 == " " }) { right = Line() }
    let room = rect.width - right.width - (right.width > 0 ? 11 : 8)
    let title = Width.cut(title, to: max(4, room), ellipsis: ellipsis)
    let left = Line([
      Span("\(pane.rawValue) ", theme[isFocused ? .titleFocused : .hintKey]),
      Span(title, theme[isFocused ? .titleFocused : .title]),
    ])
    Rule.draw(
      into: &frame, rect: rect, left: left, right: right, style: theme[.rule], unicode: unicode)
  }

  /// The background of a list's row under the cursor.
  func highlight(_ rect: Rect, _ pane: Pane, into frame: inout Frame) {
    let style = theme[isFocused(pane) ? .selection : .selectionInactive]
    frame.restyle(rect) { cell in
      var result = cell.over(style)
      if style.background != .terminal { result.background = style.background }
      // Reversed, a coloured word would stand out as a block.
      if style.attributes.contains(.reverse) {
        result.foreground = style.foreground
        result.attributes.remove(.dim)
      }
      return result
    }
  }

  /// The key of a command in a pane, for sentences that tell of it.
  func key(_ command: Command, in pane: Pane) -> String {
    screen.keymap.key(for: command, in: pane)
  }

  /// What an empty pane of a worker says.
  var noWorker: [String] {
    ["No worker is selected."] + (fleet.isReadOnly ? [] : ["\(screen.startHint)."])
  }

  /// Words in the middle of an empty pane that say what to press.
  func empty(_ lines: [String], in rect: Rect, into frame: inout Frame) {
    guard !rect.isEmpty else { return }
    let rows = lines.flatMap { Wrap.lines(Line($0, theme[.dim]), width: max(1, rect.width - 2)) }
    for (row, line) in rows.prefix(rect.height).enumerated() {
      frame.write(line, x: rect.x + 1, y: rect.y + row, in: rect)
    }
  }

  /// A framed box in the middle of the panes with a title; answers the area inside.
  func box(_ title: String, width: Int, height: Int, into frame: inout Frame) -> Rect {
    let outer = boxFrame(width: width, height: height)
    frame.fill(outer, theme[.overlay])
    drawBox(outer, title, into: &frame)
    return boxInside(width: width, height: height)
  }

  private func boxFrame(width: Int, height: Int) -> Rect {
    arrangement.content.centered(width: width + 4, height: height + 2)
  }

  /// The area inside of such a box, where the mouse looks for what was drawn.
  func boxInside(width: Int, height: Int) -> Rect {
    let outer = boxFrame(width: width, height: height)
    return Rect(x: outer.x + 2, y: outer.y + 1, width: outer.width - 4, height: outer.height - 2)
  }

  func drawBox(_ outer: Rect, _ title: String, into frame: inout Frame) {
    let style = theme[.overlayFrame]
    let strokes = unicode ? ["┌", "┐", "└", "┘", "─", "│"] : ["+", "+", "+", "+", "-", "|"]
    let across = String(repeating: strokes[4], count: max(0, outer.width - 2))
    frame.write(strokes[0] + across + strokes[1], x: outer.x, y: outer.y, style, in: outer)
    frame.write(strokes[2] + across + strokes[3], x: outer.x, y: outer.maxY - 1, style, in: outer)
    for row in (outer.y + 1)..<max(outer.y + 1, outer.maxY - 1) {
      frame.write(strokes[5], x: outer.x, y: row, style, in: outer)
      frame.write(strokes[5], x: outer.maxX - 1, y: row, style, in: outer)
    }
    let text = " \(Width.cut(title, to: outer.width - 6, ellipsis: ellipsis)) "
    frame.write(text, x: outer.x + 2, y: outer.y, theme[.overlayTitle], in: outer)
  }
}

extension Line {
  /// Text on the left and on the right of a row of that width; the left one gives way.
  static func row(_ left: Line, _ right: Line, width: Int, ellipsis: String) -> Line {
    let room = max(0, width - right.width - (right.width > 0 ? 1 : 0))
    var line = left.cut(to: room, ellipsis: ellipsis)
    let gap = max(0, width - line.width - right.width)
    if gap > 0 { line.append(Span(String(repeating: " ", count: gap))) }
    for span in right.cut(to: width).spans { line.append(span) }
    return line
  }
}
