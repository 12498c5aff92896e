/// Breaks lines into rows.
public enum Wrap {
  private struct Piece {
    var character: Character
    var width: Int
    var span: Int
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
    let pieces = line.spans.enumerated().flatMap { index, span in
      span.text.map { Piece(character: $0, width: Width.of($0), span: index) }
    }
    var rows: [Line] = []
    var start = 0
    var joint: Line.Joint?
    while start < pieces.count || rows.isEmpty {
      let room = rows.isEmpty ? width : width - hanging
      let (end, next) = row(of: pieces, from: start, room: room)
      var row = build(pieces[start..<end], spans: line.spans)
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
      if piece.character == " " {
        if index > start, pieces[index - 1].character != " " { breaking = index }
      } else if used + piece.width > room {
        break
      }
      used += piece.width
      index += 1
    }
    if index == pieces.count
      || breaking == nil && pieces[start].character == " "
        && pieces[index - 1].character == " "
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
      while next < pieces.count, pieces[next].character == " " { next += 1 }
      return (breaking, next)
    }
    // A single glyph that is wider than the row still takes one.
    let end = max(index, start + 1)
    return (end, end)
  }

  private static func build(_ pieces: ArraySlice<Piece>, spans: [Span]) -> Line {
    var row = Line()
    var text = ""
    var current = pieces.first?.span ?? 0
    for piece in pieces {
      if piece.span != current {
        row.append(spans[current].saying(text))
        text = ""
        current = piece.span
      }
      text.append(piece.character)
    }
    if !text.isEmpty { row.append(spans[current].saying(text)) }
    return row
  }
}
