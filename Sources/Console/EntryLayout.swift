import Canvas
import Fleet
import WorkerAPI

/// The lines of one entry, with the speaker in the margin.
struct EntryLayout {
  /// Columns of the margin: a word and a blank.
  static let margin = 6
  /// The widest measure of text; longer lines are hard to read.
  static let measure = 96

  var setting: Rendition.Setting
  /// No empty line before it.
  var isFirst: Bool

  private var theme: Theme { setting.theme }
  /// A blank is left at the right edge.
  private var width: Int { max(8, min(setting.width - Self.margin - 1, Self.measure)) }

  var markdown: MarkdownLayout {
    MarkdownLayout(width: width, theme: theme, unicode: setting.unicode)
  }

  /// The operator's words, under a rule that begins the turn.
  func prompt(_ text: String, turn: Int, _ transcript: Transcript) -> [Line] {
    let lines = markdown.plain(Sanitise.text(text), theme[.text])
    return (isFirst ? [] : [Line()]) + withMargin("you", theme[.outputYou], lines)
  }

  /// What is said where earlier output is gone.
  func loss(_ text: String) -> [Line] {
    [Line(text, theme[.messageWarning]).cut(to: setting.width - 1, ellipsis: mark), Line()]
  }

  /// A line of a text's section; the first one is empty, to set it apart, but for a plain rest.
  func line(
    _ index: Int, of text: GrowingText, continuation: Transcript.Continuation?
  ) -> Line {
    let index = continuation == .plain ? index + 1 : index
    guard index > 0 else { return Line() }
    let lead = index == 1 && continuation == nil ? "ai" : ""
    return Line(
      [Span(Width.padded(lead, to: Self.margin), theme[.outputAI])] + text[index - 1].spans)
  }

  func lines(_ entry: Transcript.Entry) -> [Line] {
    switch entry.content {
    case .text, .source, .dropped: []
    case .reasoning(let text, let isOpen): reasoning(text, isOpen, entry)
    case .tool(let call): tool(call, entry)
    case .file(let file):
      withMargin(
        "file", theme[.fileName],
        [
          Line([
            Span(Sanitise.line(file.filename ?? Address.short(file.url)), theme[.fileName]),
            Span("  \(Sanitise.line(file.mediaType))", theme[.dim]),
          ]).cut(to: width, ellipsis: mark)
        ])
    case .data(let name, _, let value):
      withMargin(
        "data", theme[.dim],
        [Line(Sanitise.line("\(name) \(value.text)"), theme[.dim]).cut(to: width, ellipsis: mark)])
    case .part(let part):
      withMargin(
        "data", theme[.dim],
        [Line(Sanitise.line(JSON.object(part).text), theme[.dim]).cut(to: width, ellipsis: mark)])
    case .error(let message):
      [Line()]
        + withMargin(
          "error", theme[.outputError],
          markdown.plain(Sanitise.text(message), theme[.outputError]))
    case .aborted(let reason):
      withMargin(
        "stop", theme[.outputError],
        [Line("aborted" + (reason.map { ": \(Sanitise.line($0))" } ?? ""), theme[.outputError])])
    case .plain(let text):
      withMargin("ai", theme[.outputAI], markdown.plain(Sanitise.text(text), theme[.text]))
    }
  }

  private var mark: String { setting.unicode ? "…" : "..." }

  private func withMargin(_ word: String, _ style: Style, _ lines: [Line]) -> [Line] {
    lines.enumerated().map { index, line in
      let lead =
        index == 0
        ? Width.padded(word, to: Self.margin) : String(repeating: " ", count: Self.margin)
      return Line([Span(lead, style)] + line.spans)
    }
  }

  /// Folded to one line: its latest words while it lasts, its first ones when it is over.
  private func reasoning(_ text: String, _ isOpen: Bool, _ entry: Transcript.Entry) -> [Line] {
    let style = theme[.outputReasoning]
    if setting.isUnfolded {
      return withMargin("think", style, markdown.plain(Sanitise.text(text), style))
    }
    let rows = (isOpen ? text.suffix(300) : text.prefix(300)).split(whereSeparator: \.isNewline)
    let shown = Sanitise.line((isOpen ? rows.last : rows.first).map(String.init) ?? "")
    let span = entry.duration.map { "  \(Figures.span($0))" } ?? ""
    // Words are counted once, when it is over: a long thought comes in many pieces.
    let words = isOpen ? 0 : text.wordCount
    let count = Line(
      words > 0 ? "\(words) \(words == 1 ? "word" : "words")\(span)" : "", theme[.dim])
    return withMargin(
      "think", style, [Line.row(Line(shown, style), count, width: width, ellipsis: mark)])
  }

  /// One line: name, subject, and how it went at the right edge; unfolded, input and output below.
  private func tool(_ call: ToolCall, _ entry: Transcript.Entry) -> [Line] {
    let (word, role): (String, Role) =
      switch call.stage {
      case .inputStreaming: ("preparing", .toolRunning)
      case .running: ("running", .toolRunning)
      case .awaitingApproval: ("wants approval", .toolRunning)
      case .done: ("ok", .toolDone)
      case .denied: ("denied", .toolFailed)
      case .failed: ("failed", .toolFailed)
      }
    let span = entry.duration.map { "\(Figures.span($0))" } ?? ""
    let right = Line([
      Span(word, theme[role]), Span(Width.padded(span, to: 7, alignment: .right), theme[.dim]),
    ])
    let subject = call.subject ?? ""
    let left = Line([
      Span(Sanitise.line(call.title ?? call.name), theme[.outputTool]),
      Span(" " + Sanitise.line(Address.short(subject)), theme[.text]),
    ])
    var lines = [Line.row(left, right, width: width, ellipsis: mark)]
    if case .failed(let reason) = call.stage {
      lines += markdown.plain(Sanitise.text(reason), theme[.toolFailed])
    }
    if setting.isUnfolded {
      if let input = call.bestInput ?? call.rawInput { lines += details("in", input) }
      if let output = call.output { lines += details("out", output) }
    }
    return withMargin("tool", theme[.outputTool], lines)
  }

  /// At most 40 lines of a value; the rest is counted.
  private func details(_ name: String, _ value: JSON) -> [Line] {
    let text = value.string ?? value.pretty()
    let all = markdown.narrowed(by: 4).plain(
      Sanitise.text(String(text.prefix(20_000))), theme[.dim])
    let shown = all.prefix(40).enumerated().map { index, line in
      Line([Span(Width.padded(index == 0 ? name : "", to: 4), theme[.dim])] + line.spans)
    }
    guard all.count > 40 else { return Array(shown) }
    return shown + [Line("    \(all.count - 40) more lines", theme[.dim])]
  }
}

extension String {
  /// Runs of bytes between ASCII blanks, in one pass.
  var wordCount: Int {
    var count = 0
    var isInside = false
    for byte in utf8 {
      let isWord = byte > 0x20
      if isWord, !isInside { count += 1 }
      isInside = isWord
    }
    return count
  }
}
