import Canvas
import Fleet

/// The turns, headings, tool calls and errors of the output as a list.
struct Outline {
  struct Item: Hashable {
    enum Kind: Hashable { case turn(Int), heading(Int), tool, problem }

    var kind: Kind
    var words: String
    var place: OutputView.Anchor
    /// The row at which it stands now.
    var row: Int
  }

  /// Items that are listed; of more the latest.
  static let limit = 2_000

  var items: [Item] = []

  init(_ rendition: Rendition) {
    var turns = 0
    for (number, section) in rendition.sections.enumerated() where section.lineCount > 0 {
      func add(_ kind: Item.Kind, _ line: Int) {
        let place = OutputView.Anchor(source: section.source, line: line + section.gap)
        items.append(
          Item(
            kind: kind, words: Self.words(section.name(at: line), kind), place: place,
            row: rendition.starts[number] + section.row(of: line + section.gap)))
      }
      if section.opensTurn {
        turns += 1
        if case .prompt(let turn, _) = section.source { turns = turn + 1 }
        add(.turn(turns), 0)
      }
      if section.isProblem {
        add(.problem, 0)
      } else if section.isTool {
        add(.tool, 0)
      }
      for heading in section.text?.headings ?? [] where heading.line < section.contentCount {
        add(.heading(heading.level), heading.line)
      }
    }
    // Of a very long output the calls go first: they are the many.
    if items.count > Self.limit { items.removeAll { $0.kind == .tool } }
    if items.count > Self.limit { items.removeFirst(items.count - Self.limit) }
  }

  /// A line without the room that it leaves before its right side; a heading without its marks.
  static func words(_ line: String, _ kind: Item.Kind? = nil) -> String {
    var rest = line[...]
    if case .heading(let level) = kind, level > 1 { rest = rest.drop { $0 == "#" }.dropFirst() }
    var words = ""
    for character in rest where character != " " || !words.hasSuffix("  ") {
      words.append(character)
    }
    return words
  }

  /// The item that the reader is in.
  func index(at row: Int) -> Int { max(0, (items.lastIndex { $0.row <= row }) ?? 0) }
}

enum OutlineOverlay {
  static func draw(_ view: View, _ index: Int, into frame: inout Frame) {
    let size = view.screen.size
    let items = Outline(view.screen.output.rendition).items
    let height = max(1, min(max(items.count, 1), size.rows - 8))
    let inner = view.box(
      "Outline", width: max(1, min(90, size.columns - 4)), height: height, into: &frame)
    let chosen = min(index, max(0, items.count - 1))
    var scroll = Scroll()
    scroll.reveal(index: chosen, of: items.count, height: inner.height)
    for (row, number) in scroll.visible(of: items.count, height: inner.height).enumerated() {
      let line = line(items[number], view, isChosen: number == chosen)
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  private static func line(_ item: Outline.Item, _ view: View, isChosen: Bool) -> Line {
    let theme = view.theme
    let text = theme[isChosen ? .inputFocused : .text]
    let cursor = Span(isChosen ? "> " : "  ", theme[.accent])
    switch item.kind {
    case .turn(let number):
      return Line([cursor, Span("turn \(number)  ", theme[.outputYou]), Span(item.words, text)])
    case .heading(let level):
      let indent = String(repeating: "  ", count: min(6, level))
      return Line([cursor, Span(indent + item.words, text)])
    case .tool: return Line([cursor, Span("    " + item.words, isChosen ? text : theme[.dim])])
    case .problem:
      return Line([cursor, Span("  ! ", theme[.outputError]), Span(item.words, text)])
    }
  }
}

extension Screen {
  mutating func openOutline() {
    let outline = Outline(output.rendition)
    guard !outline.items.isEmpty else {
      remark = "nothing to list: no turn, no heading, no tool call"
      return
    }
    // Of what is on the screen the last one is where the reader follows.
    let row = output.isFollowing ? output.rendition.lineCount : output.top
    overlays.append(.outline(outline.index(at: row)))
  }

  mutating func walkOutline(_ index: Int, _ command: Command?) -> [Outcome] {
    let items = Outline(output.rendition).items
    let last = max(0, items.count - 1)
    var index = min(index, last)
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      overlays.removeLast()
      guard items.indices.contains(index) else { return [] }
      output.scroll(to: items[index].row)
      output.jumped = items[index].place
      return []
    case .moveDown: index = min(index + 1, last)
    case .moveUp: index = max(0, index - 1)
    case .pageDown: index = min(index + max(1, size.rows - 9), last)
    case .pageUp: index = max(0, index - max(1, size.rows - 9))
    case .top: index = 0
    case .bottom: index = last
    default: break
    }
    overlays[overlays.count - 1] = .outline(index)
    return []
  }
}
