import Canvas
import Fleet

/// What is searched for in all that is kept, while it is typed.
public struct SearchBox: Hashable, Sendable {
  /// Finds that are listed; the others are counted.
  static let limit = 50

  var field = LineField(limit: 500)
  /// Only this worker; nil searches all.
  var worker: String?
  var index = 0

  var search: ScrollbackSearch {
    ScrollbackSearch(field.text, worker: worker, limit: Self.limit)
  }

  /// What was found for what is typed now; nil until it is there.
  func finds(_ fleet: State) -> Finds? {
    fleet.scrollback?.finds.flatMap { $0.search == search ? $0 : nil }
  }
}

enum SearchOverlay {
  static func draw(_ view: View, _ box: SearchBox, into frame: inout Frame) {
    let theme = view.theme
    let size = view.screen.size
    let inner = view.box(
      title(box, view), width: max(1, min(110, size.columns - 4)),
      height: max(3, min(size.rows - 6, 24)), into: &frame)
    let (top, rest) = inner.top(1)
    box.field.draw(view, top, into: &frame)
    // The latest finds stay until those of the next letter are there.
    let finds = view.fleet.scrollback?.finds
    let (list, foot) = rest.bottom(1)
    let rows = box.field.text.isEmpty ? [] : finds?.finds ?? []
    var scroll = Scroll()
    let chosen = min(box.index, max(0, rows.count - 1))
    scroll.reveal(index: chosen, of: rows.count, height: list.height)
    for (row, number) in scroll.visible(of: rows.count, height: list.height).enumerated() {
      let line = line(rows[number], isChosen: number == chosen, view, width: list.width)
      frame.write(line, x: list.x, y: list.y + row, over: theme[.overlay], in: list)
    }
    frame.write(
      Width.cut(words(box, view), to: foot.width, ellipsis: view.ellipsis), x: foot.x, y: foot.y,
      theme[.dim].over(theme[.overlay]), in: foot)
  }

  private static func title(_ box: SearchBox, _ view: View) -> String {
    guard let worker = box.worker.flatMap({ view.fleet.workers[$0] }) else {
      return "Search all workers"
    }
    return "Search \(Sanitise.line(worker.title))"
  }

  private static func words(_ box: SearchBox, _ view: View) -> String {
    if box.field.text.isEmpty { return "words, or \"words as they stand\"; the last may be begun" }
    guard let finds = box.finds(view.fleet) else { return "searching" }
    switch finds.count {
    case 0: return "nothing found"
    case 1: return "1 place"
    case ...finds.finds.count: return "\(finds.count) places"
    case _ where finds.hasMore:
      return "the latest \(finds.finds.count) of more than \(finds.count) places"
    default: return "the best \(finds.finds.count) of \(finds.count) places"
    }
  }

  /// Where it was found, and the words around it; the words themselves are underlined too.
  private static func line(
    _ find: Finds.Find, isChosen: Bool, _ view: View, width: Int
  ) -> Line {
    let theme = view.theme
    let title = view.fleet.workers[find.worker]?.title ?? find.worker
    let name = Width.padded(
      Width.cut(Sanitise.line(title), to: 20, ellipsis: view.ellipsis), to: 21)
    var line = Line([
      Span(isChosen ? "> " : "  ", theme[.accent]),
      Span(name, theme[isChosen ? .inputFocused : .text]),
      Span(Width.padded(word(find.kind), to: 8), theme[.dim]),
    ])
    let room = max(1, width - line.width)
    let lead = find.snippet.prefix { !$0.isMatch }.reduce(0) {
      $0 + Width.of(Sanitise.line($1.text))
    }
    var snippet = Line()
    for piece in find.snippet {
      var style = theme[piece.isMatch ? .accent : .text]
      if piece.isMatch { style.attributes.insert(.underline) }
      snippet.append(Span(Sanitise.line(piece.text), style))
    }
    // The found word stays in sight where there is little room.
    let hidden = lead - room / 3
    if hidden > 0, lead > 0 {
      line.append(Span(view.ellipsis, theme[.dim]))
      snippet = snippet.dropping(columns: hidden + Width.of(view.ellipsis))
    }
    for span in snippet.spans { line.append(span) }
    return line.cut(to: width, ellipsis: view.ellipsis)
  }

  private static func word(_ kind: Leaf.Kind) -> String {
    switch kind {
    case .title: "name"
    case .prompt: "you"
    case .source: "source"
    case .file: "file"
    case .text, .plain: "ai"
    case .reasoning: "think"
    case .error: "error"
    case .aborted: "stop"
    case .tool: "tool"
    case .data, .part: "data"
    }
  }
}

extension Screen {
  mutating func openSearch(_ fleet: State) {
    guard fleet.scrollback != nil else {
      remark = "nothing is kept to be searched: the file of transcripts could not be opened"
      return
    }
    overlays.append(.search(SearchBox(worker: focus == .output ? selected : nil)))
  }

  /// Searches all workers for words that were typed elsewhere.
  mutating func openSearch(_ fleet: State, for words: String) -> [Outcome] {
    openSearch(fleet)
    guard case .search(var box) = overlays.last else { return [] }
    box.worker = nil
    let before = box.search
    box.field.paste(words)
    return change(box, before)
  }

  mutating func search(
    _ box: inout SearchBox, _ key: Key, _ command: Command?, _ fleet: State
  ) -> [Outcome] {
    let before = box.search
    let rows = box.finds(fleet)?.finds ?? []
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      guard rows.indices.contains(box.index) else { return [] }
      overlays.removeLast()
      return go(to: rows[box.index], fleet)
    case .moveDown: box.index = min(box.index + 1, max(0, rows.count - 1))
    case .moveUp: box.index = max(0, box.index - 1)
    case .nextField: box.worker = box.worker == nil ? selected : nil
    default: box.field.type(key)
    }
    return change(box, before)
  }

  mutating func change(_ box: SearchBox, _ before: ScrollbackSearch) -> [Outcome] {
    var box = box
    let isNew = box.search != before
    if isNew { box.index = 0 }
    overlays[overlays.count - 1] = .search(box)
    return isNew ? [.fleet(.search(box.search))] : []
  }

  /// Shows the worker, and in it the place.
  private mutating func go(to find: Finds.Find, _ fleet: State) -> [Outcome] {
    guard fleet.workers[find.worker] != nil else {
      remark = "that worker was forgotten here: \(find.worker)"
      return []
    }
    let pane: Pane =
      switch find.section {
      case .title: .workers
      case .source: .sources
      case .file: .files
      case .prompt, .entry: .output
      }
    let outcomes = select(find.worker, in: pane, fleet)
    guard find.section == .entry else { return outcomes }
    let words = find.snippet.first(where: \.isMatch)?.text ?? ""
    showText()
    output.goal = .entry(find.number, saying: words)
    return outcomes + [.fleet(.readScrollback(find.worker, .around(find.number)))]
  }
}
