/// A piece of text in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style
  /// Where it leads (`Link.address`).
  public var link: String?

  public init(_ text: String, _ style: Style = .plain, link: String? = nil) {
    self.text = text
    self.style = style
    self.link = link
  }

  public var width: Int { Width.of(text) }

  /// Other words that look and lead as these.
  public func saying(_ text: String) -> Span { Span(text, style, link: link) }
}

/// One row of styled text before it has a place on the screen.
public struct Line: Hashable, Sendable {
  public var spans: [Span]
  /// How it goes on with the row before, where both are one line that was broken.
  public var joint: Joint?

  public struct Joint: Hashable, Sendable {
    /// Blanks that the break took.
    public var blanks: UInt8
    /// Spans at its start that are no part of the text, such as an indent.
    public var lead: UInt8 = 0

    public init(blanks: Int) { self.blanks = UInt8(clamping: blanks) }
  }

  public init(_ spans: [Span] = []) {
    self.spans = spans
  }

  public init(_ text: String, _ style: Style = .plain) {
    spans = text.isEmpty ? [] : [Span(text, style)]
  }

  /// The line behind something that is no part of its text.
  public func led(by span: Span) -> Line {
    var line = self
    line.spans.insert(span, at: 0)
    line.joint?.lead += 1
    return line
  }

  /// Columns on the screen.
  public var width: Int { spans.reduce(0) { $0 + $1.width } }

  public var text: String {
    spans.count == 1 ? spans[0].text : spans.reduce(into: "") { $0 += $1.text }
  }

  /// Adds to the end; text that looks and leads as the last span joins it.
  public mutating func append(_ span: Span) {
    guard !span.text.isEmpty else { return }
    if let last = spans.indices.last, spans[last].style == span.style,
      spans[last].link == span.link
    {
      spans[last].text += span.text
    } else {
      spans.append(span)
    }
  }

  /// The columns from the left that fit; the ellipsis appears only when something was cut, in the
  /// style of what it replaces.
  public func cut(to width: Int, ellipsis: String? = nil) -> Line {
    guard self.width > width else { return self }
    let mark = Width.cut(ellipsis ?? "", to: max(0, width))
    var room = max(0, width) - Width.of(mark)
    var line = Line()
    var style = spans.first?.style ?? .plain
    for span in spans {
      style = span.style
      let used = span.width
      if used <= room {
        line.append(span)
        room -= used
        continue
      }
      line.append(span.saying(Width.cut(span.text, to: room)))
      break
    }
    line.append(Span(mark, style))
    return line
  }

  /// What is left of the line when it is moved sideways; half of a wide glyph becomes a blank.
  public func dropping(columns: Int) -> Line {
    guard columns > 0 else { return self }
    var left = columns
    var line = Line()
    for span in spans {
      guard left > 0 else {
        line.append(span)
        continue
      }
      let used = span.width
      if used <= left {
        left -= used
        continue
      }
      var index = span.text.startIndex
      while left > 0, index < span.text.endIndex {
        left -= Width.of(span.text[index])
        index = span.text.index(after: index)
      }
      line.append(span.saying(String(repeating: " ", count: -left) + span.text[index...]))
      left = 0
    }
    return line
  }
}
