import Canvas
import Fleet
import WorkerAPI

/// A look into a file over all panes.
enum PreviewOverlay {
  /// The box leaves the header, the hints and the message in sight; in a small terminal it is all.
  private static func outer(in size: Size) -> Rect {
    let isSmall = size.columns < 30 || size.rows < 8
    return isSmall
      ? Rect(size) : Rect(x: 0, y: 1, width: size.columns, height: max(3, size.rows - 3))
  }

  /// The area of the lines that scroll: within the frame, below the head, above the facts.
  static func body(in size: Size, _ box: PreviewBox) -> Rect {
    let inner = outer(in: size).inset(2, 1)
    let head = box.paper.value.head.count
    return Rect(
      x: inner.x, y: inner.y + head, width: inner.width, height: max(0, inner.height - head - 1))
  }

  static func draw(_ view: View, _ box: PreviewBox, into frame: inout Frame) {
    let theme = view.theme
    let outer = outer(in: view.screen.size)
    frame.fill(outer, theme[.overlay])
    let name = Sanitise.line(box.file.filename ?? Address.short(box.file.url))
    view.drawBox(outer, name, into: &frame)
    let inner = outer.inset(2, 1)
    let body = body(in: view.screen.size, box)
    let paper = box.paper.value
    func write(_ line: Line, _ y: Int) {
      frame.write(
        line.dropping(columns: box.left).cut(to: inner.width), x: inner.x, y: y,
        over: theme[.overlay], in: inner)
    }
    let preview = view.fleet.preview.flatMap { $0.file.key == box.file.key ? $0 : nil }
    switch preview?.stage {
    case .shown:
      for (row, line) in paper.head.enumerated() { write(line, inner.y + row) }
      for (row, index) in (box.top..<min(paper.lines.count, box.top + body.height)).enumerated() {
        write(paper.lines[index], body.y + row)
        if paper.isTree, index == box.cursor {
          let place = Rect(x: inner.x, y: body.y + row, width: inner.width, height: 1)
          let selection = theme[.selection]
          frame.restyle(place) { cell in
            var style = cell.over(selection)
            if selection.background != .terminal { style.background = selection.background }
            return style
          }
        }
      }
      if paper.lines.isEmpty {
        let words = paper.head.isEmpty ? "This file is empty." : "No row below the head."
        write(Line(words, theme[.dim]), body.y)
      }
    case .failed(let reason):
      write(Line("not shown: \(Sanitise.line(reason))", theme[.messageError]), inner.y)
    case .loading, nil: write(Line("reading...", theme[.dim]), inner.y)
    }
    let foot = Rect(x: inner.x, y: inner.maxY - 1, width: inner.width, height: 1)
    frame.write(
      facts(view, box, preview, body, foot.width), x: foot.x, y: foot.y, over: theme[.overlay],
      in: foot)
  }

  /// Which columns are in sight whole, of a table that is wider than the box; else how far a text is
  /// moved.
  private static func columns(_ box: PreviewBox, _ width: Int) -> String? {
    let paper = box.paper.value
    guard paper.columns.count > 1, paper.width > width else {
      return box.left > 0 ? "column \(box.left + 1)" : nil
    }
    let sight = box.left..<box.left + width
    let whole = paper.columns.indices.filter {
      sight.lowerBound <= paper.columns[$0].lowerBound
        && paper.columns[$0].upperBound <= sight.upperBound
    }
    let part = paper.columns.indices.filter { paper.columns[$0].overlaps(sight) }
    let shown = whole.isEmpty ? part : whole
    guard let first = shown.first, let last = shown.last else { return nil }
    return first == last
      ? "column \(first + 1) of \(paper.columns.count)"
      : "columns \(first + 1)-\(last + 1) of \(paper.columns.count)"
  }

  /// What it is, how much of it is shown, from where and when; and the place in it.
  private static func facts(
    _ view: View, _ box: PreviewBox, _ preview: Preview?, _ body: Rect, _ width: Int
  ) -> Line {
    let theme = view.theme
    var words = [Sanitise.line(box.file.mediaType)]
    var place = ""
    if case .shown(let shown) = preview?.stage {
      let total = shown.total.map(Figures.bytes)
      let paper = box.paper.value
      words += [shown.note.map(Sanitise.line), paper.part].compactMap(\.self)
      words.append(
        shown.isCut
          ? "first \(Figures.bytes(shown.bytes)) of \(total ?? "more")"
          : Figures.bytes(shown.bytes))
      words.append(
        "\(shown.isSaved ? "saved file" : "server"), \(view.age(since: shown.at)) ago")
      let count = paper.lines.count
      let end = min(count, box.top + body.height)
      place = [columns(box, body.width), count > body.height ? "\(end)/\(count)" : nil]
        .compactMap(\.self).joined(separator: "  ")
    }
    if let download = view.fleet.workers[box.worker]?.downloads[box.file.key] {
      words.append(FileRow.words(download))
    }
    return .row(
      Line(words.filter { !$0.isEmpty }.joined(separator: "  "), theme[.dim]),
      Line(place, theme[.dim]), width: width, ellipsis: view.ellipsis)
  }
}
