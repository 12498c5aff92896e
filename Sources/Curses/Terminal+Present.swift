import CNcurses
public import Canvas
import Glibc

extension Terminal {
  /// Pours the rows that changed into curses, which sends the difference in one write.
  ///
  /// What is outside of the terminal is not shown, and what the frame does not cover is blank.
  @discardableResult
  public func present(_ frame: Frame) -> Int {
    wanted = frame
    wait = 0
    guard isClaimed, let window = curses_screen_window() else { return 0 }
    if let shown, shown == frame {
      flushAsides()
      return 0
    }
    let previous = shown.flatMap { $0.size == frame.size ? $0 : nil }
    for y in 0..<size.rows {
      let row = frame.row(y)
      if let previous, previous.row(y) == row { continue }
      pour(row, into: window, y: y)
    }
    let refresh = { [self] in
      place(frame.cursor, in: window)
      wnoutrefresh(window)
      doupdate()
    }
    let wasFresh = isFresh
    defer {
      isFresh = false
      shown = frame
      if wasFresh { joined = [] }
      tellJoins(frame)
      compareLinks(frame, over: previous)
    }
    guard !isFresh, let outlet else {
      flushAsides()
      refresh()
      return 0
    }
    let cost = outlet.collect(takeAsides(), refresh)
    wait = cost.wait
    return cost.bytes
  }

  public func redraw() {
    guard isClaimed else { return }
    shown = nil
    curses_set_clear(curses_screen_window(), true)
    if let wanted { present(wanted) }
  }

  private func pour(_ row: ArraySlice<Cell>, into window: UnsafeMutablePointer<WINDOW>, y: Int) {
    var cells: [cchar_t] = []
    cells.reserveCapacity(size.columns)
    var last: (style: Style, look: Ink.Look)?
    var column = 0
    let end = row.startIndex + min(row.count, size.columns)
    for index in row.startIndex..<end {
      let cell = row[index]
      // The right half of the glyph before it.
      if cell.glyph.isEmpty { continue }
      if last?.style != cell.style { last = (cell.style, ink.look(cell.style)) }
      guard let look = last?.look else { continue }
      let isWide = index + 1 < row.endIndex && row[index + 1].glyph.isEmpty
      // The terminal's edge cuts it.
      if isWide, index + 1 == end { break }
      for glyph in glyphs(cell.glyph, width: isWide ? 2 : 1) {
        cells.append(self.cell(glyph, look))
      }
      column += isWide ? 2 : 1
    }
    if column < size.columns {
      let blank = self.cell(.blank, Ink.Look(attributes: 0, pair: 0))
      cells += Array(repeating: blank, count: size.columns - column)
    }
    wmove(window, Int32(y), 0)
    wadd_wchnstr(window, cells, Int32(cells.count))
  }

  private func cell(_ glyph: WideGlyph, _ look: Ink.Look) -> cchar_t {
    var cell = cchar_t()
    withUnsafePointer(to: glyph.characters) { tuple in
      tuple.withMemoryRebound(to: wchar_t.self, capacity: 6) { characters in
        curses_set_cell(&cell, characters, look.attributes, look.pair)
      }
    }
    return cell
  }

  /// The glyph itself where terminal and C library agree to its width, else stand-ins that fill
  /// the same columns.
  func glyphs(_ glyph: String, width: Int) -> [WideGlyph] {
    let wide = WideGlyph(glyph)
    if wide.isASCII, width == 1 { return [wide] }
    if isUnicode, Int(curses_width(wide.characters.0)) == width { return [wide] }
    let standIn = WideGlyph(isUnicode ? "\u{FFFD}" : "?")
    return width == 2 ? [standIn, .blank] : [standIn]
  }

  private func place(_ cursor: Point?, in window: UnsafeMutablePointer<WINDOW>) {
    let visible = cursor.flatMap { Rect(size).contains(x: $0.x, y: $0.y) ? $0 : nil }
    if showsCursor != (visible != nil) {
      showsCursor = visible != nil
      curs_set(visible == nil ? 0 : 1)
      // A hidden cursor may stay where the last glyph left it.
      curses_set_leave_cursor(window, visible == nil)
    }
    if let visible { wmove(window, Int32(visible.y), Int32(visible.x)) }
  }
}

/// A glyph in the form that `setcchar` reads: a base, at most four marks, and a zero.
struct WideGlyph {
  var characters: (wchar_t, wchar_t, wchar_t, wchar_t, wchar_t, wchar_t)

  static let blank = WideGlyph(" ")

  init(_ glyph: String) {
    characters = (0, 0, 0, 0, 0, 0)
    var scalars = glyph.unicodeScalars.lazy.map { wchar_t($0.value) }.makeIterator()
    characters.0 = scalars.next() ?? 0x20
    guard let second = scalars.next() else { return }
    characters.1 = second
    characters.2 = scalars.next() ?? 0
    characters.3 = scalars.next() ?? 0
    characters.4 = scalars.next() ?? 0
  }

  var utf8: [UInt8] {
    let (base, first, second, third, fourth, _) = characters
    return [base, first, second, third, fourth].prefix { $0 != 0 }.flatMap { character in
      Unicode.Scalar(UInt32(character)).map { Array(String(Character($0)).utf8) } ?? []
    }
  }

  var isASCII: Bool { characters.0 < 0x7F && characters.1 == 0 }
}
