import Canvas
import Prose

/// Lays Markdown out as lines of a width; every text goes through the filter first.
struct MarkdownLayout {
  /// Columns below which nothing is indented further, however deep it is nested.
  static let floor = 8

  var width: Int
  var theme: Theme
  var unicode: Bool
  /// Columns at which whole lines are cut into full rows; nil breaks them at words, by `width`.
  var fullWidth: Int?
  /// The numbers of the worker's sources from nought, by their addresses.
  var sources: [String: Int] = [:]

  /// The lines of several blocks, with an empty one between them.
  func lines(_ blocks: [Block]) -> [Line] {
    blocks.flatMap { [Line()] + lines($0) }.dropFirst(1).map { $0 }
  }

  /// The lines of a block at the top, as rows.
  func rows(_ block: Block) -> [Line] { full(lines(block)) }

  private func full(_ lines: [Line]) -> [Line] {
    guard let fullWidth else { return lines }
    return lines.flatMap { Wrap.full($0, width: fullWidth) }
  }

  func lines(_ block: Block) -> [Line] {
    switch block {
    case .heading(let level, let inlines):
      // Levels below the first are told apart by their marks, with or without attributes.
      let marks = String(repeating: "#", count: level) + " "
      return wrap(
        (level > 1 ? [Span(marks, theme[.dim])] : [])
          + spans(inlines, theme[level <= 2 ? .markdownHeading : .markdownStrong]))
    case .paragraph(let inlines): return wrap(spans(inlines, theme[.text]))
    case .list(let list): return lines(list)
    case .quote(let blocks):
      guard width - 2 >= Self.floor else { return lines(blocks) }
      let inner = narrowed(by: 2).lines(blocks)
      return inner.map { line in
        var line = line
        for index in line.spans.indices {
          line.spans[index].style = theme[.markdownQuote].over(line.spans[index].style)
        }
        return line.led(by: Span(unicode ? "▏ " : "| ", theme[.markdownMarker]))
      }
    case .code(let language, let text): return code(language, text)
    case .table(let table): return lines(table)
    case .rule:
      let stroke = String(repeating: unicode ? "─" : "-", count: min(width, 24))
      return [Line(stroke, theme[.rule])]
    case .html(let text): return plain(Sanitise.text(text), theme[.dim])
    }
  }

  func narrowed(by columns: Int) -> MarkdownLayout {
    var layout = self
    layout.width = max(Self.floor, width - columns)
    return layout
  }

  /// Text as it is, a row for each of its lines, wrapped.
  func plain(_ text: String, _ style: Style) -> [Line] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      full(Wrap.lines(Line(String($0), style), width: width))
    }
  }

  private func code(_ language: String?, _ text: String) -> [Line] {
    var output: [Line] = []
    if let language, !language.isEmpty {
      output.append(Line("  " + Sanitise.line(language), theme[.dim]).cut(to: width))
    }
    let style = theme[.markdownCode]
    let lead = width - 2 >= Self.floor ? "  " : ""
    for row in Sanitise.text(text).split(separator: "\n", omittingEmptySubsequences: false) {
      for part in Wrap.lines(Line(String(row), style), width: width - lead.count) {
        output.append(part.led(by: Span(lead, style)))
      }
    }
    return output
  }

  private func lines(_ list: MarkdownList) -> [Line] {
    var output: [Line] = []
    for (index, item) in list.items.enumerated() {
      var marker = list.start.map { "\($0 + index). " } ?? (unicode ? "• " : "- ")
      if let task = item.task { marker = task ? "[x] " : "[ ] " }
      var indent = Width.of(marker)
      var first = true
      if width - indent < Self.floor {
        output.append(Line(marker, theme[.markdownMarker]).cut(to: width))
        (indent, first) = (0, false)
      }
      let inner = narrowed(by: indent)
      let blocks = list.isTight ? item.blocks.flatMap { inner.lines($0) } : inner.lines(item.blocks)
      for line in blocks.isEmpty ? [Line()] : blocks {
        let lead = first ? marker : String(repeating: " ", count: indent)
        output.append(line.led(by: Span(lead, theme[.markdownMarker])))
        first = false
      }
      if !list.isTight, index < list.items.count - 1 { output.append(Line()) }
    }
    return output
  }

  func wrap(_ spans: [Span]) -> [Line] {
    var rows: [[Span]] = [[]]
    for span in spans {
      let parts = span.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { rows.append([]) }
        if !part.isEmpty { rows[rows.count - 1].append(span.saying(String(part))) }
      }
    }
    return rows.flatMap { Wrap.lines(Line($0), width: width) }
  }

  /// Running text in styles; a soft line end stays a line end, because workers write logs too.
  func spans(_ inlines: [Inline], _ style: Style) -> [Span] {
    inlines.flatMap { inline -> [Span] in
      switch inline {
      case .text(let text): [Span(Sanitise.text(text), style)]
      case .code(let text): [Span(Sanitise.line(text), theme[.markdownCode])]
      case .emphasis(let inner): spans(inner, theme[.markdownEmphasis].over(style))
      case .strong(let inner): spans(inner, theme[.markdownStrong].over(style))
      case .strikethrough(let inner):
        // Curses cannot strike through, and words that were withdrawn must not look valid.
        [Span("~~", theme[.dim])]
          + spans(inner, Style(attributes: .strikethrough).over(style)) + [Span("~~", theme[.dim])]
      case .link(let destination, _, let inner):
        link(destination, inner, style)
      case .image(let alternative, let destination):
        [Span(Self.image(alternative, destination), theme[.dim])]
      case .softBreak, .lineBreak: [Span("\n", style)]
      case .html(let text): [Span(Sanitise.line(text), theme[.dim])]
      }
    }
  }

  /// What a picture is called, and where it is.
  private static func image(_ alternative: String, _ destination: String) -> String {
    let place = Address.short(destination)
    let facts = [alternative, place].filter { !$0.isEmpty }
    return "[image: \(Sanitise.line(facts.joined(separator: ", ")))]"
  }

  /// The words, the host where they do not show it, because a link must not deceive, and the number
  /// of the source that it goes to.
  private func link(_ destination: String, _ inner: [Inline], _ style: Style) -> [Span] {
    let address = Link.address(destination)
    let words = spans(inner, theme[.markdownLink]).map { Span($0.text, $0.style, link: address) }
    let host = Sanitise.line(Address.host(of: destination))
    let shown = words.map(\.text).joined()
    var tail: [Span] = []
    if let number = sources[Citations.key(destination)] {
      let mark = Span("[\(number + 1)]", theme[.sourceNumber], link: address)
      if shown == "\(number + 1)" || shown == mark.text { return [mark] }
      tail = [Span(" ", style), mark]
    }
    if host.isEmpty || Address.shownHost(of: shown).lowercased() == host.lowercased() {
      return words + tail
    }
    return words + [Span(" (\(host))", theme[.dim])] + tail
  }
}
