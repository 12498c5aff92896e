import CNcurses
import Canvas

/// Rows that are one line for the terminal's own selection.
extension Terminal {
  /// Writes the last glyph of each such row and the first one of the next again, so that the terminal
  /// breaks the line there by itself and knows that it is one; curses moves the cursor instead.
  ///
  /// A row that does not go on any more is erased and written again: nothing else ends it.
  func tellJoins(_ frame: Frame) {
    guard speaksANSI, !frame.joins.isEmpty || !joined.isEmpty else { return }
    var bytes: [UInt8] = []
    for y in joined.subtracting(frame.joins).sorted() where y < size.rows {
      bytes += Array("\u{1B}[\(y + 1);1H\u{1B}[2K".utf8)
      bytes += cells(0..<size.columns, of: y, in: frame)
    }
    for y in frame.joins.sorted() where y + 1 < size.rows {
      let last = size.columns - (frame[size.columns - 1, y].glyph.isEmpty ? 2 : 1)
      let first = frame[1, y + 1].glyph.isEmpty ? 2 : 1
      bytes += Array("\u{1B}[\(y + 1);\(last + 1)H".utf8)
      bytes += cells(last..<size.columns, of: y, in: frame)
      bytes += cells(0..<first, of: y + 1, in: frame)
    }
    joined = frame.joins
    guard !bytes.isEmpty else { return }
    Outlet.write(Array("\u{1B}7".utf8) + bytes + Array("\u{1B}8".utf8), output)
  }
}
