import Canvas
import Fleet
import WorkerAPI

/// The lines of one entry, and who speaks in the margin beside them.
struct EntryLayout {
  /// What a section of the output takes over.
  struct Piece {
    var lead: Span?
    var hasGap = false
    var isFoldable = false
    /// There is more of it than its lines.
    var isCut = false
    var lines: [Line]

    init(_ word: String, _ style: Style, _ lines: [Line]) {
      lead = Span(word, style)
      self.lines = lines
    }

    init(_ lines: [Line]) { self.lines = lines }
  }

  /// Columns of the margin: a word and a blank.
  static let margin = 6
  /// Bytes of one part that are shown as JSON.
  private static let partLimit = 20_000
  /// Rows of a tool's input or output, and characters that are laid out for them.
  private static let detailLines = 40
  private static let detailLimit = 20_000
  /// Characters of an input that stands for the subject of a call.
  private static let subjectLimit = 500
  /// Columns of a time and a blank or two.
  static let timeColumn = 7
  /// The width of lines that are not broken.
  static let unbroken = 1 << 16
  /// The widest measure of text; longer lines are hard to read.
  static let measure = 96
  /// Columns for text from which a tool's line has one for the size of its output.
  private static let sizesFrom = 50

  var setting: Rendition.Setting
  /// The numbers of the sources by their addresses.
  var sources: [String: Int] = [:]
  /// No empty line before it.
  var isFirst: Bool

  private var theme: Theme { setting.theme }
  private var width: Int { Self.columns(setting) }

  /// Columns for text; a blank is left at the right edge.
  static func columns(_ setting: Rendition.Setting) -> Int {
    if setting.isClean { return max(8, setting.width) }
    return max(8, min(setting.width - setting.margin - 1, measure))
  }

  var markdown: MarkdownLayout {
    let isFull = setting.isClean && setting.isWrapped
    return MarkdownLayout(
      width: setting.isWrapped && !isFull ? width : Self.unbroken, theme: theme,
      unicode: setting.unicode, fullWidth: isFull ? width : nil, sources: sources)
  }

  /// The operator's words.
  func prompt(_ text: String) -> Piece {
    var piece = Piece(
      "you", theme[.outputYou], markdown.plain(Sanitise.text(text), theme[.text]))
    piece.hasGap = !isFirst
    return piece
  }

  /// What is said where earlier output is gone.
  func loss(_ text: String) -> Piece {
    Piece([Line(text, theme[.messageWarning]).cut(to: setting.width - 1, ellipsis: mark), Line()])
  }

  /// Words below a turn, for where no rule is drawn.
  func turn(_ number: Int) -> Piece { Piece([Line("turn \(number + 1)", theme[.outputTurn])]) }

  /// An entry as the protocol has it, the number among all in the margin.
  func part(_ entry: Transcript.Entry, _ number: Int) -> Piece {
    let json = entry.json.pretty()
    let shown = String(decoding: json.utf8.prefix(Self.partLimit), as: UTF8.self)
    var lines = markdown.plain(Sanitise.codes(shown), theme[.text])
    let rest = json.utf8.count - Self.partLimit
    if rest > 0 { lines.append(Line("\(Figures.bytes(rest)) more", theme[.dim])) }
    return Piece("\(number)", theme[.dim], lines)
  }

  /// An event as it came: its number in the margin, its id, and its data broken at the last column.
  func event(_ entry: WireLog.Entry, _ number: Int) -> Piece {
    let columns = markdown.fullWidth ?? markdown.width
    let rows = Sanitise.codes(entry.raw.text).split(
      separator: "\n", omittingEmptySubsequences: false)
    var lines = rows.enumerated().flatMap { index, row in
      let id = index == 0 && !entry.id.isEmpty ? Sanitise.line(entry.id) + "  " : ""
      return Wrap.full(
        Line([Span(id, theme[.accent]), Span(String(row), theme[.text])]), width: columns)
    }
    if entry.raw.rest > 0 {
      lines.append(Line("\(Figures.bytes(entry.raw.rest)) more", theme[.dim]))
    }
    let name = Width.cutMiddle("\(number)", to: Self.margin - 1, ellipsis: mark)
    return Piece(name, theme[.dim], lines)
  }

  /// Who speaks beside a text; nobody where it goes on.
  func speaker(_ continuation: Transcript.Continuation?) -> Span {
    Span(continuation == nil ? "ai" : "", theme[.outputAI])
  }

  func piece(_ entry: Transcript.Entry) -> Piece {
    switch entry.content {
    case .text, .source, .dropped: return Piece([])
    case .reasoning(let text, let isOpen): return reasoning(text, isOpen, entry)
    case .tool(let call): return tool(call, entry)
    case .file(let file):
      return Piece(
        "file", theme[.fileName],
        [
          Line([
            Span(Sanitise.line(file.filename ?? Address.short(file.url)), theme[.fileName]),
            Span("  \(Sanitise.line(file.mediaType))", theme[.dim]),
          ]).cut(to: width, ellipsis: mark)
        ])
    case .data(let name, _, let value):
      return Piece(
        "data", theme[.dim],
        [Line(Sanitise.line("\(name) \(value.text)"), theme[.dim]).cut(to: width, ellipsis: mark)])
    case .part(let part):
      return Piece(
        "data", theme[.dim],
        [Line(Sanitise.line(JSON.object(part).text), theme[.dim]).cut(to: width, ellipsis: mark)])
    case .error(let message):
      var piece = Piece(
        "error", theme[.outputError],
        markdown.plain(Sanitise.text(message), theme[.outputError]))
      piece.hasGap = true
      return piece
    case .aborted(let reason):
      return Piece(
        "stop", theme[.outputError],
        [Line("aborted" + (reason.map { ": \(Sanitise.line($0))" } ?? ""), theme[.outputError])])
    case .plain(let text):
      return Piece("ai", theme[.outputAI], markdown.plain(Sanitise.text(text), theme[.text]))
    }
  }

  private var mark: String { setting.unicode ? "…" : "..." }

  /// Folded to one line: its latest words while it lasts, its first ones when it is over.
  private func reasoning(_ text: String, _ isOpen: Bool, _ entry: Transcript.Entry) -> Piece {
    let style = theme[.outputReasoning]
    if setting.isUnfolded {
      return foldable("think", style, markdown.plain(Sanitise.text(text), style))
    }
    let rows = (isOpen ? text.suffix(300) : text.prefix(300)).split(whereSeparator: \.isNewline)
    let shown = Sanitise.line((isOpen ? rows.last : rows.first).map(String.init) ?? "")
    let span = entry.duration.map { "  \(Figures.span($0))" } ?? ""
    // Words are counted once, when it is over: a long thought comes in many pieces.
    let words = isOpen ? 0 : text.wordCount
    let count = Line(
      words > 0 ? "\(words) \(words == 1 ? "word" : "words")\(span)" : "", theme[.dim])
    return foldable(
      "think", style, [row(Line(shown, style), count)])
  }

  /// What does not fit beside the right side is cut, but where lines go on.
  private func row(_ left: Line, _ right: Line) -> Line {
    let natural = left.width + right.width + 2
    return .row(
      left, right, width: setting.isWrapped ? width : max(width, natural), ellipsis: mark)
  }

  private func foldable(_ word: String, _ style: Style, _ lines: [Line]) -> Piece {
    var piece = Piece(word, style, lines)
    piece.isFoldable = true
    return piece
  }

  /// One line: name, subject, and how it went at the right edge; unfolded, input and output below.
  private func tool(_ call: ToolCall, _ entry: Transcript.Entry) -> Piece {
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
    var right = Line([
      Span(word, theme[role]), Span(Width.padded(span, to: 7, alignment: .right), theme[.dim]),
    ])
    if width >= Self.sizesFrom {
      let size = call.output.map(\.size) ?? 0
      let words = size > 0 ? Figures.bytes(size) : ""
      right.append(Span(Width.padded(words, to: 8, alignment: .right), theme[.dim]))
    }
    let left = Line([
      Span(Sanitise.line(call.title ?? call.name), theme[.outputTool]),
      Span(" " + Sanitise.line(Self.subject(of: call)), theme[.text]),
    ])
    var lines = [row(left, right)]
    if case .failed(let reason) = call.stage {
      lines += markdown.plain(Sanitise.text(reason), theme[.toolFailed])
    }
    var isCut = false
    if setting.isUnfolded {
      if let input = call.bestInput ?? call.rawInput { lines += details("in", input, &isCut) }
      if let output = call.output { lines += details("out", output, &isCut) }
    }
    var piece = foldable("tool", theme[.outputTool], lines)
    piece.isCut = isCut
    return piece
  }

  /// What a call is about; where no text says it, the start of its input.
  private static func subject(of call: ToolCall) -> String {
    if let subject = call.subject { return Address.short(subject) }
    guard let input = call.input ?? call.rawInput else { return "" }
    let text = input.text
    return ["{}", "[]", "null"].contains(text) ? "" : String(text.prefix(subjectLimit))
  }

  /// At most 40 lines of a value; the rest is counted, or of a very long one the whole.
  private func details(_ name: String, _ value: JSON, _ isCut: inout Bool) -> [Line] {
    let text = value.string ?? value.pretty()
    let start = text.utf8.count > Self.detailLimit ? text.prefix(Self.detailLimit) : text[...]
    let all = markdown.narrowed(by: 4).plain(Sanitise.text(String(start)), theme[.dim])
    let shown = all.prefix(Self.detailLines).enumerated().map { index, line in
      line.led(by: Span(Width.padded(index == 0 ? name : "", to: 4), theme[.dim]))
    }
    let isLong = start.endIndex < text.endIndex
    let rest = all.count - Self.detailLines
    guard isLong || rest > 0 else { return Array(shown) }
    isCut = true
    let words =
      isLong
      ? "the start of \(Figures.bytes(text.utf8.count))"
      : "\(rest) more \(rest == 1 ? "line" : "lines")"
    return shown + [Line("    \(words); o opens it whole", theme[.dim])]
  }
}

extension JSON {
  /// Bytes of a text, or of the JSON of anything else; none of null.
  fileprivate var size: Int {
    switch self {
    case .null: 0
    case .string(let text): text.utf8.count
    case .bool, .integer, .number, .literal, .array, .object: bytes.count
    }
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
