/// Breaks lines into rows.
public enum Wrap {
  /// A character of a line.
  private struct Piece {
    var span: Int
    /// Bytes of the span's text before it.
    var offset: Int
    var width: Int
    var isBlank: Bool
  }

  /// Rows of at most `width` columns, broken at blanks, styles kept; never an empty result.
  ///
  /// The blanks at a break disappear, a word longer than a row is cut, and rows after the first
  /// start with `indent` blanks, at most half of the width. One pass over the line.
  public static func lines(_ line: Line, width: Int, indent: Int = 0) -> [Line] {
    guard width > 0 else { return [Line()] }
    if line.width <= width { return [line] }
    // Two columns stay for the text, because a wide glyph needs them.
    let hanging = max(0, min(indent, width / 2, width - 2))
    let pieces = pieces(of: line.spans)
    var rows: [Line] = []
    var start = 0
    var joint: Line.Joint?
    while start < pieces.count || rows.isEmpty {
      let room = rows.isEmpty ? width : width - hanging
      let (end, next) = row(of: pieces, from: start, room: room)
      var row = build(pieces, start..<end, line.spans)
      row.joint = joint
      if !rows.isEmpty, hanging > 0 {
        row = row.led(by: Span(String(repeating: " ", count: hanging)))
      }
      rows.append(row)
      joint = Line.Joint(blanks: next - end)
      start = next
    }
    return rows
  }

  /// Rows that are full to the last column, as a terminal breaks a line itself; nothing is dropped.
  public static func full(_ line: Line, width: Int) -> [Line] {
    guard width > 1, line.width > width else { return [line] }
    var rows: [Line] = []
    var row = Line()
    var used = 0
    for span in line.spans {
      var text = ""
      for character in span.text {
        let columns = Width.of(character)
        if used + columns > width {
          if !text.isEmpty { row.spans.append(Span(text, span.style)) }
          rows.append(row)
          row = Line()
          row.joint = Line.Joint(blanks: 0)
          (text, used) = ("", 0)
        }
        text.append(character)
        used += columns
      }
      if !text.isEmpty { row.spans.append(Span(text, span.style)) }
    }
    return rows + [row]
  }

  /// Where a row ends and where the next one starts.
  private static func row(of pieces: [Piece], from start: Int, room: Int) -> (end: Int, next: Int) {
    var used = 0
    var index = start
    // The blank after the last word that fits.
    var breaking: Int?
    while index < pieces.count {
      let piece = pieces[index]
      if piece.isBlank {
        if index > start, !pieces[index - 1].isBlank { breaking = index }
      } else if used + piece.width > room {
        break
      }
      used += piece.width
      index += 1
    }
    if index == pieces.count
      || breaking == nil && pieces[start].isBlank && pieces[index - 1].isBlank
    {
      // Blanks that hang over the edge are cut.
      var end = index
      while end > start, used > room {
        end -= 1
        used -= pieces[end].width
      }
      return (end, index)
    }
    if let breaking {
      var next = breaking
      while next < pieces.count, pieces[next].isBlank { next += 1 }
      return (breaking, next)
    }
    // A single glyph that is wider than the row still takes one.
    let end = max(index, start + 1)
    return (end, end)
  }

  private static func pieces(of spans: [Span]) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(spans.reduce(0) { $0 + $1.text.utf8.count })
    for (index, span) in spans.enumerated() {
      var offset = 0
      if Width.isPrintableASCII(span.text) {
        for byte in span.text.utf8 {
          pieces.append(
            Piece(span: index, offset: offset, width: 1, isBlank: byte == UInt8(ascii: " ")))
          offset += 1
        }
        continue
      }
      for character in span.text {
        pieces.append(
          Piece(
            span: index, offset: offset, width: Width.of(character), isBlank: character == " "))
        offset += character.utf8.count
      }
    }
    return pieces
  }

  private static func build(_ pieces: [Piece], _ range: Range<Int>, _ spans: [Span]) -> Line {
    var row = Line()
    var index = range.lowerBound
    while index < range.upperBound {
      let first = pieces[index]
      while index < range.upperBound, pieces[index].span == first.span { index += 1 }
      let span = spans[first.span]
      let bytes = span.text.utf8
      let isInside = index < pieces.count && pieces[index].span == first.span
      let end = isInside ? pieces[index].offset : bytes.count
      let start = bytes.index(bytes.startIndex, offsetBy: first.offset)
      let text = span.text[start..<bytes.index(start, offsetBy: end - first.offset)]
      row.append(span.saying(String(text)))
    }
    return row
  }
}
