import Canvas
import WorkerAPI

/// The templates to choose from, or the gaps of one with the text that comes of them.
enum TemplatesOverlay {
  static func draw(_ view: View, _ box: TemplateBox, into frame: inout Frame) {
    let width = max(1, min(76, view.screen.size.columns - 4))
    switch box.stage {
    case .choosing: choose(view, box, width, into: &frame)
    case .filling(let template, let fields, let index):
      fill(view, template, fields, index, width, into: &frame)
    }
  }

  private static func choose(
    _ view: View, _ box: TemplateBox, _ width: Int, into frame: inout Frame
  ) {
    let theme = view.theme
    let set = view.screen.templates
    let found = box.matches(set.templates)
    let notes = notes(set, found.isEmpty)
    let room = max(1, view.screen.size.rows - 6)
    let rows = max(1, min(found.count, room - 1 - min(notes.count, 2)))
    let inner = view.box(
      "Templates", width: width, height: min(room, max(7, 1 + found.count + notes.count)),
      into: &frame)
    let (field, list) = inner.top(1)
    var label = Line("Filter ", theme[.inputLabel])
    if field.width < 24 { label = Line() }
    frame.write(label, x: field.x, y: field.y, over: theme[.overlay], in: field)
    box.filter.draw(
      view,
      Rect(x: field.x + label.width, y: field.y, width: field.width - label.width, height: 1),
      into: &frame)
    var scroll = Scroll()
    scroll.reveal(index: box.index, of: found.count, height: rows)
    var y = list.y
    for index in scroll.visible(of: found.count, height: rows) {
      let template = found[index]
      let isChosen = index == box.index
      let style = theme[isChosen ? .inputFocused : .text]
      let gaps = template.gaps.count
      let facts = [
        gaps > 0 ? "\(gaps) \(gaps == 1 ? "gap" : "gaps")" : nil, template.budget?.word,
      ].compactMap(\.self).joined(separator: ", ")
      let line = Line.row(
        Line((isChosen ? "> " : "  ") + template.title, style), Line(facts, theme[.dim]),
        width: list.width, ellipsis: view.ellipsis)
      frame.write(line, x: list.x, y: y, over: theme[.overlay], in: list)
      y += 1
    }
    for note in notes.prefix(max(0, list.maxY - y)) {
      frame.write(
        Width.cut(note.text, to: list.width, ellipsis: view.ellipsis), x: list.x, y: y,
        theme[note.role].over(theme[.overlay]), in: list)
      y += 1
    }
  }

  /// Why there is nothing to choose, and which files are no templates.
  private static func notes(_ set: TemplateSet, _ isEmpty: Bool) -> [(text: String, role: Role)] {
    var notes: [(text: String, role: Role)] = []
    if isEmpty, !set.templates.isEmpty { notes.append(("no title holds that", .dim)) }
    if set.templates.isEmpty {
      notes.append(("No templates yet. A file such as report.md there is one:", .dim))
      notes.append((Sanitise.line(set.folder), .dim))
    }
    return notes + set.faults.map { (Sanitise.line($0), .messageError) }
  }

  private static func fill(
    _ view: View, _ template: Template, _ fields: [LineField], _ index: Int, _ width: Int,
    into frame: inout Frame
  ) {
    let theme = view.theme
    let text = template.filled(TemplateBox.values(template, fields))
    let room = max(1, view.screen.size.rows - 6)
    let layout = TextArea(text: text)
    let shown = layout.layout(width: width).rows
    // The gaps come first; the text below them takes what is left.
    let gapRows = min(fields.count, max(1, room > 6 ? room - 4 : room))
    let rest = max(0, min(room - gapRows - 1, shown.count, 10))
    let inner = view.box(
      template.title, width: width, height: max(min(7, room), gapRows + (rest > 0 ? rest + 1 : 0)),
      into: &frame)
    let margin = min(inner.width / 2, 2 + (template.gaps.map { Width.of($0.name) }.max() ?? 0))
    var scroll = Scroll()
    scroll.reveal(index: index, of: fields.count, height: gapRows)
    for (row, number) in scroll.visible(of: fields.count, height: gapRows).enumerated() {
      let y = inner.y + row
      let name = Width.cut(template.gaps[number].name, to: margin - 1, ellipsis: view.ellipsis)
      frame.write(
        name, x: inner.x, y: y,
        theme[number == index ? .accent : .inputLabel].over(theme[.overlay]), in: inner)
      let place = Rect(x: inner.x + margin, y: y, width: inner.width - margin, height: 1)
      let before = frame.cursor
      fields[number].draw(view, place, into: &frame)
      if number != index { frame.cursor = before }
    }
    for (row, range) in shown.prefix(rest).enumerated() {
      frame.write(
        layout.text(of: range), x: inner.x, y: inner.y + gapRows + 1 + row,
        theme[.dim].over(theme[.overlay]), in: inner)
    }
  }
}
