import Canvas

/// The keys of a place and of everywhere, while they are read or looked through.
public struct HelpBox: Hashable, Sendable {
  /// Nil shows the whole table.
  let context: Binding.Context?
  var scroll = Scroll()
  /// Words that the rows must hold.
  var query = LineField(limit: 60)
  var isTyping = false

  init(in context: Binding.Context?) { self.context = context }
}

/// The keys from the live key table, in groups: those of the pane, to move, to view, to find, to act.
enum HelpOverlay {
  /// Lines of the box in a screen of that size.
  static func height(in size: Size) -> Int {
    max(1, size.rows - (size.columns < 30 || size.rows < 8 ? 2 : 5))
  }

  private static func width(in size: Size) -> Int { max(1, min(130, size.columns - 4)) }

  struct Section {
    var title: String
    var rows: [(keys: String, help: String)]
  }

  static func lines(_ screen: Screen, _ box: HelpBox) -> [Line] {
    let theme = screen.theme
    let sections = sections(screen.keymap, box)
    guard !sections.isEmpty else {
      return [Line("No key is described like that.", theme[.dim])]
    }
    let width = width(in: screen.size)
    let cell = width >= 100 ? (width - 2) / 2 : width
    let keys = cell == width ? min(16, max(8, cell / 4)) : 14
    let blocks = sections.map { section in
      [Line(section.title, theme[.group])]
        + section.rows.flatMap { lines(of: $0, keys: keys, cell, theme) } + [Line()]
    }
    return cell == width ? blocks.flatMap(\.self) : columns(blocks, cell)
  }

  /// A key and what it does; what is too long for a line goes on below itself.
  private static func lines(
    of row: (keys: String, help: String), keys: Int, _ cell: Int, _ theme: Theme
  ) -> [Line] {
    let lead = "  " + Width.padded(row.keys, to: max(keys, Width.of(row.keys) + 1))
    let room = max(8, cell - Width.of(lead))
    return Wrap.lines(Line(row.help, theme[.text]), width: room).enumerated().map { number, line in
      let start = number == 0 ? lead : String(repeating: " ", count: Width.of(lead))
      return Line([Span(start, theme[.hintKey])] + line.spans)
    }
  }

  /// Two columns of about the same height; no group is torn apart.
  private static func columns(_ blocks: [[Line]], _ cell: Int) -> [Line] {
    let total = blocks.reduce(0) { $0 + $1.count }
    var left: [Line] = []
    var right: [Line] = []
    for block in blocks {
      if right.isEmpty, left.isEmpty || left.count + block.count / 2 <= total / 2 {
        left += block
      } else {
        right += block
      }
    }
    return (0..<max(left.count, right.count)).map { row in
      var line = row < left.count ? left[row].cut(to: cell) : Line()
      guard row < right.count else { return line }
      line.append(Span(String(repeating: " ", count: cell + 2 - line.width)))
      for span in right[row].spans { line.append(span) }
      return line
    }
  }

  private static func sections(_ keymap: Keymap, _ box: HelpBox) -> [Section] {
    var sections = places(keymap, box).map { place in
      Section(
        title: place.name, rows: keymap.bindings.filter { $0.context == place }.map(row))
    }
    if let context = box.context, !context.isPane {
      let kept = keymap.bindings.filter {
        $0.context == .everywhere && Keymap.throughout.contains($0.command)
      }
      sections.append(Section(title: "Also here", rows: kept.map(row)))
    } else {
      let everywhere = keymap.bindings.filter { $0.context == .everywhere }
      for kind in Command.Kind.allCases {
        sections.append(
          Section(
            title: kind.rawValue, rows: everywhere.filter { $0.command.kind == kind }.map(row)))
      }
      sections.append(Section(title: "Signs before a worker", rows: signs))
    }
    if box.context.map(Keymap.takesText) ?? true {
      sections.append(Section(title: "In a text", rows: motions))
    }
    let words = box.query.text.lowercased().split(separator: " ")
    return sections.compactMap { section in
      let rows = section.rows.filter { row in
        let text = "\(row.keys) \(row.help)".lowercased()
        return words.allSatisfy { text.contains($0) }
      }
      return rows.isEmpty ? nil : Section(title: section.title, rows: rows)
    }
  }

  /// The places whose own keys are shown.
  private static func places(_ keymap: Keymap, _ box: HelpBox) -> [Binding.Context] {
    if let context = box.context { return [context] }
    return keymap.bindings.map(\.context).reduce(into: []) { places, place in
      if place != .everywhere, !places.contains(place) { places.append(place) }
    }
  }

  private static func row(_ binding: Binding) -> (keys: String, help: String) {
    (binding.keys.isEmpty ? ":" + binding.command.name : binding.keyNames, binding.help)
  }

  private static let signs: [(keys: String, help: String)] = [
    ("!", "failed"), ("*", "finished and unread"), (">", "running"), (".", "pending"),
    ("-", "done"), ("?", "not known"), ("_", "archived"),
    ("~", "old: nobody hears of it now"),
    ("^", "pinned"), ("+", "marked"),
  ]

  /// What `TextArea.edit` does, where the box has no other use for the key.
  private static let motions: [(keys: String, help: String)] = [
    ("left right", "a character"), ("ctrl-left right", "a word"),
    ("home end ctrl-e", "the line's begin and end"), ("ctrl-w", "delete the word before"),
    ("ctrl-u ctrl-k", "delete the line, or its rest"), ("ctrl-y", "put it back"),
    ("ctrl-_ ctrl-r", "undo, and again"),
  ]

  static func draw(_ view: View, into frame: inout Frame, _ box: HelpBox) {
    let lines = lines(view.screen, box)
    let size = view.screen.size
    let isLookedThrough = box.isTyping || !box.query.text.isEmpty
    let height = min(lines.count + (isLookedThrough ? 1 : 0), Self.height(in: size))
    let inner = view.box(
      "Keys: \(box.context?.name ?? "all")", width: width(in: size), height: height, into: &frame)
    let (top, list) = inner.top(isLookedThrough ? 1 : 0)
    if isLookedThrough {
      frame.write("/", x: top.x, y: top.y, view.theme[.accent].over(view.theme[.overlay]), in: top)
      let cursor = frame.cursor
      let place = Rect(x: top.x + 1, y: top.y, width: max(1, top.width - 1), height: 1)
      box.query.draw(view, place, into: &frame)
      if !box.isTyping { frame.cursor = cursor }
    }
    let scroll = box.scroll.clamped(of: lines.count, height: list.height)
    for (row, index) in scroll.visible(of: lines.count, height: list.height).enumerated() {
      frame.write(
        lines[index].cut(to: list.width, ellipsis: view.ellipsis), x: list.x, y: list.y + row,
        over: view.theme[.overlay], in: list)
    }
    if lines.count > list.height {
      let end = min(lines.count, scroll.offset + list.height)
      let place = " \(end)/\(lines.count) "
      frame.write(
        place, x: inner.maxX - place.count, y: inner.maxY, view.theme[.overlayFrame])
    }
  }
}

extension Command {
  /// What it is for, in the help.
  enum Kind: String, CaseIterable {
    case move = "Move"
    case view = "View"
    case find = "Find"
    case act = "Act"
  }

  var kind: Kind {
    switch self {
    case .moveDown, .moveUp, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .top, .bottom, .focus,
      .focusNext, .focusPrevious, .nextTab, .previousTab, .open, .back, .leave, .nextTurn,
      .previousTurn, .nextUnread, .previousUnread, .previousWorker, .setMark, .jumpToMark,
      .dismiss:
      .move
    case .zoomIn, .zoomOut, .fullScreen, .toggleZone, .toggleAgenda, .chooseTheme, .redraw,
      .refresh, .showSpending, .showAbsence, .showRequests, .showOrders, .inspect, .unfold,
      .follow, .compare:
      .view
    case .searchAll, .commandLine, .palette, .help, .filterList, .showUrgent, .orderList,
      .findText, .filterLines:
      .find
    default: .act
    }
  }
}

extension Screen {
  mutating func help(_ box: inout HelpBox, _ key: Key, _ command: Command?) -> [Outcome] {
    let page = max(1, HelpOverlay.height(in: size) - 3)
    switch command {
    case .dismiss where box.isTyping:
      box.isTyping = false
      box.query = LineField(limit: box.query.limit)
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept: box.isTyping = false
    case .findText: box.isTyping = true
    case .moveDown: box.scroll.offset += 1
    case .moveUp: box.scroll.offset -= 1
    case .pageDown: box.scroll.offset += page
    case .pageUp: box.scroll.offset -= page
    case .top: box.scroll.offset = 0
    case .bottom: box.scroll.offset = 1_000
    default:
      if box.isTyping {
        box.query.type(key)
        box.scroll.offset = 0
      }
    }
    let count = HelpOverlay.lines(self, box).count
    box.scroll = box.scroll.clamped(of: count, height: HelpOverlay.height(in: size))
    overlays[overlays.count - 1] = .help(box)
    return []
  }
}
