import Canvas
import Themes

/// The list of themes, each in its own colours; the whole screen behind it is the preview.
enum ThemesOverlay {
  /// Columns of a name, and of the samples that follow it where there is room.
  private static let nameWidth = 18
  private static let sampleWidth = 26

  /// Where the box stands, how many names it shows, and whether their colours are beside them.
  private static func place(
    in size: Size, _ count: Int
  ) -> (outer: Rect, height: Int, hasSamples: Bool) {
    let hasSamples = size.columns >= 72 && size.rows >= 12
    let width = min(size.columns, 2 + nameWidth + (hasSamples ? sampleWidth : 0) + 4)
    let room = max(1, size.rows - (hasSamples ? 7 : 4) - (hasSamples ? 2 : 0))
    let height = min(count, room)
    let outer = Rect(
      x: size.columns - width, y: size.rows < 8 ? 0 : 1, width: width,
      height: height + 2 + (hasSamples ? 2 : 0))
    return (outer.intersection(Rect(size)), height, hasSamples)
  }

  /// The number of the name that is drawn at a place.
  static func row(at point: Point, _ view: View, _ names: [String], _ index: Int) -> Int? {
    let (outer, height, _) = place(in: view.screen.size, names.count)
    let list = outer.inset(2, 1).top(height).top
    guard list.contains(x: point.x, y: point.y) else { return nil }
    var scroll = Scroll()
    scroll.reveal(index: index, of: names.count, height: height)
    let row = point.y - list.y + scroll.offset
    return row < names.count ? row : nil
  }

  static func draw(_ view: View, _ names: [String], _ index: Int, into frame: inout Frame) {
    let (outer, height, hasSamples) = place(in: view.screen.size, names.count)
    let note = note(view, names, index)
    frame.fill(outer, view.theme[.overlay])
    view.drawBox(outer, "Themes", into: &frame)
    let inner = outer.inset(2, 1)
    var scroll = Scroll()
    scroll.reveal(index: index, of: names.count, height: height)
    let entries = view.screen.shelf.entries
    for (row, number) in scroll.visible(of: names.count, height: height).enumerated() {
      let isChosen = number == index
      let y = inner.y + row
      let style = view.theme[isChosen ? .inputFocused : .text].over(view.theme[.overlay])
      frame.write(isChosen ? "> " : "  ", x: inner.x, y: y, style, in: inner)
      guard hasSamples, let theme = entries.first(where: { $0.theme.name == names[number] })?.theme
      else {
        frame.write(
          Width.padded(Sanitise.line(names[number]), to: inner.width - 2), x: inner.x + 2, y: y,
          style, in: inner)
        continue
      }
      let card = Rect(x: inner.x + 2, y: y, width: inner.width - 2, height: 1)
      draw(theme, isChosen: isChosen, view, card, into: &frame)
    }
    if height < names.count {
      let place = " \(index + 1)/\(names.count) "
      frame.write(
        place, x: outer.maxX - 2 - place.count, y: outer.maxY - 1, view.theme[.overlayFrame],
        in: outer)
    }
    guard hasSamples else { return }
    frame.write(
      Width.cut(note, to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.maxY - 1,
      view.theme[.dim].over(view.theme[.overlay]), in: inner)
  }

  /// A theme's name and words of its roles, on its own paper.
  private static func draw(
    _ theme: Theme, isChosen: Bool, _ view: View, _ rect: Rect, into frame: inout Frame
  ) {
    let paper = theme[.overlay].over(theme.ground)
    let words: [(String, Role)] = [
      ("run", .workerRunning), ("new", .workerUnread), ("fail", .workerFailed),
      ("LIVE", .headerLive),
      ("warn", .messageWarning), ("you", .outputYou),
    ]
    frame.fill(rect, paper)
    let name = Width.padded(
      Width.cut(Sanitise.line(theme.name), to: nameWidth - 1, ellipsis: view.ellipsis),
      to: nameWidth)
    var style = theme[.text].over(paper)
    if isChosen { style.attributes.insert(.bold) }
    var x = rect.x
    frame.write(name, x: x, y: rect.y, style, in: rect)
    x += nameWidth
    for (word, role) in words {
      frame.write(word, x: x, y: rect.y, theme[role].over(paper), in: rect)
      x += word.count + 1
    }
  }

  /// What the chosen theme is for.
  private static func note(_ view: View, _ names: [String], _ index: Int) -> String {
    guard names.indices.contains(index),
      let entry = view.screen.shelf.entries.first(where: { $0.theme.name == names[index] })
    else { return "" }
    let ground =
      switch entry.variant {
      case .dark: "for dark terminals"
      case .light: "for light terminals"
      case .any: "for any terminal"
      }
    let paper = entry.theme.ground.background == .terminal ? ", the terminal's ground" : ""
    return ground + paper + (entry.isOwn ? ", your own" : "")
  }
}
