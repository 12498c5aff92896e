extension Frame {
  /// Sets every cell of the area; a glyph wider than one column counts as a blank.
  public mutating func fill(_ rect: Rect, _ style: Style, glyph: String = " ") {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let folded = glyph.first.map { Width.fold($0) } ?? " "
    let cell = Cell(glyph: Width.of(folded) == 1 ? folded : " ", style: style)
    // What is drawn over leads nowhere any more.
    links.removeAll {
      area.y..<area.maxY ~= $0.at.y && $0.at.x < area.maxX && $0.at.x + $0.width > area.x
    }
    for y in area.y..<area.maxY {
      mend(left: area.x, right: area.maxX, y: y)
      let start = y * size.columns
      for index in (start + area.x)..<(start + area.maxX) { cells[index] = cell }
    }
  }

  /// Writes on one row and returns the columns that the text takes inside of the clip.
  ///
  /// A wide glyph that the clip would cut leaves a blank; overwriting half of a wide glyph blanks
  /// its other half.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, _ style: Style = .plain, in clip: Rect? = nil
  ) -> Int {
    let area = (clip ?? bounds).intersection(bounds)
    guard y >= area.y, y < area.maxY, area.width > 0, x < area.maxX else { return 0 }
    if let used = writePlain(text, x: x, y: y, style, in: area) { return used }
    let start = y * size.columns
    var column = x
    var first = Int.max
    for character in text {
      if column >= area.maxX { break }
      Width.eachGlyph(of: character) { glyph, width in
        let end = column + width
        defer { column = end }
        guard end > area.x, column < area.maxX else { return }
        let (from, to) = (max(column, area.x), min(end, area.maxX))
        mend(left: from, right: to, y: y)
        first = min(first, from)
        if to - from < width {
          for index in from..<to { cells[start + index] = Cell(glyph: " ", style: style) }
          return
        }
        cells[start + column] = Cell(glyph: glyph, style: style)
        if width == 2 { cells[start + column + 1] = Cell(glyph: "", style: style) }
      }
    }
    return max(0, min(column, area.maxX) - min(first, area.maxX))
  }

  /// Writes spans one after the other, each over the base style.
  @discardableResult
  public mutating func write(
    _ line: Line, x: Int, y: Int, over base: Style? = nil, in clip: Rect? = nil
  ) -> Int {
    let area = (clip ?? bounds).intersection(bounds)
    var column = x
    var used = 0
    for span in line.spans {
      if column >= area.maxX { break }
      let style = base.map { span.style.over($0) } ?? span.style
      used += write(span.text, x: column, y: y, style, in: area)
      let width = span.width
      if let link = span.link { note(link, x: column, y: y, width: width, in: area) }
      column += width
    }
    return used
  }

  /// What the clip leaves of a link.
  private mutating func note(_ link: String, x: Int, y: Int, width: Int, in area: Rect) {
    let (from, to) = (max(x, area.x), min(x + width, area.maxX))
    guard from < to, area.y..<area.maxY ~= y, links.count < Self.linkLimit else { return }
    links.append(Link(link, at: Point(x: from, y: y), width: to - from))
  }

  /// Changes styles and leaves the glyphs; both halves of a wide glyph must be inside to change
  /// together.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      let start = y * size.columns
      for index in (start + area.x)..<(start + area.maxX) {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Text of printable ASCII, one column a byte, without looking at clusters; nil for other text.
  private mutating func writePlain(
    _ text: String, x: Int, y: Int, _ style: Style, in area: Rect
  ) -> Int? {
    let count = text.utf8.count
    guard Width.isPrintableASCII(text) else { return nil }
    let (from, to) = (max(x, area.x), min(x + count, area.maxX))
    guard to > from else { return 0 }
    mend(left: from, right: to, y: y)
    let glyphs = Width.asciiGlyphs
    var index = y * size.columns + from
    for byte in text.utf8.dropFirst(from - x).prefix(to - from) {
      cells[index] = Cell(glyph: glyphs[Int(byte)], style: style)
      index += 1
    }
    return to - from
  }

  /// Blanks the halves of wide glyphs that the columns `left..<right` would cut at their edges.
  private mutating func mend(left: Int, right: Int, y: Int) {
    let start = y * size.columns
    if left > 0, cells[start + left].glyph.isEmpty { cells[start + left - 1].glyph = " " }
    if right < size.columns, cells[start + right].glyph.isEmpty {
      cells[start + right].glyph = " "
    }
  }
}
